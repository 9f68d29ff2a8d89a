"""The words reports print: periods, dates, numbers, states and classes in Chinese.

Belongs here: turning one stored value into the text people read. Does not belong here: layout, queries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from campaigns.vocabulary import ReportingScope, RuleClass

if TYPE_CHECKING:
    from campaigns.duty_model import Disclosure

TIMELINESS = {"on_time": "按时", "late": "迟报", "missing": "未报", "not_due": "未到期"}
SUBMISSION_STATUS = {"accepted": "已接收", "returned": "已退回", "superseded": "已被替换", "quarantined": "无法受理"}
DUE_SOURCE = {"decree": "国务院放假安排", "library": "节假日资料", "estimate": "预估"}
LEDGER_REASON = {
    "counted": "截止日前的清单上有",
    "reported_later": "截止日后的清单才补报",
    "doubtful_pair": "与本单位另一条疑似同一处，待认定",
    "shared_with_other_unit": "另有单位也报了这一处",
    "not_major": "不是重大隐患",
    "no_level": "没有写等级",
    "undated": "没有发现日期",
    "before_campaign": "行动开始前发现",
    "found_after_cutoff": "截止日后发现",
    "other_source": "来源不属本项",
    "no_source": "没有写来源",
    "not_listed": "截止日前未挂牌",
    "rectified_after_cutoff": "截止日后才整改完成",
    "not_rectified": "截至截止日未整改完成",
    "listed_by_other_unit": "别的单位的清单上有，本单位的没有",
    "nothing_listed": "清单上没有隐患",
}
OVERLAP_READING = {"as_reported": "照报合计", "counted_once": "只计一处"}
OVERLAP_STANDING = {
    "kept": "计一处",
    "counted_twice": "重复，只计一处时不计",
    "no_figure": "表上没有这个数，不在合计内",
    "below_list": "表上的数小于清单上的，证明不了在合计内，照报",
}
_DISCLOSURE = {
    "public": "主动公开",
    "on_request": "依申请公开",
    "internal": "不予公开（内部资料）",
    "not_stated": "公文未写明，由编制单位确定",
}
OBLIGATION_STATE = {"met": "已做够", "short": "没有做够", "open": "期限未到"}
RESTATEMENT_CAUSE = {"new_file": "补报", "newer_version": "单位重报", "correction": "安委办更正"}
OUTCOME = {"pass": "通过", "fail": "未通过", "not_applicable": "不适用"}

EXPLANATION_STATE = {
    "not_needed": "",
    "missing": "待说明",
    "too_short": "说明不足6个字",
    "given": "已说明",
    "accepted": "说明已采纳",
    "refused": "说明未采纳",
}
_DIGITS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")
_HALF_YEARS = {"1": "上半年", "2": "下半年"}


def period_title(period: str) -> str:
    """`2023-06` → 2023年6月, `2024Q1` → 2024年第1季度, `2024H2` → 2024年下半年, `2024` → 2024年."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})|Q([1-4])|H([12]))?", period)
    if match is None:
        raise ValueError(f"{period!r} is no period")
    year, month, quarter, half = match.groups()
    if month:
        return f"{year}年{int(month)}月"
    if quarter:
        return f"{year}年第{quarter}季度"
    return f"{year}年{_HALF_YEARS[half]}" if half else f"{year}年"


def timeliness_text(timeliness: str, days_late: int | None) -> str:
    """按时, 迟报2天, 未报, 未到期."""
    return f"{TIMELINESS[timeliness]}{f'{days_late}天' if days_late else ''}"


def increment_title(period: str) -> str:
    """Name the figures gained since the previous period: 本月新增, 本季新增, 本期新增."""
    if "-" in period:
        return "本月新增"
    return "本季新增" if "Q" in period else "本期新增"


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; below 100."""
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones]}"


def date_text(day: date | None) -> str:
    return "" if day is None else f"{day.year}年{day.month}月{day.day}日"


def month_day(day: date | None) -> str:
    return "" if day is None else f"{day.month}月{day.day}日"


def some_names(names: Sequence[str], most: int) -> str:
    """Join names with 、; of more than `most` the first ones and how many there are."""
    more = f"等 {len(names)} 家" if len(names) > most else ""
    return "、".join(names[:most]) + more


def item_title(item_code: str, indicator_name: str, part_name: str | None) -> str:
    """An item with its part, where it has several: 3.3 行政处罚（金额）."""
    return with_part(f"{item_code} {indicator_name}", part_name)


def with_part(title: str, part_name: str | None) -> str:
    return title + (f"（{part_name}）" if part_name else "")


def moment_text(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(" ", "minutes")


def number_text(number: Decimal) -> str:
    """Plain digits without trailing zeros or an exponent: 12.50 → 12.5, 1E+2 → 100, -0.0 → 0."""
    return format(number.normalize() + 0, "f")


def signed_text(number: Decimal) -> str:
    """A change: +3, -2, 0."""
    return f"+{number_text(number)}" if number > 0 else number_text(number)


def disclosure_text(disclosure: Disclosure) -> str:
    """The line that says to whom a paper may be shown."""
    return f"信息公开形式：{_DISCLOSURE[disclosure]}"


def rule_class_text(rule_class: str) -> str:
    return RuleClass(rule_class).chinese


def subtotal_text(scope: ReportingScope, area: str) -> str:
    """Label of a group's subtotal; city-level bodies are named after the area's own rank (市直部门, 区直部门)."""
    if scope is ReportingScope.TERRITORY:
        return "镇街（属地全口径）"
    rank = area[-1:] if area[-1:] in ("市", "区", "县", "州", "省") else ""
    return f"{rank}直部门（{rank}本级）" if rank else "直属部门（本级）"


GRAND_TOTAL = "合计"
