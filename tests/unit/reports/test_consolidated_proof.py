"""The proof of the 调度汇总表 must be able to fail: every kind of change is found where it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from reports.consolidation.consolidated import Difference, verify_consolidated, write_consolidated
from reports.published import ReportError
from tests.unit.reports.small_city import change_cell, publish_small_city

OVERVIEW, SECTION_1, SECTION_2, INCREMENTS, TIMELINESS = 2, 3, 4, 5, 6


def differences(path: Path, published: Path) -> list[Difference]:
    return verify_consolidated(path, published, "small_city", "small", "2023-06")


def places(found: list[Difference]) -> set[str]:
    return {f"{difference.sheet}!{difference.cell}" for difference in found}


@pytest.fixture
def copy(finished_workbook: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(finished_workbook, tmp_path / "copy.xlsx"))


def test_an_untouched_workbook_has_no_differences(finished_workbook: Path, published: Path) -> None:
    assert differences(finished_workbook, published) == []


@pytest.mark.parametrize(
    ("sheet", "cell", "pattern", "replacement", "expected"),
    [
        pytest.param(
            SECTION_1,
            "C6",
            "<v>10</v>",
            "<v>11</v>",
            {"1 总体情况!C6", "1 总体情况!C9", "1 总体情况!C13"},
            id="a unit's figure, and the totals that count it",
        ),
        pytest.param(
            SECTION_1,
            "C13",
            "<v>18</v>",
            "<v>19</v>",
            {"1 总体情况!C13", "总览!K10"},
            id="a total's stored value, and the cover that refers to it",
        ),
        pytest.param(
            SECTION_2,
            "C9",
            r"C6:C8\)\)",
            "C6:C7))",
            {"2 执法和组织!C9"},
            id="a formula that is none of ours",
        ),
        pytest.param(
            SECTION_2, "C9", "<f>.*</f>", "", {"2 执法和组织!C9"}, id="a total typed in instead of the formula"
        ),
        pytest.param(
            OVERVIEW,
            "I9",
            "<v>1/2</v>",
            "<v>2/2</v>",
            {"各单位总表!I9"},
            id="a count of yes",
        ),
        pytest.param(
            INCREMENTS, "I6", "<v>-2</v>", "<v>2</v>", {"本月新增!I6", "本月新增!I9", "本月新增!I13"}, id="a fall"
        ),
        pytest.param(
            SECTION_1, "D7", "/>", ' t="e"><v>#REF!</v></c>', {"1 总体情况!D7"}, id="a blank that became an error"
        ),
        pytest.param(TIMELINESS, "G8", "<v>2</v>", "<v>1</v>", {"报送情况!G8"}, id="days late"),
        pytest.param(
            SECTION_1,
            "D7",
            "/>",
            "><v>0</v></c>",
            {"1 总体情况!D7"},
            id="a blank that became zero",
        ),
        pytest.param(
            SECTION_1,
            "C11",
            r' s="(\d+)"><v>1</v>',
            r' s="\1" t="b"><v>1</v>',
            {"1 总体情况!C11", "1 总体情况!C12", "1 总体情况!C13"},
            id="a number that became TRUE",
        ),
        pytest.param(
            SECTION_1, "C6", "<v>10</v>", "<f>4+6</f><v>10</v>", {"1 总体情况!C6"}, id="a figure that became a formula"
        ),
        pytest.param(
            SECTION_1, "C8", r"<v>\d+</v>", "<v>0</v>", {"1 总体情况!C8"}, id="a silent unit that says something else"
        ),
    ],
)
def test_a_changed_cell_is_found_where_it_is(
    copy: Path, published: Path, sheet: int, cell: str, pattern: str, replacement: str, expected: set[str]
) -> None:
    change_cell(copy, sheet, cell, pattern, replacement)
    assert places(differences(copy, published)) == expected


def test_a_formula_that_leaves_out_a_silent_unit_is_found_though_the_sum_is_equal(copy: Path, published: Path) -> None:
    change_cell(copy, SECTION_1, "C9", r"<f>.*</f>", '<f>IF(COUNT(C6:C7)=0,"",SUM(C6:C7))</f>')
    found = differences(copy, published)
    assert places(found) == {"1 总体情况!C9"}
    assert "公式的区域" in found[0].what


def test_a_formula_that_counts_a_unit_twice_is_found_though_the_sum_is_equal(copy: Path, published: Path) -> None:
    listed = "C6:C8,C7:C8"  # 乙镇 reported 0 and 丙镇 nothing
    change_cell(copy, SECTION_1, "C9", r"<f>.*</f>", f'<f>IF(COUNT({listed})=0,"",SUM({listed}))</f>')
    found = differences(copy, published)
    assert places(found) == {"1 总体情况!C9"}
    assert [difference.printed for difference in found] == ["5"]


def test_a_cell_changed_with_openpyxl_is_found(copy: Path, published: Path) -> None:
    """Saving with openpyxl also drops the stored values of all formulas, which are found as well."""
    workbook = openpyxl.load_workbook(copy)
    workbook["2 执法和组织"]["D6"] = 99
    workbook.save(copy)
    found = {f"{difference.sheet}!{difference.cell}": difference for difference in differences(copy, published)}
    assert (found["2 执法和组织!D6"].printed, found["2 执法和组织!D6"].expected) == ("99", "12.5")
    assert "2 执法和组织!D9" in found


def test_a_number_nobody_can_account_for_is_found(copy: Path, published: Path) -> None:
    workbook = openpyxl.load_workbook(copy)
    workbook["数据来源"]["Z40"] = 7
    workbook.save(copy)
    found = {f"{difference.sheet}!{difference.cell}": difference.what for difference in differences(copy, published)}
    assert found["数据来源!Z40"] == "来历不明的数"


def test_a_number_beside_a_units_line_and_a_formula_beside_a_title_are_found(copy: Path, published: Path) -> None:
    workbook = openpyxl.load_workbook(copy)
    workbook["1 总体情况"]["H6"] = 7
    workbook["数据来源"]["P2"] = "=1+1"
    workbook.save(copy)
    found = {f"{difference.sheet}!{difference.cell}": difference.what for difference in differences(copy, published)}
    assert found["1 总体情况!H6"] == found["数据来源!P2"] == "来历不明的数"


def test_a_missing_sheet_and_a_renamed_unit_are_found(copy: Path, published: Path) -> None:
    workbook = openpyxl.load_workbook(copy)
    del workbook["本月新增"]
    workbook["1 总体情况"]["B7"] = "丁镇"
    workbook.save(copy)
    found = differences(copy, published)
    assert any(difference.what == "工作表" for difference in found)
    assert "1 总体情况!B7" in places(found)


def test_a_mart_that_changed_after_writing_is_found(finished_workbook: Path, tmp_path: Path) -> None:
    other = publish_small_city(tmp_path / "published")
    database = other / "current" / "taizhang.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update marts.rpt_progress_totals set cumulative_value = 19 where total_scope = 'all' and item_code = '1.1'"
        )
    found = differences(finished_workbook, other)
    assert places(found) == {"各单位总表!C13", "1 总体情况!C13", "总览!K10"}
    assert {(difference.printed, difference.expected) for difference in found} == {("18", "19")}


def test_a_mart_in_which_a_unit_lacks_a_figure_is_refused(tmp_path: Path) -> None:
    other = publish_small_city(tmp_path / "published")
    with duckdb.connect(str(other / "current" / "taizhang.duckdb")) as connection:
        connection.execute("delete from marts.rpt_progress_table where unit_id = 'T2' and item_code = '2.4'")
    with pytest.raises(ReportError, match="T2 的各格与指标不一一对应"):
        write_consolidated(tmp_path / "none.xlsx", other, "small_city", "small", "2023-06")


def test_a_figure_with_more_digits_than_a_cell_keeps_is_held_back(tmp_path: Path) -> None:
    other = publish_small_city(tmp_path / "published")
    with duckdb.connect(str(other / "current" / "taizhang.duckdb")) as connection:
        connection.execute(
            "update marts.rpt_progress_table set cumulative_value = 12345678901234.5678 "
            "where unit_id = 'T1' and item_code = '2.1' and part = 'amount'"
        )
    path = write_consolidated(tmp_path / "long.xlsx", other, "small_city", "small", "2023-06").path
    assert "2 执法和组织!D6" in places(differences(path, other))


def test_a_difference_says_where_and_what() -> None:
    difference = Difference("1 总体情况", "C6", "甲镇 1.1.value", "11", "10")
    assert str(difference) == (
        "1 总体情况!C6 甲镇 1.1.value：文件为“11”，数据为“10”。 1 总体情况!C6 prints 11; the mart has 10."
    )
