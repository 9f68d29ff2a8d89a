"""What cells of lists say, by the type of their column."""

from datetime import date, datetime
from typing import Any

import pytest

from campaigns.form_columns import Choice, Column
from ingest.files.grid import Unusual
from ingest.words.list_values import read_value
from ingest.words.list_words import is_none, says_none, words_for
from tests.unit.ingest.reading_lists import PUTUO, form

WORDS = words_for(form(PUTUO, "lead_tasks"))
STATUS = Column(
    column_id="status",
    label="完成状态",
    type="choice",
    choices=(
        Choice(code="not_started", label="未启动", aliases=("未开始",)),
        Choice(code="in_progress", label="推进中", aliases=("进行中",)),
        Choice(code="done", label="已完成", aliases=("完成",)),
    ),
)


def read(raw: Any, column: Column | str, year: int = 2024, measure_unit: str | None = None) -> str:
    """State and value of a cell in one text."""
    if isinstance(column, str):
        column = Column(column_id="c", label="列", type=column, measure_unit=measure_unit)  # type: ignore[arg-type]
    typed = read_value(raw, column, WORDS, year)
    value = next((v for v in (typed.text, typed.number, typed.day) if v is not None), "")
    return f"{typed.state.value} {value}".strip()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (44927, "value 2023-01-01"),
        (45351.0, "value 2024-02-29"),
        ("44927", "value 2023-01-01"),
        (date(2024, 3, 5), "value 2024-03-05"),
        (datetime(2024, 3, 5, 9, 30), "value 2024-03-05"),
        ("2024年3月5日", "value 2024-03-05"),
        ("2024.3.5", "value 2024-03-05"),
        ("2024/03/05", "value 2024-03-05"),
        ("24.3.5", "value 2024-03-05"),
        ("2024-03-05 09:30:00", "value 2024-03-05"),
        ("2024/3/5 0:00", "value 2024-03-05"),
        ("20240305", "value 2024-03-05"),
        (20240305, "value 2024-03-05"),
        ("３月５日", "value 2024-03-05"),
        ("二〇二四年三月五日", "value 2024-03-05"),
        ("3-5", "value 2024-03-05"),
        (6.25, "value 2024-06-25"),
        ("6.25", "value 2024-06-25"),
        (6.1, "approximate 2024-06-01"),  # may have been 6.10
        ("6.10", "value 2024-06-10"),
        (2019.1, "approximate 2019-01-31"),
        ("2019.10", "approximate 2019-10-31"),
        ("2019年10月", "approximate 2019-10-31"),
        ("10月", "approximate 2024-10-31"),
        ("3月5日—3月8日", "unreadable"),
        ("2.30", "unreadable"),
        ("2024年2月30日", "unreadable"),
        ("整改中", "unreadable"),
        ("2024", "unreadable"),
        ("无", "not_applicable"),
        ("/", "not_applicable"),
        ("—", "blank"),
        (Unusual("error", "#REF!"), "unreadable"),
        (Unusual("struck", "2024-03-05"), "unreadable"),
    ],
)
def test_dates(raw: Any, expected: str) -> None:
    assert read(raw, "date") == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("12月", "value 2024-12"),
        (12, "value 2024-12"),
        ("6月底前", "value 2024-06"),
        ("2024年底", "value 2024-12"),
        ("年底前", "value 2024-12"),
        ("2025年6月", "value 2025-06"),
        ("2025年6月底", "value 2025-06"),
        ("2025.6", "value 2025-06"),
        (2024.12, "value 2024-12"),
        ("2024-06", "value 2024-06"),
        ("2024年6月30日前", "value 2024-06"),
        ("2024-06-30 00:00:00", "value 2024-06"),
        (date(2024, 6, 1), "value 2024-06"),
        (datetime(2024, 6, 1), "value 2024-06"),
        ("6.30", "value 2024-06"),
        ("第二季度", "value 2024-06"),
        ("上半年", "value 2024-06"),
        ("下半年", "value 2024-12"),
        ("2025年度", "value 2025-12"),
        ("长期坚持", "not_applicable"),
        ("每季度", "not_applicable"),
        ("持续推进", "not_applicable"),
        ("6月、9月", "unreadable"),
        ("尽快", "unreadable"),
        ("13月", "unreadable"),
    ],
)
def test_months(raw: Any, expected: str) -> None:
    assert read(raw, "month") == expected


