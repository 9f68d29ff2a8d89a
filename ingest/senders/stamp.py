"""The words around the figures: whose form, when filled, by whom, for which period, and explanations.

Belongs here: finding those texts on a form. Does not belong here: which unit a text names (identity.py), which period
a date belongs to (period.py). Names of people found here stay in the record and enter no message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from campaigns.model import Form
from ingest.layouts.form_search import FormBlock, Place
from ingest.words.labelled_text import BLANKS, SEAL, CutText, StampWords, plain, stamp_words
from ingest.words.number_text import ALL_MEASURES

_BEHIND_A_NAME = re.compile(r"\(?(?:联系电话|联系方式|办公电话|电话|手机|日期|时间|\d{7})")
_LONGEST_LINE = 200
_LONGEST_STAMPED_LINE = 60
_NOTE = "注:"
_NEVER_IN_A_NOTE = ("unit", "period")  # help under a form may say 单位：万元
_DAY_BESIDE = re.compile(r"(?:\d{4})?年(?:\d{1,2})?月(?:\d{1,2})?日|\d{4}[-./]\d{1,2}[-./]\d{1,2}日?")
_SIGNED_BESIDE = re.compile(
    r"(?:(?:单位|主要|分管)?负责人?|(?:审[核批]|签发|经办|填[表报])人?|(?:分管|主管)?领导)?签[字名]"
)
_ANYBODY = re.compile(
    r"(?:本|被检查|隐患|生产经营|报送|填[表报])?(?:单位|企业|公司|部门)"
    r"|(?:[乡镇]|街道)?(?:人民政府|政府|办事处)|此处"
)
_OPINION = "意见"  # of whoever signs there, which is seldom who sends


class Said(NamedTuple):
    """A text of the form and where it stands."""

    text: str
    at: str


class UnitText(NamedTuple):
    """How the form names its unit; several ways where printed words may belong to the name."""

    options: tuple[str, ...]
    at: str


@dataclass(slots=True)
class Stamp:
    """What the words around the figures say; texts are without blanks and seals, empty ones are left out."""

    units: list[UnitText] = field(default_factory=list)
    dates: list[Said] = field(default_factory=list)  # fill dates as written
    day: date | None = None  # a fill date that the file holds as a date, not as text
    day_at: str = ""
    filler: str = ""
    reviewer: str = ""
    periods: list[Said] = field(default_factory=list)
    explanations: list[Said] = field(default_factory=list)
    titles: list[Said] = field(default_factory=list)  # lines that end with the form's title
    loose: list[Said] = field(default_factory=list)  # short lines without a label


def read_stamp(block: FormBlock, claimed: Set[Place]) -> Stamp:
    """Read every text of the form that is neither label nor figure."""
    words = stamp_words(block.form)
    stamp = Stamp()
    for row, column in _places_of_words(block, claimed) if block.words is None else block.words:
        values = block.grid.rows[row]
        if (cut := words.cut(values[column])) is None:
            continue
        beside = next((c for c in range(column + 1, len(values)) if values[c] is not None), None)
        next_value = None if beside is None or (row, beside) in claimed else values[beside]
        _read_text(values[column], cut, block.grid.at(row, column), next_value, words, stamp)
        if isinstance(next_value, date) and cut.alone == "filled_on":
            stamp.day = next_value.date() if isinstance(next_value, datetime) else next_value
            stamp.day_at = block.grid.at(row, beside or 0)
    return stamp


def _places_of_words(block: FormBlock, claimed: Set[Place]) -> Iterator[Place]:
    for row in range(block.first_row, min(block.last_row + 1, len(block.grid.rows))):
        for column, value in enumerate(block.grid.rows[row]):
            if isinstance(value, str) and (row, column) not in claimed:
                yield row, column


def read_lines(lines: Iterable[str], form: Form) -> Stamp:
    """Read the same from running text (documents without a table)."""
    words = stamp_words(form)
    stamp = Stamp()
    for number, line in enumerate(lines, start=1):
        if (cut := words.cut(line)) is not None:
            _read_text(line, cut, f"正文!第{number}段", None, words, stamp)
    return stamp


def _read_text(raw: str, cut: CutText, at: str, beside: Any, words: StampWords, stamp: Stamp) -> None:
    if not isinstance(beside, str) or words.begins_with_label(beside):
        beside = ""
    if cut.alone:
        _record(cut.alone, plain(beside), beside, at, stamp)
        return
    before = cut.text[: cut.values[0].start] if cut.values else cut.text
    is_note = cut.text.startswith(_NOTE)
    if not is_note and (cut.values or len(before) <= _LONGEST_LINE):
        _record_stamped_line(before, at, words, stamp)
    only_one = len(cut.values) == 1
    for kind, _, start, end in cut.values:
        if is_note and kind in _NEVER_IN_A_NOTE:
            continue
        value = as_written = cut.text[start:end]
        if only_one and not value.strip(BLANKS):
            value, as_written = plain(beside), beside
        elif only_one and kind == "explanation":
            as_written = raw.split("：" if "：" in raw else ":", 1)[-1]
        _record(kind, value, as_written, at, stamp)


def _record(kind: str, text: str, raw: str, at: str, stamp: Stamp) -> None:
    value = text.strip(BLANKS)
    if not value:
        return
    if kind == "unit":
        _record_unit(value, at, stamp)
    elif kind == "filled_on":
        if any(character.isdigit() or character in "一二三四五六七八九十" for character in value):
            stamp.dates.append(Said(value, at))
    elif kind == "period":
        stamp.periods.append(Said(value, at))
    elif kind == "explanation":
        stamp.explanations.append(Said(raw.strip(), at))
    else:  # what follows a name on the same line, such as a telephone number, is not kept
        name = _BEHIND_A_NAME.split(value)[0].strip(BLANKS)
        setattr(stamp, kind, getattr(stamp, kind) or name)


def _record_unit(text: str, at: str, stamp: Stamp) -> None:
    """A unit's name without seal, signature and the day beside them, of which the day may be when it was filled in."""
    unsealed = SEAL.sub(" ", text)
    days = [day for day in _DAY_BESIDE.findall(unsealed) if day[0].isdigit()]
    stamp.loose.extend(Said(day, at) for day in days)
    before = _SIGNED_BESIDE.split(_DAY_BESIDE.sub("", unsealed))[0]  # behind it stands a person's name
    name = before.replace(" ", "").strip(BLANKS)
    if name.count("(") != name.count(")"):  # SEAL took one of them
        name = name.strip("()")
    if _ANYBODY.fullmatch(name):
        return
    measures = [word for word in re.split(r"[、,，/]", name) if word]
    if measures and not all(word in ALL_MEASURES for word in measures):
        stamp.units.append(UnitText((name,), at))


def _record_stamped_line(text: str, at: str, words: StampWords, stamp: Stamp) -> None:
    """The unit before, inside or behind the printed words of the stamped line, or before the word 盖章."""
    place = text.find(words.template) if words.template else -1
    if place >= 0:
        before = text[:place].strip(BLANKS)
        behind = SEAL.sub("", text[place + len(words.template) :]).strip(BLANKS)
        if before:  # 孤山 before the printed 镇(街) may be the name, or the name with its first printed character
            stamp.units.append(UnitText((before, before + words.template[0]), at))
        elif behind:
            _record_unit(behind, at, stamp)
    elif "章" in text and SEAL.search(text) and len(text) <= _LONGEST_STAMPED_LINE:
        if _OPINION not in text:
            _record_unit(text, at, stamp)
    elif text and text[0] not in "注附":
        (stamp.titles if words.is_title(text) else stamp.loose).append(Said(text, at))
