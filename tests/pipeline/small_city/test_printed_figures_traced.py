"""Ten printed figures of a finished 汇总表, drawn by lot, each followed with trace to cells of the archived files.

What those cells say is read here with openpyxl alone, and must make the printed figure.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from orchestration.snapshot import published_snapshot
from orchestration.tracing.rate_trace import trace_rate
from orchestration.tracing.trace import Trace, trace_figure
from orchestration.tracing.traced_cells import TracedCell
from reports.consolidation.consolidated import write_consolidated
from tests.pipeline.small_city.conftest import CITY, SmallCity

PERIOD = "2023-07"
LOTS, SEED = 10, 20261126
HEAD_ROW, FIRST_ROW = 4, 6
TOTALS = {"镇街（属地全口径）": "territory", "市直部门（市本级）": "city_level", "合计": "all"}


class Printed(NamedTuple):
    sheet: str
    place: str
    unit: str | None  # null for a total
    scope: str | None
    item: str
    part_number: int
    is_increment: bool
    value: Decimal


def printed_figures(workbook: Path) -> Iterator[Printed]:
    """Every number on the figure sheets, by the words printed above it and left of it."""
    for sheet in openpyxl.load_workbook(workbook, data_only=True).worksheets:
        if sheet.cell(3, 2).value != "单位" or not re.match(r"\d+\.\d+ ", str(sheet.cell(HEAD_ROW, 3).value)):
            continue
        heads: list[str] = []
        for column in range(3, sheet.max_column + 1):
            head = sheet.cell(HEAD_ROW, column).value
            heads.append(str(head).split(" ")[0] if head else heads[-1])
        for row in range(FIRST_ROW, sheet.max_row + 1):
            unit, label = sheet.cell(row, 2).value, str(sheet.cell(row, 1).value)
            for offset, item in enumerate(heads):
                cell = sheet.cell(row, 3 + offset)
                if isinstance(cell.value, (int, float)) and (unit or label in TOTALS):
                    part = offset - heads.index(item)
                    where = (sheet.title, cell.coordinate, unit, None if unit else TOTALS[label])
                    yield Printed(*where, item, part, sheet.title == "本月新增", Decimal(str(cell.value)))


def in_archive(cell: TracedCell, part_number: int) -> Decimal:
    """The number that stands in the cell's archived bytes; of a cell with two the one that is meant."""
    assert cell.archive_path is not None and cell.source_cell is not None
    sheet, _, reference = cell.source_cell.rpartition("!")
    with cell.archive_path.open("rb") as file:
        return number_in(openpyxl.load_workbook(file)[sheet][reference].value, part_number)


def number_in(value: Any, part_number: int) -> Decimal:
    if value in ("是", "否"):
        return Decimal(value == "是")
    numbers = re.findall(r"\d+(?:\.\d+)?", str(value))
    return Decimal(numbers[part_number if len(numbers) > 1 else 0])