def test_a_month_carries_its_last_day() -> None:
    assert read_value("2月", Column(column_id="c", label="列", type="month"), WORDS, 2024).day == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("已完成", "value done"),
        ("已 完 成。", "value done"),
        ("完成（100%）", "value done"),
        ("进行中", "value in_progress"),
        ("□未启动 ☑推进中 □已完成", "value in_progress"),
        ("☐未启动 ☐推进中 ☐已完成", "unreadable"),
        ("☑未启动 ☑推进中", "unreadable"),
        ("基本完成", "unreadable"),
        ("—", "blank"),
        ("/", "not_applicable"),
        (1, "unreadable"),
    ],
)
def test_choices_are_taken_by_their_words_and_by_nothing_like_them(raw: Any, expected: str) -> None:
    assert read(raw, STATUS) == expected


@pytest.mark.parametrize(
    ("kind", "measure_unit", "raw", "expected"),
    [
        ("integer", "人", 3, "value 3"),
        ("integer", "人", "３人", "value 3"),
        ("integer", None, "无", "zero 0"),
        ("integer", None, 0, "zero 0"),
        ("integer", None, "10余", "approximate 10"),
        ("integer", None, 2.5, "unreadable"),
        ("integer", None, "/", "not_applicable"),
        ("decimal", "平方米", 86.5, "value 86.5"),
        ("decimal", "平方米", "86.5平方米", "value 86.5"),
        ("decimal", "平方米", "1,200.5㎡", "value 1200.5"),
        ("decimal", "平方米", "86 m²", "value 86"),
        ("decimal", "万元", "125000元", "value 12.5"),
        ("decimal", "万元", "约12.5万元", "approximate 12.5"),
        ("decimal", "万元", "若干", "unreadable"),
        ("yes_no", None, "是", "value 1"),
        ("yes_no", None, "□是 ☑否", "zero 0"),
        ("yes_no", None, "也许", "unreadable"),
        ("phone", None, 13800000000, "value 13800000000"),
        ("phone", None, "138 0000 0000", "value 13800000000"),
        ("phone", None, "021-55550000转12", "value 02155550000转12"),
        ("phone", None, "13800000000、021-55550000", "value 13800000000、02155550000"),
        ("phone", None, "不详", "unreadable"),
        ("text", None, "  第一行 \n\n 第二行  ", "value 第一行\n第二行"),
        ("text", None, 12.50, "value 12.5"),
        ("text", None, date(2024, 6, 1), "value 2024-06-01"),
        ("text", None, "无", "value 无"),
        ("text", None, "——", "blank"),
    ],
)
def test_numbers_answers_telephones_and_texts(kind: str, measure_unit: str | None, raw: Any, expected: str) -> None:
    assert read(raw, kind, measure_unit=measure_unit) == expected


@pytest.mark.parametrize(
    "text", ["无", "本月无", "本季度无。", "我单位本月未发生生产安全事故", "本期无相关情况", "零报告", "暂无"]
)
def test_a_text_says_that_there_is_nothing(text: str) -> None:
    assert is_none(text)


@pytest.mark.parametrize("text", ["无锡路门店", "无证上岗", "本月无事故隐患未整改", "没有整改到位", "空"])
def test_a_text_that_only_begins_like_that_does_not(text: str) -> None:
    assert not is_none(text)


def test_a_row_says_none_when_all_its_cells_do() -> None:
    assert says_none(["本月无", "/", 0])
    assert says_none(["无", "无"])
    assert says_none(["本期无", "0", "0.00"])  # from CSV
    assert not says_none(["本期无", "10"])
    assert not says_none(["无", "甲企业"])
    assert not says_none(["/", "—"])
    assert not says_none(["无", 3])
