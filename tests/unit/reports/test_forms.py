"""Forms written from the spec: what each cell holds, what may be typed, and how our own files are recognised."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.model import Form
from reports.blank_forms.form_layout import cell_value
from reports.blank_forms.forms import FormContent, marker, write_form_docx, write_form_xlsx
from tests.unit.reports.small_city import CAMPAIGN, FORM

FILLED = FormContent(
    unit_id="T1",
    unit_name="=1+1镇",
    period="2023-06",
    filled_on=date(2023, 6, 24),
    filler="填表人甲",
    reviewer="审核人乙",
    entries={
        ("1.1", "value"): Decimal("10"),
        ("1.2", "value"): "约5",
        ("2.1", "count"): Decimal("3"),
        ("2.1", "amount"): Decimal("12.50"),
        ("2.2", "total"): Decimal("5"),
        ("2.2", "of_which"): Decimal("2"),
        ("2.3", "value"): Decimal("1"),
    },
    explanation="=较上期减少系重复统计",
)
MARKER = "taizhang:form=small;version=2023-06;unit=T1;period=2023-06"


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Worksheet:
    path = write_form_xlsx(tmp_path_factory.mktemp("forms") / "filled.xlsx", CAMPAIGN, FORM, FILLED)
    return openpyxl.load_workbook(path).active


@pytest.mark.parametrize(
    ("code", "entries", "expected"),
    [
        ("1.1", {}, None),
        ("1.1", {("1.1", "value"): Decimal("0")}, Decimal("0")),
        ("1.1", {("1.1", "value"): "约30"}, "约30"),
        ("2.1", {}, None),
        ("2.1", {("2.1", "count"): Decimal("3"), ("2.1", "amount"): Decimal("12.50")}, "3次，12.5万元"),
        ("2.1", {("2.1", "count"): Decimal("0"), ("2.1", "amount"): Decimal("0")}, "0次，0万元"),
        ("2.1", {("2.1", "count"): Decimal("3")}, "3次"),
        ("2.1", {("2.1", "value"): "3次/12.5万元"}, "3次/12.5万元"),
        ("2.2", {("2.2", "total"): Decimal("5"), ("2.2", "of_which"): Decimal("2")}, "5个，其中2个"),
        ("2.2", {("2.2", "of_which"): Decimal("2")}, "其中2个"),
        ("2.3", {("2.3", "value"): Decimal("1")}, "是"),
        ("2.3", {("2.3", "value"): Decimal("0")}, "否"),
        ("2.3", {("2.3", "value"): "/"}, "/"),
    ],
)
def test_a_cell_holds_what_was_entered(
    code: str, entries: dict[tuple[str, str], Decimal | str], expected: Decimal | str | None
) -> None:
    assert cell_value(FORM, FORM.item(code), FormContent(entries=entries)) == expected


def test_numbers_are_numbers_and_blanks_are_empty(sheet: Worksheet) -> None:
    values = {place: sheet[place].value for place in ("D4", "G4", "D5", "G5", "D6", "G6")}
    assert values == {
        "D4": 10,
        "G4": "约5",
        "D5": "3次，12.5万元",
        "G5": "5个，其中2个",
        "D6": "是",
        "G6": None,
    }


def test_the_stamped_line_names_unit_and_day(sheet: Worksheet) -> None:
    assert sheet["A3"].value == "=1+1镇 镇(街)、成员单位(加盖公章)。填表时间:2023年6月24日"
    assert sheet["A3"].data_type == "s"


def test_signatures_explanation_and_notes_follow_the_table(sheet: Worksheet) -> None:
    assert (sheet["A7"].value, sheet["E7"].value) == ("填表人: 填表人甲", "审核人: 审核人乙")
    assert (sheet["A8"].value, sheet["B8"].value, sheet["B8"].data_type) == ("情况说明:", "=较上期减少系重复统计", "s")
    assert sheet["A9"].value == "注: 1. 每月25日上报。2. 如实填报。"


def test_labels_are_protected_without_a_password_and_figures_are_open(sheet: Worksheet) -> None:
    assert sheet.protection.sheet and not sheet.protection.password
    assert sheet["C4"].protection.locked
    assert not any(sheet[place].protection.locked for place in ("D4", "G6", "A3", "A7", "E7", "B8"))


def test_what_may_be_typed_follows_the_kind_of_figure(sheet: Worksheet) -> None:
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert {place: (rule.type or "none", rule.formula1) for place, rule in rules.items()} == {
        "D4": ("whole", "0"),
        "G4": ("whole", "0"),
        "D5": ("none", None),
        "G5": ("none", None),
        "D6": ("list", '"是,否"'),
        "G6": ("whole", "0"),
    }
    assert "例：3次，12.5万元" in rules["D5"].prompt
    assert "截止日的现有数" in rules["G6"].prompt
    assert rules["D6"].errorStyle == "warning"  # not every unit reports it: ／ must be possible


def test_an_item_of_other_units_says_so_in_the_units_own_form(tmp_path: Path) -> None:
    path = write_form_xlsx(tmp_path / "d1.xlsx", CAMPAIGN, FORM, FormContent(unit_id="D1", unit_name="市甲局"))
    sheet = openpyxl.load_workbook(path).active
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["D6"].prompt == "本单位不填此项。"
    assert sheet["D6"].fill.fgColor.rgb != sheet["D4"].fill.fgColor.rgb


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (FILLED, MARKER),
        (FormContent(), "taizhang:form=small;version=2023-06"),
        (FormContent(unit_id="T1"), "taizhang:form=small;version=2023-06;unit=T1"),
    ],
)
def test_the_marker_says_what_is_known(content: FormContent, expected: str) -> None:
    assert marker(FORM, content) == expected


def test_both_files_carry_the_hidden_marker(tmp_path: Path) -> None:
    excel = openpyxl.load_workbook(write_form_xlsx(tmp_path / "a.xlsx", CAMPAIGN, FORM, FILLED))
    assert excel.properties.keywords == MARKER
    name = excel.defined_names["taizhang_marker"]
    assert (name.value, name.hidden) == (f'"{MARKER}"', True)
    word = docx.Document(str(write_form_docx(tmp_path / "a.docx", CAMPAIGN, FORM, FILLED)))
    assert word.core_properties.keywords == MARKER


def test_the_word_form_holds_the_same_figures(tmp_path: Path) -> None:
    document = docx.Document(str(write_form_docx(tmp_path / "a.docx", CAMPAIGN, FORM, FILLED)))
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["总体情况", "1", "企业自查发现(个)", "10", "2", "其中已整改(个)", "约5"],
        [
            "执法和组织",
            "1",
            "行政处罚(次,万元)",
            "3次，12.5万元",
            "2",
            "公布典型案例(个),其中危险作业罪案例(个)",
            "5个，其中2个",
        ],
        ["执法和组织", "3", "是否播放专题栏目", "是", "4", "技术检查员(人)", ""],
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[3:] == [
        "填表人: 填表人甲",
        "审核人: 审核人乙",
        "情况说明: =较上期减少系重复统计",
        "注: 1. 每月25日上报。2. 如实填报。",
    ]


def test_an_odd_number_of_items_leaves_the_right_half_empty(tmp_path: Path) -> None:
    data = FORM.model_dump()
    data["sections"][1]["items"] = data["sections"][1]["items"][:3]
    form = Form.model_validate(data)
    document = docx.Document(str(write_form_docx(tmp_path / "odd.docx", CAMPAIGN, form, FormContent())))
    assert [cell.text for cell in document.tables[0].rows[2].cells][4:] == ["", "", ""]
    sheet = openpyxl.load_workbook(write_form_xlsx(tmp_path / "odd.xlsx", CAMPAIGN, form, FormContent())).active
    assert [sheet.cell(6, column).value for column in range(5, 8)] == [None, None, None]


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({("9.9", "value"): Decimal(1)}, "no item 9.9"),
        ({("2.1", "value"): Decimal(1)}, "no item 2.1 with part value"),
        ({("1.1", "amount"): "1"}, "no item 1.1 with part amount"),
        ({("2.3", "value"): Decimal(2)}, "neither 1 nor 0"),
    ],
)
def test_an_entry_the_form_has_no_place_for_is_refused(
    tmp_path: Path, entries: dict[tuple[str, str], Decimal | str], sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        write_form_xlsx(tmp_path / "x.xlsx", CAMPAIGN, FORM, FormContent(entries=entries))
    assert list(tmp_path.iterdir()) == []


def test_a_document_has_no_table_of_figures(tmp_path: Path) -> None:
    data = FORM.model_dump() | {"kind": "document", "sections": ()}
    with pytest.raises(ValueError, match="no table of figures"):
        write_form_docx(tmp_path / "x.docx", CAMPAIGN, Form.model_validate(data), FormContent())


@pytest.mark.parametrize(("writer", "suffix"), [(write_form_xlsx, "xlsx"), (write_form_docx, "docx")])
def test_the_same_content_gives_the_same_bytes(tmp_path: Path, writer: object, suffix: str) -> None:
    first, second = (writer(tmp_path / f"{name}.{suffix}", CAMPAIGN, FORM, FILLED) for name in "ab")  # type: ignore[operator]
    assert first.read_bytes() == second.read_bytes()