@pytest.fixture(scope="module")
def workbook(small_city: SmallCity, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("printed") / "汇总表.xlsx"
    write_consolidated(target, small_city.home.published, CITY, "progress", PERIOD)
    return target


@pytest.fixture(scope="module")
def drawn(workbook: Path) -> list[Printed]:
    figures = list(printed_figures(workbook))
    assert len(figures) == 462
    return random.Random(SEED).sample(figures, LOTS)


def traced(city: SmallCity, printed: Printed) -> Trace:
    campaign = city.home.campaigns()[CITY]
    form = campaign.form("progress")
    part = form.item(printed.item).parts[printed.part_number].part
    unit_id = next((unit.unit_id for unit in campaign.units if unit.unit_name == printed.unit), None)
    snapshot = published_snapshot(city.home.published)
    question = (CITY, form, PERIOD, f"{printed.item}.{part}")
    return trace_figure(city.home, snapshot, *question, unit_id=unit_id, with_previous=printed.is_increment)


@pytest.mark.parametrize("lot", range(LOTS))
def test_a_printed_figure_ends_in_the_right_cells(small_city: SmallCity, drawn: list[Printed], lot: int) -> None:
    printed = drawn[lot]
    trace = traced(small_city, printed)
    cells = [cell for cell in trace.cells if printed.scope in (None, "all", cell.reporting_scope) and cell.is_counted]
    assert cells and trace.agrees
    if printed.is_increment:
        steps = [cell for cell in cells if cell.month_value is not None]
        in_files = sum(in_archive(cell, printed.part_number) for cell in steps)
        in_files -= sum(in_archive(cell.previous, printed.part_number) for cell in steps if cell.previous)
        assert sum(cell.month_value or 0 for cell in steps) == printed.value == in_files
    else:
        assert sum(cell.value or 0 for cell in cells) == printed.value
        assert sum(in_archive(cell, printed.part_number) for cell in cells) == printed.value


def test_totals_increments_and_units_are_among_the_drawn(drawn: list[Printed]) -> None:
    """The seed is one with which every kind is drawn."""
    kinds = {("total" if printed.scope else "unit", printed.is_increment) for printed in drawn}
    assert kinds == {("total", False), ("total", True), ("unit", False), ("unit", True)}


RATES = random.Random(SEED).sample([("1.2", "1.1"), ("1.4", "1.3"), ("1.6", "1.5"), ("2.2", "2.1"), ("2.7", "2.1")], 3)


@pytest.mark.parametrize(("above", "below"), RATES)
def test_a_rate_and_its_places_end_in_the_right_cells(small_city: SmallCity, above: str, below: str) -> None:
    """Divided and put in order here once more, from what stands in the archived files."""
    form = small_city.home.campaigns()[CITY].form("progress")
    snapshot = published_snapshot(small_city.home.published)
    trace = trace_rate(small_city.home, snapshot, CITY, form, PERIOD, f"{above}/{below}", with_ranks=True)
    read = [
        {cell.unit_name: in_archive(cell, 0) for cell in side.cells if cell.is_counted}
        for side in (trace.numerator, trace.denominator)
    ]
    rates = {unit: round(read[0][unit] / read[1][unit], 4) for unit in read[0]}
    assert len(rates) == 3 and trace.agrees
    assert {unit.name: unit.rate for unit in trace.units if unit.rate is not None} == rates
    assert {one.unit_name: (one.place, one.value) for one in trace.ranks} == {
        unit: (1 + sum(other > rate for other in rates.values()), rate) for unit, rate in rates.items()
    }
    (total,) = [total for total in trace.totals if total.name == "all"]
    assert total.rate == round(sum(read[0].values()) / sum(read[1].values()), 4)


def test_the_sheet_of_addresses_leads_to_every_figure_of_every_unit(small_city: SmallCity, workbook: Path) -> None:
    """出处 stands column by column like 各单位总表; 数据来源 gives each unit's file by its fingerprint."""
    book = openpyxl.load_workbook(workbook, data_only=True)
    rows = {name: list(book[name].iter_rows(min_row=4, values_only=True)) for name in ("出处", "数据来源")}
    files = {row[1]: small_city.home.archive / str(row[13])[:2] / str(row[13]) for row in rows["数据来源"]}
    overview = {row[1]: row[2:] for row in book["各单位总表"].iter_rows(min_row=FIRST_ROW, values_only=True) if row[1]}
    heads = [cell.value for cell in book["各单位总表"][HEAD_ROW]][2:]
    compared = 0
    for _, unit, _, sheet, *addresses in rows["出处"]:
        with files[unit].open("rb") as file:
            cells = openpyxl.load_workbook(file)[str(sheet)]
        for head, printed, address in zip(heads, overview[unit], addresses, strict=True):
            if address:
                expected = Decimal(printed == "是") if printed in ("是", "否") else Decimal(str(printed))
                assert number_in(cells[str(address)].value, 0 if head else 1) == expected
                compared += 1
    assert compared == 3 * 34  # three towns; 4.4 is not theirs
