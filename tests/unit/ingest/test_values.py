"""What a figure cell says, value by value.

Does not belong here: cells that hold two figures (test_paired_values.py), what holds of any value (test_any_value.py).
"""

import datetime as dt
import math
from decimal import Decimal

import pytest

from campaigns.model import Part
from campaigns.vocabulary import ValueState
from ingest.files.grid import Unusual
from ingest.words.values import read_figure
from tests.unit.ingest.figure_items import COUNT, FIRMS, MONEY, STAFF, TEXTS, YES_NO, said


@pytest.mark.parametrize(
    ("raw", "unit", "expected"),
    [
        (12, COUNT, "12"),
        (12.0, COUNT, "12"),
        (2.9999999999999996, COUNT, "3"),
        ("１２", COUNT, "12"),
        (" 12　", COUNT, "12"),
        ("12个", COUNT, "12"),
        ("12 个", COUNT, "12"),
        ("12处", COUNT, "12"),
        ("共12个。", COUNT, "12"),
        ("1,234", COUNT, "1234"),
        ("1，234", COUNT, "1234"),
        ("２万", COUNT, "20000"),
        ("1.2万", COUNT, "12000"),
        ("十二", COUNT, "12"),
        ("二百零三家", FIRMS, "203"),
        ("三十五万", COUNT, "350000"),
        ("两千", COUNT, "2000"),
        ("〇", COUNT, "0"),
        ("1.2E+5", COUNT, "120000"),
        ("007", COUNT, "7"),
        ("12家企业", FIRMS, "12"),
        (12.1, MONEY, "12.1"),
        (0.1 + 0.2, MONEY, "0.3"),
        (1 / 3, MONEY, "0.3333"),
        ("12.5万元", MONEY, "12.5"),
        ("125000元", MONEY, "12.5"),
        ("125,000元", MONEY, "12.5"),
        ("2万", MONEY, "2"),
        ("三十五万", MONEY, "35"),
        ("3千元", MONEY, "0.3"),
        ("1.2亿元", MONEY, "12000"),
        (Decimal("0.0001"), MONEY, "0.0001"),
        ("5名", STAFF, "5"),
        (-0.0, COUNT, "0"),
    ],
)
def test_a_number_is_read_in_the_unit_of_its_item(raw: object, unit: Part, expected: str) -> None:
    figure = read_figure(raw, unit, TEXTS)
    assert said(figure) == expected
    assert figure.state is (ValueState.ZERO if expected == "0" else ValueState.VALUE)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("约30", "~30"),
        ("大约 30 家", "~30"),
        ("10余家", "~10"),
        ("10多家", "~10"),
        ("近百", "~100"),
        ("近百家", "~100"),
        ("上百家", "~100"),
        ("十余家", "~10"),
        ("30左右", "~30"),
        ("30+", "~30"),
        ("≥30", "~30"),
        ("30家以上", "~30"),
        ("不足10家", "~10"),
    ],
)
def test_an_approximate_number_keeps_number_and_doubt(raw: str, expected: str) -> None:
    assert said(read_figure(raw, FIRMS, TEXTS)) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, "blank"),
        ("—", "blank"),
        ("空", "blank"),
        ("无", "0"),
        ("零报告", "0"),
        (0, "0"),
        ("0个", "0"),
        ("/", "not_applicable"),
        ("／", "not_applicable"),
        ("不涉及", "not_applicable"),
        ("n/a", "not_applicable"),
    ],
)
def test_blank_zero_and_not_applicable_are_three_things(raw: object, expected: str) -> None:
    assert said(read_figure(raw, COUNT, TEXTS)) == expected


@pytest.mark.parametrize(
    ("raw", "unit", "reason"),
    [
        ("12人", FIRMS, "单位“人”与本项的“家”不符"),
        ("12.5万元", COUNT, "单位“万元”与本项的“个”不符"),
        ("3次", MONEY, "单位“次”与本项的“万元”不符"),
        (12.5, COUNT, "“个”数应当是整数"),
        ("12.5", STAFF, "“人”数应当是整数"),
        (-3, COUNT, "是负数"),
        ("-3", MONEY, "是负数"),
        ("50%", COUNT, "是百分数"),
        (Unusual("percent", "50%"), COUNT, "是百分数"),
        (dt.date(2023, 6, 24), COUNT, "是日期或时间"),
        (dt.datetime(1900, 1, 12, 0, 0), COUNT, "是日期或时间"),
        (dt.timedelta(hours=3), COUNT, "是日期或时间"),
        ("2023-06-24", COUNT, "是日期或时间"),
        ("6月24日", COUNT, "是日期或时间"),
        (210381199001011234, COUNT, "数字太大，不像是统计数"),
        ("210381199001011234", COUNT, "数字太大，不像是统计数"),
        ("1e400", COUNT, "数字太大，不像是统计数"),
        (math.nan, COUNT, "不是有效的数字"),
        (math.inf, MONEY, "不是有效的数字"),
        (True, COUNT, "是逻辑值，不是数字"),
        ("√", COUNT, "不是数字"),
        ("已上报", COUNT, "不是数字"),
        ("数十家", FIRMS, "不是数字"),
        ("20-30", COUNT, "不只是一个数"),
        ("12（含上月3）", COUNT, "不只是一个数"),
        ("1 2", COUNT, "数字中间有空格"),
        ("5²", COUNT, "有上下标或圈码"),
        ("②", COUNT, "有上下标或圈码"),
        ("5千", MONEY, "没有写明是元还是万元"),
        ("一百二", COUNT, "中文数字看不懂，请写阿拉伯数字"),
        (Unusual("error", "#REF!"), COUNT, "是公式错误"),
        (Unusual("uncalculated", "=A1"), COUNT, "公式没有计算结果"),
        (Unusual("struck", "3"), COUNT, "整格被划掉了"),
    ],
)
def test_what_is_no_figure_is_unreadable_with_a_reason(raw: object, unit: Part, reason: str) -> None:
    figure = read_figure(raw, unit, TEXTS)
    assert said(figure) == f"! {reason}"
    assert figure.reason_en


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("是", "1"),
        ("√", "1"),
        ("yes", "1"),
        ("是。", "1"),
        ("是（市级电视台）", "1"),
        ("☑是 ☐否", "1"),
        (1, "1"),
        (True, "1"),
        ("否", "0"),
        ("×", "0"),
        ("无", "0"),
        ("□是 ☑否", "0"),
        (0, "0"),
        (None, "blank"),
        ("—", "blank"),
        ("/", "not_applicable"),
        ("2次", "! 应当填“是”或“否”"),
        ("市级是，县级否", "! 应当填“是”或“否”"),
        (2, "! 应当填“是”或“否”"),
        (Unusual("error", "#N/A"), "! 是公式错误"),
    ],
)
def test_yes_and_no_are_one_and_zero(raw: object, expected: str) -> None:
    assert said(read_figure(raw, YES_NO, TEXTS)) == expected
