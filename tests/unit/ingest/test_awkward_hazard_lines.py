"""Odd lines of hazard lists: each oddity with the line that shows it and one at the bound that does not."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from campaigns.load import load_all
from ingest.intake import IntakeSettings, take_in
from ingest.lists.hazard_rows import hazards_in
from ingest.parsed import ParsedSubmission
from tests.forms import Table, as_csv, as_docx, as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.plain_forms import paths_of
from tests.unit.ingest.reading_lists import DATES, blamed, codes, column, parse_one, rows, sentence

HAICHENG = "haicheng_2023"
FORM = load_all()[HAICHENG].form("hazard_list")
ORDER = ["hazard_number", "enterprise", "hazard", "level", "source", "found_on", "funds", "rectified_on"]
TOWN = {"unit": "孤山镇", "filled_on": "2023年6月24日"}
LINE = {"hazard_number": "GS-1", "enterprise": "甲化工厂", "hazard": "风管积尘", "level": "重大", "source": "企业自查",
        "found_on": "2023-06-05"}  # fmt: skip


def table(*lines: Mapping[str, Any], **stamped: str) -> Table:
    return listed(FORM, lines, columns=ORDER, **(TOWN | stamped))


def read(*lines: Mapping[str, Any], received_on: str = "2023-06-25", **stamped: str) -> ParsedSubmission:
    return parse_one(HAICHENG, as_xlsx(table(*lines, **stamped)), "隐患清单.xlsx", received_on)


def test_a_plain_line_is_asked_nothing() -> None:
    submission = read(LINE)
    assert (submission.form_id, submission.unit_id, submission.period) == ("hazard_list", "210381101", "2023-06")
    assert codes(submission) == []


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize(
    "line",
    [
        {"hazard": "本期无"},
        {"hazard": "本期无", "funds": 0},
        {"hazard_number": 1, "hazard": "本期无", "funds": "/"},
    ],
)
def test_a_list_whose_only_row_says_none_is_a_nil_report(
    line: Mapping[str, Any], write: Callable[[Table], bytes]
) -> None:
    """A CSV list with a 0 beside 本期无, and any list with a number before it, used to be returned as empty."""
    name = "隐患清单.csv" if write is as_csv else "隐患清单.xlsx"
    submission = parse_one(HAICHENG, write(table(line)), name, "2023-06-25")
    assert (codes(submission), submission.list_cells) == ([], ())
    assert (submission.unit_id, submission.period) == ("210381101", "2023-06")


def test_a_hazard_whose_number_is_no_ordinal_is_a_row_even_where_it_says_none() -> None:
    submission = read({"hazard_number": "GS-1", "hazard": "本期无"})
    assert column(submission, "hazard_number") == ["GS-1"]


@pytest.mark.parametrize("said", ["本月无重大事故隐患", "无"])
def test_none_below_the_row_numbers_is_a_nil_report(said: str) -> None:
    """Written over the whole list, it stands in its first column; the list was returned as empty."""
    head = ["序号", "企业名称", "隐患描述", "隐患来源", "发现日期"]
    sheet = Table([["重大事故隐患清单"], ["填报单位：孤山镇", None, "填报时间：2023年6月24日"], head, [said]])
    submission = parse_one(HAICHENG, as_xlsx(sheet), "清单.xlsx", "2023-06-25")
    assert (submission.unit_id, submission.list_cells) == ("210381101", ())
    assert codes(submission) == ["RD-6-01", "RD-6-02"]  # nobody signed; nothing else is asked


@pytest.mark.parametrize("text", [None, "/", "—", "无"])
def test_a_line_without_its_description_is_asked_about_once_and_kept(text: str | None) -> None:
    submission = read(LINE, {**LINE, "hazard_number": "GS-2", "hazard": text})
    assert codes(submission) == ["RD-8-19"]
    assert blamed(submission, "RD-8-19") == ["Sheet1!C5"]
    assert column(submission, "enterprise") == ["甲化工厂", "甲化工厂"]


def test_what_a_line_without_description_says_is_in_the_raw_zone_and_not_in_the_ledger(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox" / HAICHENG
    inbox.mkdir(parents=True)
    (inbox / "清单.xlsx").write_bytes(as_xlsx(table(LINE, {**LINE, "hazard_number": "GS-2", "hazard": None})))
    campaigns = {HAICHENG: load_all()[HAICHENG]}
    take_in(
        paths_of(tmp_path),
        campaigns,
        {HAICHENG: DATES[HAICHENG]},
        lambda campaign, parsed: (),
        datetime(2023, 6, 25, 1, 30),
        settings=IntakeSettings(quiet_seconds=0),
    )
    raw = f"{tmp_path}/raw"
    lines = duckdb.sql(f"select row_number, hazard_number, hazard from '{raw}/hazard_lines/*.parquet'").fetchall()
    assert lines == [(1, "GS-1", "风管积尘")]
    kept = duckdb.sql(
        f"select row_number, column_id, cell_ref from '{raw}/list_cells/*.parquet' order by all"
    ).fetchall()
    assert kept == [
        (2, "enterprise", "B5"),
        (2, "found_on", "F5"),
        (2, "hazard_number", "A5"),
        (2, "level", "D5"),
        (2, "source", "E5"),
    ]


def test_rows_numbered_in_advance_are_told_in_one_line() -> None:
    submission = read(LINE, {"hazard_number": "GS-2"}, {"hazard_number": "GS-3"}, {"hazard_number": "GS-4"})
    assert codes(submission) == ["RD-8-20"]
    assert "有 3 行只有编号（GS-2 等）" in sentence(submission, "RD-8-20")
    assert len(rows(submission)) == 1


@pytest.mark.parametrize(
    "signed", ["主要负责人签字：", "单位负责人（签字）：", "填表人签名：", "审核人：", "分管领导签批："]
)
def test_a_line_to_sign_on_below_the_notes_is_no_hazard(signed: str) -> None:
    submission = read(LINE, ["注：逐项填写。"], [signed, None, None, None, None, "联系电话：0412-0000000"])
    assert codes(submission) == []
    assert len(rows(submission)) == 1


def test_a_hazard_whose_enterprise_reads_like_an_office_is_a_hazard() -> None:
    assert len(rows(read({**LINE, "hazard_number": "主要负责人签字", "enterprise": "负责人培训中心"}))) == 1


def test_a_list_of_nothing_but_numbers_is_empty() -> None:
    assert "RD-8-05" in codes(read({"hazard_number": "GS-1"}, {"hazard_number": "GS-2"}))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1、风管积尘；2、未接地", 2),
        ("1.风管积尘\n2.未接地\n3.无报警", 3),
        ("（一）风管积尘。（二）未接地", 2),
        ("①风管积尘；②未接地", 2),
        ("①风管积尘②未接地③无报警", 3),
        ("1.风管积尘 2. 未接地，3.无报警", 3),
        ("一是风管积尘；二是未接地", 2),
        ("1、风管积尘", 1),
        ("风管积尘；未接地；无报警", 1),
        ("①号库积尘、②号库积尘", 1),
        ("违反第十条（一）、（二）项", 1),
        ("库房 1、2 号门，3、4 号门上锁", 1),
        ("这一处是风管积尘", 1),
        ("1号车间积尘；2号车间积尘", 1),
        ("间距1.5米；2.0米处无护栏", 1),
        ("2、未接地；3、无报警", 1),
    ],
)
def test_hazards_counted_up_in_one_cell_are_seen(text: str, count: int) -> None:
    assert hazards_in(text) == count


def test_several_hazards_in_one_cell_count_as_one_and_are_asked_about() -> None:
    submission = read({**LINE, "hazard": "1、风管积尘；2、未接地"})
    assert blamed(submission, "RD-8-21") == ["Sheet1!C4"]
    assert "一格里写了 2 处" in sentence(submission, "RD-8-21")
    assert len(rows(submission)) == 1


def test_of_two_rows_on_one_hazard_the_sentence_says_which_one_counts() -> None:
    submission = read(LINE | {"rectified_on": "2023-06-10"}, LINE)
    assert sentence(submission, "RD-8-14") == (
        "Sheet1!A5 与 Sheet1!A4 是同一项，"
        "两行都已登记（同一处隐患台账只计一行：进展较新的，一样的取新写的），请只保留一行。"
    )


def test_a_list_that_repeats_old_rows_is_asked_about_in_one_sentence_with_every_row() -> None:
    """Rows 4 to 12: A, B | A, B, C, D | A, C, D as they were added month by month."""
    named = {letter: LINE | {"hazard_number": f"GS-{letter}"} for letter in "ABCD"}
    submission = read(*(named[letter] for letter in "ABABCDACD"))
    assert [code for code in codes(submission) if code in ("RD-8-14", "RD-8-28")] == ["RD-8-28"]
    assert blamed(submission, "RD-8-28") == ["Sheet1!A6"]
    assert sentence(submission, "RD-8-28") == (
        "这份清单自 Sheet1!A6 起有 5 行写的是上面已有的项：第4、6、10行，第5、7行，第8、11行，第9、12行各是同一项，"
        "都已登记（同一处隐患台账只计一行：进展较新的，一样的取新写的），每项请只保留一行。"
    )


def test_of_a_long_list_that_stands_there_twice_the_rows_are_told_in_ranges() -> None:
    """Rows 4 to 18, then all but the second and third again in rows 19 to 31."""
    lines = [LINE | {"hazard_number": f"GS-{number}"} for number in range(1, 16)]
    submission = read(*lines, lines[0], *lines[3:])
    assert "有 13 行写的是上面已有的项：第19–31行与第4、7–18行是同样的各项，" in sentence(submission, "RD-8-28")
    assert len(rows(submission)) == 28


def test_two_kinds_in_one_cell_are_neither() -> None:
    submission = read({**LINE, "source": "企业自查、部门检查"}, {**LINE, "hazard_number": "2", "source": "自查自改"})
    assert blamed(submission, "RD-8-08") == ["Sheet1!E4"]
    assert "写了不止一个，只能填一个" in sentence(submission, "RD-8-08")
    assert column(submission, "source") == ["unreadable", "self_check"]


@pytest.mark.parametrize(
    ("written", "day", "asked"),
    [
        (44927, "2023-01-01", False),  # how a workbook stores 1 January 2023
        (6.25, "2023-06-25", False),
        ("2023.6.5", "2023-06-05", False),
        (2023.1, "~2023-01-31", True),  # October, too, is stored like this
        (6.1, "~2023-06-01", True),  # or 6.10
        ("2022年12月", "~2022-12-31", True),
        ("2022年12月31日", "2022-12-31", False),
    ],
)
def test_days_written_in_other_ways_are_read_and_doubtful_ones_asked_about(
    written: object, day: str, asked: bool
) -> None:
    submission = read({**LINE, "found_on": written})
    assert column(submission, "found_on") == [day]
    assert blamed(submission, "RD-8-22") == (["Sheet1!F4"] if asked else [])


def test_a_day_without_a_year_has_happened_before_the_list_came() -> None:
    submission = read({**LINE, "found_on": "6.26"}, {**LINE, "hazard_number": "2", "found_on": "6.25"})
    assert column(submission, "found_on") == ["2022-06-26", "2023-06-25"]


@pytest.mark.parametrize(
    ("written", "funds", "asked"),
    [
        (1000, "1000", True),
        (999.5, "999.5", False),
        ("15000元", "1.5", False),
        ("1500万元", "1500", False),
        ("3万", "3", False),
    ],
)
def test_amounts_in_yuan_and_in_ten_thousands(written: object, funds: str, asked: bool) -> None:
    submission = read({**LINE, "funds": written})
    assert column(submission, "funds") == [funds]
    assert blamed(submission, "RD-8-23") == (["Sheet1!G4"] if asked else [])


@pytest.mark.parametrize("write", [as_xlsx, as_docx, as_csv])
def test_a_head_in_yuan_turns_its_bare_numbers_into_ten_thousands(write: Any) -> None:
    head = ["隐患编号", "企业名称", "隐患描述", "隐患来源", "发现日期", "整改资金（元）"]
    body = [
        ["GS-1", "甲化工厂", "风管积尘", "企业自查", date(2023, 6, 5), 15000],
        ["GS-2", "乙服装厂", "出口上锁", "企业自查", date(2023, 6, 6), "2万元"],
    ]
    sheet = Table([["重大事故隐患清单"], ["填报单位：孤山镇", None, "填报时间：2023年6月24日"], head, *body])
    name = {as_xlsx: "清单.xlsx", as_docx: "清单.docx", as_csv: "清单.csv"}[write]
    submission = parse_one(HAICHENG, write(sheet), name, "2023-06-25")
    assert column(submission, "funds") == ["1.5", "2"]
    assert len(blamed(submission, "RD-8-24")) == 1
    assert "列名写的单位是元" in sentence(submission, "RD-8-24")


def test_a_head_in_the_columns_own_unit_is_not_worth_a_word() -> None:
    order = [column if column != "funds" else "整改资金（万元）" for column in ORDER]
    submission = parse_one(
        HAICHENG,
        as_xlsx(listed(FORM, [{**LINE, "整改资金（万元）": 1.5}], columns=order, **TOWN)),
        "清单.xlsx",
        "2023-06-25",
    )
    assert column(submission, "funds") == ["1.5"]
    assert codes(submission) == []


def test_a_day_may_be_headed_as_a_time_and_an_element_as_in_place() -> None:
    heads = {"完成整改时间": "2023-06-10", "复查时间": "2023-06-12", "延期时间": "2023-07-01", "责任到位": "甲"}
    plan = {"措施到位": "清扫", "资金到位（元）": 15000, "时限到位": "2023-06-30", "预案到位": "有"}
    written = LINE | heads | plan
    order = [*ORDER[:6], *heads, *plan]
    submission = parse_one(HAICHENG, as_xlsx(listed(FORM, [written], columns=order, **TOWN)), "清单.xlsx", "2023-06-25")
    assert "RD-8-04" not in codes(submission)
    (row,) = rows(submission)
    assert (row["rectified_on"], row["verified_on"], row["extended_to"]) == ("2023-06-10", "2023-06-12", "2023-07-01")
    assert (row["responsible"], row["measures"], row["funds"], row["due_on"], row["emergency_plan"]) == (
        "甲", "清扫", "1.5", "2023-06-30", "有",
    )  # fmt: skip


def test_a_second_word_table_that_repeats_the_head_goes_on_with_the_list() -> None:
    first, second = (
        table(LINE),
        table(LINE | {"hazard_number": "GS-2", "enterprise": "乙服装厂"}, LINE | {"hazard_number": "GS-3"}),
    )
    follows = Table(second.rows[2:-1])
    submission = parse_one(HAICHENG, as_docx(Table(first.rows[:-1]), follows), "隐患清单.docx", "2023-06-25")
    assert "RD-8-18" not in codes(submission)
    assert column(submission, "hazard_number") == ["GS-1", "GS-2", "GS-3"]
    assert column(submission, "enterprise") == ["甲化工厂", "乙服装厂", "甲化工厂"]


def test_headings_below_a_group_are_read_with_the_group() -> None:
    written = Table(
        [
            ["重大事故隐患清单"],
            ["填报单位：孤山镇", None, "填报时间：2023年6月24日"],
            ["编号", "企业名称", "隐患描述", "来源", "发现日期", "五落实", None, "挂牌情况", None, None, "销号情况"],
            [None, None, None, None, None, "措施", "期限", "级别", "单位", "期限", "时间", "部门"],
            ["GS-1", "甲化工厂", "风管积尘", "企业自查", "2023-06-05", "清扫", "2023-06-30", "市级", "市安委会",
             "2023-07-31", "2023-06-20", "市应急局"],
        ],
        merges=[(2, 5, 2, 6), (2, 7, 2, 9), (2, 10, 2, 11)],
    )  # fmt: skip
    submission = parse_one(HAICHENG, as_xlsx(written), "隐患清单.xlsx", "2023-06-25")
    assert not {"RD-8-04", "RD-8-08"} & set(codes(submission))
    (row,) = rows(submission)
    assert "level" not in row
    assert (row["due_on"], row["listed_level"], row["listed_by"], row["listed_due_on"]) == (
        "2023-06-30", "city", "市安委会", "2023-07-31",
    )  # fmt: skip
    assert (row["closed_on"], row["signed_off_by"]) == ("2023-06-20", "市应急局")
