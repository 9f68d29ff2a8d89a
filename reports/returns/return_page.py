"""One page: everything a slip says, in a size and with as many lines as an A4 sheet holds.

Belongs here: the slip as text, and choosing what fits. Does not belong here: sentences about single problems
(return_wording.py), drawing (return_slip.py).
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from campaigns.vocabulary import RuleClass, Verdict
from reports.blank_forms.form_layout import explanation_label
from reports.paper.cell_address import cell_address
from reports.paper.safe_text import outside_text
from reports.paper.wording import date_text, moment_text, period_title
from reports.returns.return_reasons import ClassReasons, reasons_of
from reports.returns.return_wording import HEADINGS, Speaker, shortened
from reports.returns.returned_file import ReturnedFile

TEXT_WIDTH_POINTS: Final = 164 * 72 / 25.4  # A4 less the margins of return_slip.py
_TEXT_HEIGHT_POINTS: Final = 263 * 72 / 25.4
_TITLE_POINTS: Final = 48  # with what stands between it, the table and the text
LINE_SPACING: Final = 1.45
INDENT: Final = 2.0  # characters before the text of a numbered line
_SIZES: Final = (14.0, 12.0, 10.5, 9.5, 9.0)
_FULL: Final = (300, 16)  # characters of a sentence, cells listed in a line
_BRIEF: Final = (90, 5)
# wording and lines of each class, mandatory first; the gravest lose theirs last
_LAYOUTS: Final = (
    (_FULL, (12, 12, 12, 12)),
    (_FULL, (12, 12, 10, 5)),
    (_FULL, (12, 10, 6, 3)),
    (_FULL, (12, 8, 4, 2)),
    (_FULL, (12, 5, 3, 1)),
    (_FULL, (9, 4, 2, 1)),
    (_FULL, (7, 3, 2, 1)),
    (_BRIEF, (12, 6, 3, 2)),
    (_BRIEF, (9, 5, 2, 1)),
    (_BRIEF, (7, 4, 2, 1)),
    (_BRIEF, (5, 3, 1, 1)),
    (_BRIEF, (3, 2, 1, 1)),
    (_BRIEF, (1, 1, 1, 1)),
)
_FACT_ROOM: Final = {"报送单位": 14, "收到时间": 14, "报送期": 17, "处理结果": 17}  # characters of a line
_WIDE_FACT_ROOM: Final = 37
_FACT_LINE_POINTS: Final = 15.3
_MOST_FACT_LINES: Final = 2
_NUMERALS: Final = "一二三四五六"
_COLOURS: Final = {
    RuleClass.MANDATORY: "红色必须改正",
    RuleClass.QUASI_MANDATORY: "橙色需要说明",
    RuleClass.VERIFICATION: "黄色请核实",
    RuleClass.ADVISORY: "蓝色为提示",
}
_VERDICTS: Final = {
    Verdict.ACCEPTED: "已接收，已计入汇总，请核实下列事项",
    Verdict.RETURNED: "退回，没有计入汇总，请改正后重报",
    Verdict.QUARANTINED: "无法受理，没有计入汇总，请重报",
}


@dataclass(frozen=True, slots=True)
class SlipSection:
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip as text; `size` is the body's in points. `facts` are pairs of label and value."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[SlipSection, ...]
    attachment: str
    office: str
    issued_on: str
    size: float


def compose_slip(returned: ReturnedFile, attachment: str, marked_classes: Sequence[RuleClass]) -> Slip:
    """Write the slip so that it fits one page.

    Args:
        returned: the file and what is wrong with it.
        attachment: name of the file sent along; empty without one.
        marked_classes: classes that have a marked cell in it; none when it is unmarked.
    """
    sheets = {cell_address(one.source_cell).sheet for one in returned.failures if cell_address(one.source_cell)}
    reasons = reasons_of(returned)
    what_next = SlipSection(*_what_next(returned, reasons, marked_classes))
    for wording, caps in _LAYOUTS:
        speaker = Speaker(returned.form, len(sheets) > 1, bool(marked_classes), *wording)
        most = dict(zip(RuleClass, caps, strict=True))
        sections = [_section(one, most[one.rule_class], speaker) for one in reasons]
        for size in _SIZES:
            slip = _slip(returned, [*sections, what_next], attachment, size)
            if _height(slip) <= _TEXT_HEIGHT_POINTS:
                return slip
    return slip


def _slip(returned: ReturnedFile, sections: Sequence[SlipSection], attachment: str, size: float) -> Slip:
    numbered = tuple(SlipSection(f"{_NUMERALS[n]}、{one.heading}", one.lines) for n, one in enumerate(sections))
    return Slip(
        title="报表核实单" if returned.verdict is Verdict.ACCEPTED else "报表退回单",
        facts=_facts(returned),
        sections=numbered,
        attachment=outside_text(attachment),
        office=returned.campaign.office,
        issued_on=date_text(returned.issued_on or returned.received_at.date()),
        size=size,
    )


def _facts(returned: ReturnedFile) -> tuple[tuple[str, str], ...]:
    facts = (
        ("报送单位", returned.unit_name or "没有认出"),
        ("报送期", period_title(returned.period) if returned.period else "没有认出"),
        ("报表", returned.form.title if returned.form else "没有认出"),
        ("文件名", returned.file_name),
        ("收到时间", moment_text(returned.received_at)),
        ("处理结果", _VERDICTS[returned.verdict]),
    )
    return tuple((label, _fact_text(label, value)) for label, value in facts)


def _fact_text(label: str, value: str) -> str:
    room = _FACT_ROOM.get(label, _WIDE_FACT_ROOM) * _MOST_FACT_LINES
    return shortened(" ".join(outside_text(value).split()), room)


def _section(reasons: ClassReasons, most: int, speaker: Speaker) -> SlipSection:
    lines = [speaker.entry(outcomes) for outcomes in reasons.entries[:most]]
    if left_out := reasons.entries[most:]:
        lines.append(speaker.left_out(sum(map(len, left_out))))
    if reasons.follow_ons:
        lines.append(speaker.follow_ons(reasons.follow_ons, reasons.rule_class))
    heading = f"{HEADINGS[reasons.rule_class]}（{reasons.rule_class.chinese}，{reasons.count} 处）"
    return SlipSection(heading, tuple(lines))


def _what_next(
    returned: ReturnedFile, reasons: Sequence[ClassReasons], marked: Sequence[RuleClass]
) -> tuple[str, tuple[str, ...]]:
    """Heading and lines on how to answer."""
    accepted = returned.verdict is Verdict.ACCEPTED
    lines = []
    if marked:
        colours = "、".join(_COLOURS[one] for one in RuleClass if one in marked)
        lines.append(f"所附标注表标出了有问题的格（{colours}），原因见批注；可以直接在上面改，底色和批注不必删除。")
    label = explanation_label(returned.form) if returned.form else None
    if label and any(one.rule_class is RuleClass.QUASI_MANDATORY for one in reasons):
        lines.append(f"需要说明的，写在表内“{label}”栏。")
    name = f"文件名写作“{_wanted_name(returned)}”"
    if accepted:
        lines.append(f"数字有误或需要说明的，重报整张表，{name}，新表自动替换旧表；核实无误的不必重报。")
    else:
        lines.append(f"改正后重报整张表，{name}。")
    lines.extend(_dates(returned))
    return ("怎样答复" if accepted else "怎样重报"), tuple(lines)


def _wanted_name(returned: ReturnedFile) -> str:
    """The names our own forms are sent out with; what is not known is named in brackets."""
    unit, period = returned.unit_name or "〔单位全称〕", returned.period or "〔年-月〕"
    form = returned.form_id or "〔报表〕"
    ending = "docx" if returned.file_format == "docx" else "xlsx"
    return outside_text(f"{shortened(unit, _WIDE_FACT_ROOM)}_{period}_{form}.{ending}")


def _dates(returned: ReturnedFile) -> Iterator[str]:
    due, today = returned.due_date, returned.issued_on or returned.received_at.date()
    if due is None:
        if returned.verdict is not Verdict.ACCEPTED:
            yield "请在本期报送截止前重报；截止已过的，请尽快重报。"
    elif today >= due.lock_on:
        yield f"本期应报日为{date_text(due.due_on)}，已于{date_text(due.lock_on)}锁定，不再接收。"
    else:
        passed = "（已过，请尽快）" if today > due.grace_until else ""
        due_day = f"本期应报日：{date_text(due.due_on)}{passed}{_grace(due.due_on, due.grace_until)}"
        yield f"{due_day}；锁定日：{date_text(due.lock_on)}，自该日起不再接收。"


def _grace(due_on: date, grace_until: date) -> str:
    return f"，宽限至{date_text(grace_until)}" if grace_until > due_on else ""


def _height(slip: Slip) -> float:
    """Points the slip takes, counted a little too high: fonts differ from desk to desk."""
    line = slip.size * LINE_SPACING
    facts = sum(_fact_height(label, value) for label, value in slip.facts)
    height = _TITLE_POINTS + facts + 3 * line + lines_of(slip.attachment, slip.size, 0) * line
    for section in slip.sections:
        height += line + 4
        height += sum(lines_of(text, slip.size, INDENT) for text in section.lines) * line
    return height


def _fact_height(label: str, value: str) -> float:
    """Points a fact adds to the table; two that share a row count for half of it each, and in full if one is long."""
    room = _FACT_ROOM.get(label, _WIDE_FACT_ROOM)
    lines = math.ceil(_width(value) / room)
    row = max(20.0, lines * _FACT_LINE_POINTS + 6)
    return row / 2 if label in _FACT_ROOM and lines < 2 else row


def lines_of(text: str, size: float, indent: float) -> int:
    """How many lines a text takes when set in this size (points) with this indent (characters)."""
    room = TEXT_WIDTH_POINTS / size - indent - 1  # a line may end early before punctuation
    return max(1, math.ceil(_width(text) / room))


@lru_cache(maxsize=1024)
def _width(text: str) -> float:
    """Width in characters of full width."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.72 if c.isupper() else 0.58 for c in text)
