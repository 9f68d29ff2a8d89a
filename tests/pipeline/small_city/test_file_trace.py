"""From a file forward: every filled cell of the archived bytes has one fate, and used cells lead to printed figures."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.errors import PlainError
from orchestration.snapshot import published_snapshot
from orchestration.tracing.file_trace import FileTrace, trace_file
from tests.heavy_imports import heavy_imports_of
from tests.pipeline.small_city.conftest import CITY, SmallCity


def follow(city: SmallCity, name: str) -> FileTrace:
    return trace_file(city.home, published_snapshot(city.home.published), city.home.campaigns()[CITY], name)


def filled_in(archived: Path) -> int:
    """What openpyxl counts in the bytes as they came."""
    book = openpyxl.load_workbook(io.BytesIO(archived.read_bytes()))
    return sum(
        cell.value is not None and bool(str(cell.value).strip())
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )


def test_every_filled_cell_has_one_fate(small_city: SmallCity) -> None:
    trace = follow(small_city, "孤山镇7月更正.xlsx")
    assert trace.archive_path is not None
    assert trace.filled == sum(trace.fates.values()) == len(trace.cells) == filled_in(trace.archive_path)
    assert len({(cell.sheet_name, cell.cell_ref) for cell in trace.cells}) == trace.filled
    assert set(trace.fates) == {"reached", "label", "note", "stamp"}
    assert trace.fates["reached"] == 31  # 32 items without 4.4; 3.3, 3.8 and 4.5 hold two figures in one cell
    assert trace.agrees


def test_a_used_cell_leads_to_the_figures_that_stand_on_it(small_city: SmallCity) -> None:
    """1.1 was 12 in June, 16 here and 20 in August: this cell makes July's step 4 and is subtracted in August."""
    trace = follow(small_city, "孤山镇7月更正.xlsx")
    cell = next(cell for cell in trace.cells if cell.about == "1.1.value" and cell.fate == "reached")
    assert (cell.sheet_name, cell.cell_ref, cell.text) == ("调度表", "D4", "16")
    assert {"fct_indicator_values", "rpt_progress_table"} <= set(cell.reached)
    figure = next(figure for figure in trace.figures if figure.item_code == "1.1")
    assert (figure.source_cell, figure.cumulative_value, figure.month_value) == ("调度表!D4", Decimal(16), Decimal(4))
    assert (figure.total_scopes, figure.next_period) == (("all", "territory"), "2023-08")
    not_asked = next(figure for figure in trace.figures if figure.item_code == "4.4")
    assert (not_asked.value_state, not_asked.total_scopes) == ("not_applicable", ())


def test_a_superseded_file_reached_nothing_and_says_why(small_city: SmallCity) -> None:
    trace = follow(small_city, "孤山镇7月调度表.xlsx")
    assert (trace.fates["superseded"], trace.figures) == (31, ())
    assert trace.filled == sum(trace.fates.values())
    assert [(form.version, form.status) for form in trace.submissions] == [(1, "superseded")]
    assert "孤山镇7月更正.xlsx" in str(trace.submissions[0].status_reason)


def test_a_file_is_known_by_path_and_by_the_start_of_its_fingerprint(small_city: SmallCity, tmp_path: Path) -> None:
    trace = follow(small_city, "孤山镇8月调度表.xlsx")
    assert follow(small_city, trace.file_sha256[:10]).file_sha256 == trace.file_sha256
    assert trace.archive_path is not None
    copy = tmp_path / "别的名字.xlsx"
    copy.write_bytes(trace.archive_path.read_bytes())
    assert follow(small_city, str(copy)).receipts[0].file_name == "孤山镇8月调度表.xlsx"
    with pytest.raises(PlainError, match="没有收到过"):
        follow(small_city, "从未收到.xlsx")


def test_the_account_is_printed_without_heavy_imports(small_city: SmallCity) -> None:
    question = ["trace", CITY, "--file", "孤山镇7月更正.xlsx"]
    assert heavy_imports_of(question, small_city.home.root) == "[]"
    answer = CliRunner().invoke(app, [*question, "--home", str(small_city.home.root)])
    assert answer.exit_code == 0
    assert "每一格的去向" in answer.output and "测试员" not in answer.output
