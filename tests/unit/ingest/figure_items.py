"""Items with one figure and with two, the words of their campaign, and what was read in one word.

Does not belong here: raw cells and what they mean (the tests).
"""

from campaigns.model import CellTexts, Item, Part
from campaigns.vocabulary import ValueState
from ingest.words.cell_words import Figure

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


COUNT, FIRMS = part("个"), part("家")
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
