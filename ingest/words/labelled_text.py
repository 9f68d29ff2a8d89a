"""The labels of a form's stamp inside texts: `填报单位：孤山镇  填表时间：2023年6月24日` holds two labelled values.

Belongs here: a form's own words around the figures, compiled once, and cutting a text by them. Does not belong here:
what the values mean and where they are kept (stamp.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from campaigns.model import Form
from campaigns.once import once_for_each
from ingest.words.labels import label_key

SEAL = re.compile(r"[(]?(?:加盖公章|盖公章|加盖|盖章|公章|签章|印章)[)]?")
BLANKS = " _　:：。.,，;；、—-\t\n"
_KINDS = ("unit", "filled_on", "filler", "reviewer", "explanation", "period")
_LONGEST_TITLE = 60
_LEAST_NOTE = 20
_PERIOD_AT_END = re.compile(r"(?:\d{4}年?)?(?:\d{1,2}月份?|第?[1-4一二三四]季度|[上下]半年|年度)?$")
_HEADS_OTHER_THINGS = frozenset({"单位", "说明", "备注"})  # alone in a cell they head columns of measures or remarks
_MOST_REMEMBERED = 4096


class Labelled(NamedTuple):
    """A labelled value inside a text: where its label starts, where the value starts and ends."""

    kind: str
    start: int
    value_start: int
    value_end: int


class CutText(NamedTuple):
    """A plain text with the labelled values in it, or the kind of the label that it is alone."""

    text: str
    values: tuple[Labelled, ...]
    alone: str | None


@dataclass(frozen=True, slots=True)
class StampWords:
    """A form's labels as one expression, the fixed text of its stamped line, and keys of what is printed on it.

    `beside_unit` holds the words of the stamped line, which may be left standing beside a unit's name.
    """

    labels: re.Pattern[str]
    kinds: dict[str, str]
    template: str
    beside_unit: frozenset[str]
    notes: tuple[str, ...]
    titles: tuple[str, ...]
    printed: frozenset[str]
    _seen: dict[str, CutText | None] = field(default_factory=dict)

    def cut(self, raw: str) -> CutText | None:
        """The labels in a text; None for the form's own printed words. Most texts stand on every form: remembered."""
        if raw not in self._seen:
            if len(self._seen) > _MOST_REMEMBERED:
                self._seen.clear()
            text = plain(raw)
            values = tuple(self._values(text))
            alone = None if values else self._kind_alone(text)
            self._seen[raw] = None if self._is_printed(text) else CutText(text, values, alone)
        return self._seen[raw]

    def begins_with_label(self, text: str) -> bool:
        return self.labels.match(plain(text)) is not None

    def is_title(self, text: str) -> bool:
        """Whether a line ends with the form's title, a period behind it aside."""
        key = _PERIOD_AT_END.sub("", label_key(text)) if len(text) <= _LONGEST_TITLE else ""
        return key.endswith(self.titles)

    def _values(self, text: str) -> Iterator[Labelled]:
        found = list(self.labels.finditer(text))
        for number, match in enumerate(found):
            end = found[number + 1].start() if number + 1 < len(found) else len(text)
            yield Labelled(self.kinds[match["label"] or match["date_label"]], match.start(), match.end(), end)

    def _kind_alone(self, text: str) -> str | None:
        label = SEAL.sub("", text).strip(BLANKS)
        return None if label in _HEADS_OTHER_THINGS else self.kinds.get(label)

    def _is_printed(self, text: str) -> bool:
        """Whether a text is a title without addition, also of a section, a printed note, or several notes in one."""
        key = label_key(text)
        return key in self.printed or any(note in key for note in self.notes)


def plain(text: str) -> str:
    """NFKC without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@once_for_each
def stamp_words(form: Form) -> StampWords:
    """The form's own words around the figures."""
    kinds: dict[str, str] = {}
    for kind in _KINDS:
        for label in getattr(form.stamp, kind):
            kinds.setdefault(plain(label), kind)
    longest_first = sorted(kinds, key=lambda label: -len(label))
    anything = "|".join(map(re.escape, longest_first)) or r"(?!)"
    dates = "|".join(re.escape(label) for label in longest_first if kinds[label] == "filled_on") or r"(?!)"
    labels = re.compile(rf"(?P<label>{anything})(?:\([^()]{{0,12}}\))?:|(?P<date_label>{dates})(?=[\d_年二])")
    template = plain(form.stamp_line or "").lstrip("_")
    cut = labels.search(template)
    template = SEAL.sub("", template[: cut.start()] if cut else template).strip(BLANKS)
    titles = tuple(label_key(text) for text in (form.title, *form.title_aliases))
    sections = {label_key(section.title) for section in form.sections} - set(map(label_key, kinds))
    notes = tuple(key for key in map(label_key, form.notes) if len(key) > _LEAST_NOTE)
    beside_unit = frozenset(re.split(r"\W+", template)) - {""}
    return StampWords(labels, kinds, template, beside_unit, notes, titles, frozenset(titles) | sections)
