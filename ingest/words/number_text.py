"""Reading one written number: digits of any width, thousands separators, 万 and 元, 中文数字, 约 and 余.

Belongs here: the grammar of one number with its measure word. Does not belong here: cells that are not text, what 无
or / means, several numbers in one cell (values.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

MONEY_UNIT = "万元"
YUAN_IN = {
    "元": Decimal(1), "块": Decimal(1), "千元": Decimal(1_000), "万": Decimal(10_000), "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000), "亿元": Decimal(100_000_000), "亿": Decimal(100_000_000),
}  # fmt: skip

# Which classifiers people use for the same thing; anything else contradicts the item's own unit of measure.
_SAME_MEASURE = {
    "个": "个 处 条 项 件 起 例 种 宗",
    "家": "家 户 个 家企业 户企业 个企业 间",
    "次": "次 场 场次 回 期 起 批 批次 轮",
    "人": "人 名 位 个人 人员",
    "个次": "个次 次 个 家次 企业次",
    "家次": "家次 次 家 个次 户次",
}
ALL_MEASURES = frozenset(word for words in _SAME_MEASURE.values() for word in words.split()) | frozenset(YUAN_IN)

_TIMES = {"": 1, "十": 10, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 10**8}
_CHINESE_DIGITS = "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟廿点"
_NUMBER = re.compile(
    r"(?P<about>大约|约为|约|近|将近|超过|超|逾|不足|不到|上|接近|≈|~|>=|<=|≥|≤|>|<)?"
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?|-?\.\d+|[" + _CHINESE_DIGITS + r"]+)"
    r"(?P<odd1>余|多|来|几|\+)?(?P<times>十|百|千|百万|千万|万|亿)?(?P<odd2>余|多|来|\+)?"
    r"(?P<unit>[^\d\s,，。.;；:：()（）、/]{0,4}?)(?P<odd3>左右|以上|以下|上下|不到|\+)?",
    re.IGNORECASE,
)
_FILLING = re.compile(r"^(?:共计|合计|累计|总计|总数|共有|共|计)(?=.)")
_CHINESE_ONLY = re.compile(f"[{_CHINESE_DIGITS}]+")


class UnreadableError(Exception):
    """Why a text is no figure: a Chinese and an English clause that complete the clerk's sentence."""

    def __init__(self, reason: str, reason_en: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.reason_en = reason_en


class Written(NamedTuple):
    """One number as written: its size, the measure word behind it, and whether it is only about right."""

    number: Decimal
    unit: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """What an item counts in: `accepts` holds the words that mean the same."""

    unit: str
    is_money: bool
    accepts: frozenset[str]


@lru_cache(maxsize=256)
def measure_of(unit: str) -> Measure:
    """The measure of an item from its unit on the form (`个`, `家次`, `万元`)."""
    return Measure(unit, unit in YUAN_IN, frozenset((_SAME_MEASURE.get(unit) or unit).split()) | {unit})


def read_number(text: str, measure: Measure) -> Written:
    """Read a text that holds exactly one number; the number comes back in the item's own unit.

    Args:
        text: NFKC text without white space.
        measure: what the item counts in.

    Raises:
        UnreadableError: the text is no number, or says a unit that contradicts the item.
    """
    found = _NUMBER.fullmatch(_FILLING.sub("", text))
    if found is None:
        if any(character.isdigit() for character in text):
            raise UnreadableError("不只是一个数", "it is more than one number")
        raise UnreadableError("不是数字", "it is not a number")
    number = _plain_number(found["number"]) * _TIMES[found["times"] or ""]
    written = Written(number, found["unit"], any(found[name] for name in ("about", "odd1", "odd2", "odd3")))
    times = found["times"] or ("万" if found["number"][-1] in "万亿" else "")
    return _in_own_unit(written, times, measure)


def _plain_number(text: str) -> Decimal:
    if _CHINESE_ONLY.fullmatch(text):
        return chinese_number(text)
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise UnreadableError("不是数字", "it is not a number") from error


def _in_own_unit(written: Written, times: str, measure: Measure) -> Written:
    """Turn 元, 千元, 亿元 into the item's money unit; refuse a word that counts something else."""
    if measure.is_money:
        # "2万" beside 万元 means two 万元, "125000元" twelve and a half; a bare number is already in the item's unit.
        if written.unit in YUAN_IN or (not written.unit and times.endswith(("万", "亿"))):
            yuan = written.number * YUAN_IN.get(written.unit, Decimal(1))
            return written._replace(number=yuan / YUAN_IN[measure.unit], unit=measure.unit)
        if times and not written.unit:
            raise UnreadableError("没有写明是元还是万元", "it does not say whether 元 or 万元 is meant")
    elif written.unit in measure.accepts:
        return written
    if not written.unit:
        return written
    if written.unit in ALL_MEASURES:
        unit = f"{times}{written.unit}" if written.unit in YUAN_IN else written.unit
        raise UnreadableError(
            f"单位“{unit}”与本项的“{measure.unit}”不符",
            f"unit {unit} contradicts the item's own unit {measure.unit}",
        )
    raise UnreadableError("数字后面有别的文字", "the number is followed by other words")


@lru_cache(maxsize=4096)
def chinese_number(text: str) -> Decimal:
    """十二 → 12, 三十五万 → 350000, 两千 → 2000, 百 → 100; loose writing such as 一百二 is refused."""
    import cn2an  # 0.2 s: only for the few who write 中文数字

    plain = text.replace("〇", "零").replace("两", "二")
    if plain[0] in "百千佰仟":
        plain = "一" + plain
    try:
        number = cn2an.cn2an(plain, "strict")
    except ValueError as error:
        raise UnreadableError("中文数字看不懂，请写阿拉伯数字", "the Chinese numeral cannot be read") from error
    return Decimal(str(number))
