"""The words around the figures: whose form, when filled, by whom, for which period, and explanations.

Belongs here: finding those texts on a form. Does not belong here: which unit a text names (identity.py), which period
a date belongs to (period.py). Names of people found here stay in the record and enter no message.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from campaigns.model import Form
from ingest.form_search import FormBlock
from ingest.labels import label_key
from ingest.number_text import ALL_MEASURES
from ingest.value_cells import Place

_SEAL = re.compile(r"[(]?(?:加盖公章|盖公章|加盖|盖章|公章|签章|印章)[)]?")
_BLANKS = " _　:：。.,，;；、—-\t\n"
_KINDS = ("unit", "filled_on", "filler", "reviewer", "explanation", "period")
_LONGEST_LINE = 200
_LONGEST_TITLE = 60
_PERIOD_AT_END = re.compile(r"(?:\d{4}年?)?(?:\d{1,2}月份?|第?[1-4一二三四]季度|[上下]半年|年度)?$")


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


@dataclass(frozen=True, slots=True)
class _Words:
    """A form's labels as one expression, the fixed text of its stamped line, and keys of its printed notes."""

    labels: re.Pattern[str]
    kinds: dict[str, str]
    template: str
    printed: frozenset[str]
    titles: tuple[str, ...]


_WORDS: dict[int, tuple[Form, _Words]] = {}


def read_stamp(block: FormBlock, claimed: set[Place]) -> Stamp:
    """Read every text of the form that is neither label nor figure."""
    words = _words_of(block.form)
    stamp = Stamp()
    for row in range(block.first_row, min(block.last_row + 1, len(block.grid.rows))):
        values = block.grid.rows[row]
        for column, value in enumerate(values):
            if isinstance(value, str) and (row, column) not in claimed:
                beside = next((c for c in range(column + 1, len(values)) if values[c] is not None), None)
                next_value = None if beside is None or (row, beside) in claimed else values[beside]
                _read_text(value, block.grid.at(row, column), next_value, words, stamp)
                if isinstance(next_value, date) and _kind_alone(value, words) == "filled_on":
                    stamp.day = next_value.date() if isinstance(next_value, datetime) else next_value
                    stamp.day_at = block.grid.at(row, beside or 0)
    return stamp


def read_lines(lines: Iterable[str], form: Form) -> Stamp:
    """Read the same from running text (documents without a table)."""
    words = _words_of(form)
    stamp = Stamp()
    for number, line in enumerate(lines, start=1):
        _read_text(line, f"正文!第{number}段", None, words, stamp)
    return stamp


def _read_text(raw: str, at: str, beside: Any, words: _Words, stamp: Stamp) -> None:
    beside = beside if isinstance(beside, str) and not words.labels.match(_plain(beside)) else ""
    text = _plain(raw)
    if _is_printed(text, words):
        return
    fields = list(_fields(text, words))
    if not fields:
        kind = _kind_alone(raw, words)
        if kind and beside:
            _record(kind, _plain(beside), beside, at, stamp)
        elif not kind and len(text) <= _LONGEST_LINE:
            _record_stamped_line(text, at, words, stamp)
        return
    _record_stamped_line(text[: fields[0][1]], at, words, stamp)
    for kind, _, start, end in fields:
        value = text[start:end]
        if kind == "explanation":
            value = raw.split("：" if "：" in raw else ":", 1)[-1] if len(fields) == 1 else value
        if not value.strip(_BLANKS) and len(fields) == 1:
            value = _plain(beside)
        _record(kind, value, value, at, stamp)


def _is_printed(text: str, words: _Words) -> bool:
    """Whether a text is one of the form's own: a title without addition, or its notes."""
    key = label_key(text)
    return key in words.printed or (len(key) > 80 and any(len(note) > 20 and note in key for note in words.printed))


def _fields(text: str, words: _Words) -> Iterator[tuple[str, int, int, int]]:
    """Labelled values in a text as (kind, start of the label, start and end of the value)."""
    found = list(words.labels.finditer(text))
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        yield words.kinds[match["label"] or match["date_label"]], match.start(), match.end(), end


def _kind_alone(raw: str, words: _Words) -> str | None:
    """The kind of a label that stands alone in its cell; a bare 单位 heads a column of measures and is none."""
    text = _SEAL.sub("", _plain(raw)).strip(_BLANKS)
    return None if text in ("单位", "说明", "备注") else words.kinds.get(text)


def _record(kind: str, text: str, raw: str, at: str, stamp: Stamp) -> None:
    value = text.strip(_BLANKS)
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
    elif kind == "filler":
        stamp.filler = stamp.filler or value
    else:
        stamp.reviewer = stamp.reviewer or value


def _record_unit(text: str, at: str, stamp: Stamp) -> None:
    name = _SEAL.sub("", text).strip(_BLANKS)
    measures = [word for word in re.split(r"[、,，/]", name) if word]
    if measures and not all(word in ALL_MEASURES for word in measures):
        stamp.units.append(UnitText((name,), at))


def _record_stamped_line(text: str, at: str, words: _Words, stamp: Stamp) -> None:
    """The unit before, inside or behind the printed words of the stamped line, or before the word 盖章."""
    place = text.find(words.template) if words.template else -1
    if place >= 0:
        before = text[:place].strip(_BLANKS)
        behind = _SEAL.sub("", text[place + len(words.template) :]).strip(_BLANKS)
        if before:  # 孤山 before the printed 镇(街) may be the name, or the name with its first printed character
            stamp.units.append(UnitText((before, before + words.template[0]), at))
        elif behind:
            _record_unit(behind, at, stamp)
    elif "章" in text and _SEAL.search(text) and len(text) <= 60:
        _record_unit(text, at, stamp)
    elif text and text[0] not in "注附":
        (stamp.titles if _is_title(text, words) else stamp.loose).append(Said(text, at))


def printed_words(form: Form) -> frozenset[str]:
    """The words printed on the stamped line, which may be left standing beside a unit's name."""
    return frozenset(re.split(r"\W+", _words_of(form).template)) - {""}


def _is_title(text: str, words: _Words) -> bool:
    key = _PERIOD_AT_END.sub("", label_key(text)) if len(text) <= _LONGEST_TITLE else ""
    return key.endswith(words.titles)


def _words_of(form: Form) -> _Words:
    known = _WORDS.get(id(form))
    if known is None or known[0] is not form:
        _WORDS[id(form)] = known = (form, _make_words(form))
    return known[1]


def _make_words(form: Form) -> _Words:
    kinds: dict[str, str] = {}
    for kind in _KINDS:
        for label in getattr(form.stamp, kind):
            kinds.setdefault(_plain(label), kind)
    longest_first = sorted(kinds, key=lambda label: -len(label))
    dated = [label for label in longest_first if kinds[label] == "filled_on"]
    anything = "|".join(map(re.escape, longest_first)) or r"(?!)"
    dates = "|".join(map(re.escape, dated)) or r"(?!)"
    labels = re.compile(rf"(?P<label>{anything})(?:\([^()]{{0,12}}\))?:|(?P<date_label>{dates})(?=[\d_年二])")
    template = _plain(form.stamp_line or "").lstrip("_")
    cut = labels.search(template)
    printed = [note for note in form.notes] + [form.title, *form.title_aliases]
    template = _SEAL.sub("", template[: cut.start()] if cut else template).strip(_BLANKS)
    titles = tuple(label_key(text) for text in (form.title, *form.title_aliases))
    return _Words(labels, kinds, template, frozenset(label_key(text) for text in printed), titles)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
