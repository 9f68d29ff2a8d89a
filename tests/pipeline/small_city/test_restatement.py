"""What changed between the nights of the small city: every difference of the two snapshots has its causes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.restating.compared_nights import ComparedNights, compared_nights
from orchestration.restating.restatement import restatement
from reports.consolidation.consolidated import verify_consolidated, write_consolidated
from tests.pipeline.cities import CHAGOU, GUSHAN
from tests.pipeline.small_city.conftest import CITY, SmallCity

NIGHTS = [datetime(2023, 6, 25, 17), datetime(2023, 7, 25, 17), datetime(2023, 8, 25, 17)]
KEYS = "form_id, period, unit_id, item_code, part"


def nights_of(city: SmallCity, since: datetime, until: datetime) -> ComparedNights:
    return compared_nights(city.home, since, until)


def figures_in(city: SmallCity, night: datetime) -> Mapping[tuple[str, ...], tuple[Any, ...]]:
    database = city.home.published / f"{night:%Y%m%dT%H%M%S}" / "taizhang.duckdb"
    query = f"select {KEYS}, value_state, cumulative_value, month_value from marts.fct_indicator_values"
    with duckdb.connect(str(database), read_only=True) as connection:
        return {row[:5]: row[5:] for row in connection.execute(query).fetchall()}


@pytest.mark.parametrize(("since", "until"), list(combinations(NIGHTS, 2)), ids=str)
def test_every_changed_figure_is_the_sum_of_its_causes(small_city: SmallCity, since: datetime, until: datetime) -> None:
    """Held against the two snapshots, read here figure by figure."""
    before, after = figures_in(small_city, since), figures_in(small_city, until)
    periods = {key[:2] for key in before}
    changed = {key for key in before.keys() | after.keys() if key[:2] in periods and before.get(key) != after.get(key)}
    answer = restatement(nights_of(small_city, since, until), small_city.home.campaigns()[CITY])
    told = {(one.form_id, one.period, one.unit_id, one.item_code, one.part): one for one in answer.figures}
    assert told.keys() == changed and changed
    for key, one in told.items():
        change = (after[key][1] or Decimal(0)) - (before[key][1] or Decimal(0))
        assert one.causes and sum(cause.effect for cause in one.causes) == change == one.change
        if before[key][2] is not None and after[key][2] is not None:
            assert after[key][2] - before[key][2] == one.change - one.previous_change
    assert answer.agrees


def test_a_late_form_and_its_effect_on_the_totals(small_city: SmallCity) -> None:
    """岔沟镇's June form came in July's night: the city's 1.1 goes from 24 to 36, in the territory from 12 to 24."""
    answer = restatement(nights_of(small_city, NIGHTS[0], NIGHTS[1]), small_city.home.campaigns()[CITY])
    totals = [
        (one.period, one.total_scope, one.value_before, one.value_after, one.received_before, one.received_after)
        for one in answer.totals
        if one.item_code == "1.1"
    ]
    assert totals == [("2023-06", "all", 24, 36, 2, 3), ("2023-06", "territory", 12, 24, 1, 2)]
    (figure,) = [one for one in answer.figures if one.item_code == "1.1"]
    assert (figure.unit_id, figure.state_before, figure.state_after) == (CHAGOU, "not_received", "value")
    assert [(cause.kind, cause.effect, cause.file_name, cause.source_cell) for cause in figure.causes] == [
        ("new_file", Decimal(12), "岔沟镇6月调度表.xlsx", "调度表!D4")
    ]


def test_a_corrected_form_is_named(small_city: SmallCity) -> None:
    """Of 孤山镇's July figures only 1.1 was changed, from 15 to 16, by the file that came in August's night."""
    answer = restatement(nights_of(small_city, NIGHTS[1], NIGHTS[2]), small_city.home.campaigns()[CITY])
    assert [(one.unit_id, one.period, one.item_code, one.change) for one in answer.figures] == [
        (GUSHAN, "2023-07", "1.1", Decimal(1))
    ]
    assert [(cause.kind, cause.file_name) for cause in answer.figures[0].causes] == [
        ("newer_version", "孤山镇7月更正.xlsx")
    ]
    assert [[(of.unit_id, of.effect) for of in total.contributions] for total in answer.totals] == [
        [(GUSHAN, Decimal(1))],
        [(GUSHAN, Decimal(1))],
    ]


def test_the_last_two_nights_are_compared_and_printed_without_being_asked(small_city: SmallCity) -> None:
    answer = CliRunner().invoke(app, ["restated", CITY, "--home", str(small_city.home.root)])
    assert answer.exit_code == 0
    assert "单位重报" in answer.output and "孤山镇7月更正.xlsx" in answer.output


def test_the_order_of_the_nights_is_checked(small_city: SmallCity) -> None:
    command = ["restated", CITY, "--from", "2023-08-25T17:00", "--to", "2023-07-25T17:00"]
    answer = CliRunner().invoke(app, [*command, "--home", str(small_city.home.root)])
    assert answer.exit_code == 2


@pytest.mark.parametrize(("since", "until", "period"), [(*NIGHTS[:2], "2023-07"), (*NIGHTS[1:], "2023-08")], ids=str)
def test_a_report_prints_what_changed_since_the_one_before(
    small_city: SmallCity, since: datetime, until: datetime, period: str
) -> None:
    """The nights were those of the due days: what the mart lists for a report is what two nights compared show."""
    columns = "figure_period, unit_id, item_code, part, cause, difference, file_name"
    printed = small_city.rows(f"select {columns} from marts.rpt_restatements where period = '{period}'")
    answer = restatement(nights_of(small_city, since, until), small_city.home.campaigns()[CITY])
    compared = [
        (one.period, one.unit_id, one.item_code, one.part, cause.kind, cause.effect, cause.file_name)
        for one in answer.figures
        for cause in one.causes
    ]
    assert sorted(printed) == sorted(compared) and printed


def test_the_restated_figures_are_a_sheet_of_the_report(small_city: SmallCity, tmp_path: Path) -> None:
    workbook = tmp_path / "汇总表.xlsx"
    write_consolidated(workbook, small_city.home.published, CITY, "progress", "2023-08")
    assert verify_consolidated(workbook, small_city.home.published, CITY, "progress", "2023-08") == []
    rows = list(openpyxl.load_workbook(workbook)["重述"].iter_rows(min_row=4, values_only=True))
    name = "1.1 企业自查发现的重大事故隐患"
    assert [row[1:9] for row in rows] == [
        ("2023年7月", "孤山镇", name, "15", "16", "+1", "单位重报", "孤山镇7月更正.xlsx")
    ]
