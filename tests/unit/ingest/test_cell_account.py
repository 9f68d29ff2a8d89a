"""Every filled cell of a file is accounted for, once, held against openpyxl and the csv module."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from ingest.cell_account import account_file, filled_cells
from ingest.cell_use import FilledCell
from ingest.files.open_file import open_file
from tests.corpus.expectation import Case
from tests.corpus.files import CORPUS, name_of
from tests.forms import Table, as_csv, as_docx, as_xlsx, listed, pairs
from tests.list_forms import listed as list_table
from tests.unit.ingest.parsing import CAMPAIGN, DATES, FILLED, FORM, STAMPED
from tests.unit.ingest.test_cards import CARD_ROWS, MERGES

# openpyxl, which is asked what a workbook holds, remarks on files of the corpus that are bare or odd on purpose
pytestmark = [
    pytest.mark.filterwarnings("ignore:Workbook contains no default style"),
    pytest.mark.filterwarnings("ignore:File contains an invalid specification"),
]

WORKBOOKS = [
    case
    for kind in ("Excel cells", "Excel containers", "broken Excel", "layouts", "several forms", "unit and month")
    for case in CORPUS[kind]
    if case.file_name.endswith(".xlsx") and case.name != "formula whose result is no text"  # it shows nothing
]


def account(content: bytes, name: str = "孤山镇6月调度表.xlsx", on: date = date(2023, 6, 25)) -> list[FilledCell]:
    return filled_cells(account_file(content, name, (), CAMPAIGN, DATES, on))


def uses(cells: list[FilledCell]) -> dict[str, str]:
    return {f"{cell.sheet_name}!{cell.cell_ref}": cell.use.value for cell in cells}


def seen_by_openpyxl(content: bytes) -> list[str] | None:
    """The filled cells, or None where openpyxl cannot read the workbook."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content))
    except (ValueError, KeyError, SyntaxError):
        return None
    return sorted(
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for cell in sheet._cells.values()  # those that are stored: a sheet may claim a million rows
        if cell.value is not None and str(cell.value).strip()
    )


@pytest.mark.parametrize("case", WORKBOOKS, ids=name_of)
def test_no_filled_cell_of_a_workbook_is_left_out(case: Case) -> None:
    """Files that openpyxl cannot read, or sees nothing in, are held against their figures only."""
    content = case.make()
    opened = open_file(content, case.file_name)
    found = account(content, case.file_name, date.fromisoformat(case.received_on))
    if opened.problem:
        assert found == []  # the file as a whole is refused, with its sentence
    elif seen := seen_by_openpyxl(content):
        assert sorted(f"{cell.sheet_name}!{cell.cell_ref}" for cell in found) == seen
    else:
        assert Counter(cell.use.value for cell in found)["figure"] == (0 if case.refused else len(FILLED))


def test_what_a_cell_is() -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.rows.append(["联系电话13800000000，有问题请来电"])
    other = Table([["通讯录", 5]], name="别的表")
    hidden = Table([["旧数", 12]], name="去年", hidden=True)
    cells = account(as_xlsx(table, other, hidden))
    found = uses(cells)
    assert {place: found[place] for place in ("调度表!A1", "调度表!A2", "调度表!A3", "调度表!C4", "调度表!D4")} == {
        "调度表!A1": "note",
        "调度表!A2": "note",
        "调度表!A3": "stamp",
        "调度表!C4": "label",
        "调度表!D4": "figure",
    }
    assert (found["别的表!A1"], found["别的表!B1"]) == ("no_form", "no_form")
    assert (found["去年!A1"], found["去年!B1"]) == ("hidden_sheet", "hidden_sheet")
    assert Counter(found.values())["figure"] == 31
    texts = {cell.text for cell in cells}
    assert "（签名）" in texts and not any("13800000000" in text for text in texts)


def test_a_number_beside_no_item_and_a_crossed_out_one_are_told() -> None:
    def change(book: Any) -> None:
        sheet = book["调度表"]
        sheet["J6"] = 99
        sheet["D9"].font = Font(strike=True)

    found = {f"{cell.sheet_name}!{cell.cell_ref}": (cell.use.value, cell.about) for cell in account(_changed(change))}
    assert found["调度表!J6"] == ("number", "")
    assert found["调度表!D9"] == ("struck_out", "")


def test_a_file_without_a_form_of_the_campaign() -> None:
    assert uses(account(as_xlsx(Table([["菜单", None], ["豆腐", 3]])))) == {
        "调度表!A1": "no_form",
        "调度表!A2": "no_form",
        "调度表!B2": "no_form",
    }


def test_the_cells_of_a_list_its_heads_and_names_of_persons() -> None:
    row = {
        "enterprise": "甲厂",
        "hazard": "风管积尘严重",
        "found_on": "2023-06-05",
        "level": "重大",
        "source": "企业自查",
    }
    form = CAMPAIGN.form("hazard_list")
    table = list_table(form, [{**row, "responsible": "测试员甲"}], unit="孤山镇", filled_on="2023年6月24日")
    cells = account(as_xlsx(table), "孤山镇6月隐患清单.xlsx")
    by_use = Counter(cell.use.value for cell in cells)
    assert (by_use["list_cell"], by_use["personal"], by_use["head"]) == (5, 1, len(form.columns))
    assert "测试员甲" not in {cell.text for cell in cells}


def test_the_cells_of_a_card() -> None:
    """Nine values and one name are taken; labels stand beside them, that of the funds asked about for its unit (元)."""
    cells = account(as_xlsx(Table(CARD_ROWS, MERGES)), "孤山镇6月隐患卡.xlsx")
    by_use = Counter(cell.use.value for cell in cells)
    assert sum(by_use.values()) == sum(value is not None for row in CARD_ROWS for value in row)
    assert (by_use["list_cell"], by_use["personal"], by_use["stamp"]) == (9, 1, 4)
    assert "测试员甲" not in {cell.text for cell in cells}


@pytest.mark.parametrize(("make", "name"), [(as_csv, "孤山镇6月.csv"), (as_docx, "孤山镇6月.docx")])
def test_other_formats_have_the_same_figures(make: Any, name: str) -> None:
    cells = account(make(listed(FORM, FILLED, unit="孤山镇", filled_on="2023年6月24日")), name)
    assert Counter(cell.use.value for cell in cells)["figure"] == len(FILLED)


def test_no_filled_field_of_a_text_table_is_left_out() -> None:
    content = as_csv(listed(FORM, FILLED, unit="孤山镇", filled_on="2023年6月24日"))
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert len(account(content, "孤山镇6月.csv")) == sum(bool(field.strip()) for row in rows for field in row)


def test_material_about_informants_stays_sealed() -> None:
    assert account(as_xlsx(Table([["举报人姓名", "举报人电话"], ["测试员甲", "13800000000"]]))) == []


def _changed(change: Any) -> bytes:
    return as_xlsx(pairs(FORM, FILLED, **STAMPED), change=change)
