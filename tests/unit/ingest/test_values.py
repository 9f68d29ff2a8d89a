"""What a figure cell says, value by value."""

import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.model import CellTexts, Item, Part
from campaigns.vocabulary import ValueState
from ingest.files.grid import Unusual
from ingest.words.cell_words import Figure
from ingest.words.values import read_figure, read_pair

TEXTS = CellTexts(
    zero=("无", "零", "零报告", "未发现"),
    blank=("—", "-", "空", "待报"),
    not_applicable=("/", "不涉及", "N/A"),
    yes=("是", "有", "√", "YES"),
    no=("否", "无", "×", "NO"),
)


def part(
    measure_unit: str = "个", kind: str = "cumulative_count", part: str = "value", name: str | None = None
) -> Part:
    return Part.model_validate({"part": part, "measure_unit": measure_unit, "kind": kind, "name": name})


COUNT, FIRMS, TIMES = part("个"), part("家"), part("次")
MONEY = part("万元", "cumulative_amount")
STAFF = part("人", "stock")
YES_NO = part("是否", "yes_no")
PENALTIES = Item(
    code="3.3",
    label="行政处罚(次,万元)",
    name="行政处罚",
    aggregation="sum",
    parts=(part("次", part="count", name="次数"), part("万元", "cumulative_amount", "amount", "金额")),
)
CASES = Item(
    code="3.8",
    label="公布典型案例(个),其中危险作业罪案例(个)",
    name="公布典型案例",
    aggregation="sum",
    parts=(part("个", part="total", name="总数"), part("个", part="of_which", name="其中危险作业罪案例")),
)
REWARDS = Item(
    code="4.5",
    label="举报奖励(万元),其中匿名举报查实奖励(万元)",
    name="举报奖励",
    aggregation="sum",
    parts=(
        part("万元", "cumulative_amount", "total", "总额"),
        part("万元", "cumulative_amount", "of_which", "其中匿名举报查实奖励"),
    ),
)


def said(figure: Figure) -> str | tuple[str, str]:
    """A number as text with ~ for about, or state and reason."""
    if figure.state.has_number:
        return f"{'~' if figure.state is ValueState.APPROXIMATE else ''}{figure.value}"
    return figure.state.value if figure.state is not ValueState.UNREADABLE else f"! {figure.reason}"


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


BOTH_UNCLEAR = "! 分不清是次数还是万元数，请写成“3次/1.5万元”的样子"


@pytest.mark.parametrize(
    ("item", "raw", "first", "second"),
    [
        (PENALTIES, "3次/12.5万元", "3", "12.5"),
        (PENALTIES, "3次，12.5万元", "3", "12.5"),
        (PENALTIES, "3次12.5万元", "3", "12.5"),
        (PENALTIES, "3次 12.5万元", "3", "12.5"),
        (PENALTIES, "3次\n12.5万元", "3", "12.5"),
        (PENALTIES, "3次（12.5万元）", "3", "12.5"),
        (PENALTIES, "12.5万元/3次", "3", "12.5"),
        (PENALTIES, "罚款12.5万元，处罚3次", "3", "12.5"),
        (PENALTIES, "3,12.5", "3", "12.5"),
        (PENALTIES, "3/12.5", "3", "12.5"),
        (PENALTIES, "3次，125000元", "3", "12.5"),
        (PENALTIES, "1,200次/3,000万元", "1200", "3000"),
        (PENALTIES, "三次，十二万元", "3", "12"),
        (PENALTIES, "约3次/12万元", "~3", "12"),
        (PENALTIES, "3次/无", "3", "0"),
        (PENALTIES, "3次", "3", "blank"),
        (PENALTIES, "0次", "0", "blank"),
        (PENALTIES, "12.5万元", "blank", "12.5"),
        (PENALTIES, "0", "0", "0"),
        (PENALTIES, 0.0, "0", "0"),
        (PENALTIES, "无", "0", "0"),
        (PENALTIES, "/", "not_applicable", "not_applicable"),
        (PENALTIES, None, "blank", "blank"),
        (PENALTIES, "3", BOTH_UNCLEAR, BOTH_UNCLEAR),
        (PENALTIES, 12.5, BOTH_UNCLEAR, BOTH_UNCLEAR),
        (CASES, "5个，其中2个", "5", "2"),
        (CASES, "5（2）", "5", "2"),
        (CASES, "5(2)", "5", "2"),
        (CASES, "5/2", "5", "2"),
        (CASES, "5，其中危险作业罪2个", "5", "2"),
        (CASES, "5个(其中危险作业罪案例2个)", "5", "2"),
        (CASES, "共5个，其中危险作业罪案例2个", "5", "2"),
        (CASES, "5（）", "5", "blank"),
        (CASES, "5个", "5", "blank"),
        (CASES, 5.0, "5", "blank"),
        (REWARDS, "1.5万元，其中匿名举报查实奖励0.5万元", "1.5", "0.5"),
        (REWARDS, "20000元", "2", "blank"),
    ],
)
def test_a_cell_with_two_figures_is_read_as_two(item: Item, raw: object, first: str, second: str) -> None:
    assert tuple(map(said, read_pair(raw, item, TEXTS))) == (first, second)


@pytest.mark.parametrize(
    ("item", "raw"),
    [
        (PENALTIES, "3,125"),  # 3125, or 3 and 125
        (PENALTIES, "3次/12.5万元/2"),
        (PENALTIES, "3次/12.5人"),
        (CASES, "5-2"),
        (CASES, "5+2"),
        (REWARDS, "3万5千元"),  # 3.5, never 3 and 0.5
        (PENALTIES, Unusual("error", "#VALUE!")),
        (PENALTIES, dt.date(2023, 3, 12)),  # "3/12" as Excel keeps it
    ],
)
def test_two_figures_that_can_mean_two_things_are_unreadable(item: Item, raw: object) -> None:
    assert [figure.state for figure in read_pair(raw, item, TEXTS)] == [ValueState.UNREADABLE] * 2


WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


@given(
    st.integers(1, 9_999_999),
    st.sampled_from(["{}", "{:,}", "{}个", " {} ", "{}.0", "共{}个", "{:,}个。"]),
    st.booleans(),
)
def test_a_count_in_any_notation_reads_back_to_itself(number: int, notation: str, wide: bool) -> None:
    text = notation.format(number)
    assert read_figure(text.translate(WIDE) if wide else text, COUNT, TEXTS) == Figure(
        ValueState.VALUE, Decimal(number)
    )


@given(st.integers(1, 99_999_999), st.sampled_from(["{万}", "{万}万元", "{元}元", "{万}万", "{元:,}元"]))
def test_an_amount_in_any_notation_reads_back_to_itself(yuan: int, notation: str) -> None:
    amount = Decimal(yuan) / 10_000
    text = notation.format(**{"万": f"{amount:f}", "元": yuan})
    assert read_figure(text, MONEY, TEXTS) == Figure(ValueState.VALUE, amount)
    assert read_figure(float(amount), MONEY, TEXTS).value == amount


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_read_back_to_themselves(number: int) -> None:
    import cn2an

    assert read_figure(cn2an.an2cn(number), COUNT, TEXTS).value == number


@given(st.text(" \t\n　—-", max_size=5))
def test_a_blank_never_reads_as_a_number(text: str) -> None:
    for raw in (text, text or None):
        assert not read_figure(raw, COUNT, TEXTS).state.has_number
        assert not any(figure.state.has_number for figure in read_pair(raw, CASES, TEXTS))


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.booleans(), st.dates(), st.none()))
def test_no_value_makes_the_reader_fail(raw: object) -> None:
    for unit in (COUNT, MONEY, YES_NO):
        figure = read_figure(raw, unit, TEXTS)
        assert (figure.value is not None) == figure.state.has_number
    for item in (PENALTIES, CASES):
        assert len(read_pair(raw, item, TEXTS)) == 2
