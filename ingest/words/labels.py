"""Which item a text names: normalised labels, aliases, the parts of two-part items, and small typing errors.

Belongs here: comparing texts with a campaign's labels, all computed once per campaign. Does not belong here: where a
label stands and where its figure is (form_search.py, value_cells.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from campaigns.model import Campaign, Form, Item
from campaigns.once import once_for_each
from ingest.words.number_text import ALL_MEASURES, YUAN_IN

LIKENESS_WITH_NUMBER = 70.0  # beside its own number in its own section
LIKENESS_IN_PLACE = 86.0  # between its neighbours, without a number
LIKENESS_LEAD = 8.0  # over the second best item

_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{0,12})[)\]】〕]")
_LEADING_NUMBER = re.compile(
    r"^(?:\d{1,2}\.\d{1,2}[.、]?(?=\D)|[(]?\d{1,2}[).、．。:]|[一二三四五六七八九十]{1,3}[、.])+"
)
_NOT_A_WORD = re.compile(r"[\W_]+")
_MEASURES = ALL_MEASURES | frozenset(YUAN_IN) | {"是/否", "是否", "个数", "数量"}
_MEASURE_CUT = re.compile(r"[,，、/;；和及]")
_OF_WHICH = "其中"
_SHORTEST_PIECE = 4
_CHANGES_MEANING = (
    "未",
    "不",
    "非",
    "无",
    "一般",
    "较大",
    "上年",
    "去年",
    "上月",
    "上期",
    "本月",
    "当月",
    "本期",
    "新增",
    "同期",
)


class Target(NamedTuple):
    """What a text names: an item of a form, or one part of it (None: the whole item)."""

    form_index: int
    code: str
    part: str | None


@dataclass(slots=True)
class LabelBook:
    """Every label of a campaign's indicator tables in every version, looked up by the text of a cell."""

    forms: tuple[Form, ...]
    by_key: dict[str, tuple[Target, ...]]
    section_keys: dict[str, set[tuple[int, str]]]  # key of a section's title → (form, section code)
    title_keys: tuple[tuple[int, str], ...]  # (form, key of a title), longest first
    _seen: dict[str, tuple[Target, ...]] = field(default_factory=dict)

    def targets(self, text: str) -> tuple[Target, ...]:
        """The items a cell's text may name, at most one of each form; empty when it is no label."""
        found = self._seen.get(text)
        if found is None:
            if len(self._seen) > 20_000:
                self._seen.clear()
            found = self._narrowed(self.by_key.get(label_key(text), ()), text)
            self._seen[text] = found
        return found

    def place(self, target: Target) -> tuple[str, str]:
        """Form and item meant, whatever the version."""
        return self.forms[target.form_index].form_id, target.code

    def _narrowed(self, targets: tuple[Target, ...], text: str) -> tuple[Target, ...]:
        """`行政处罚(次)` and `行政处罚(万元)` are the two parts of one item: the bracketed unit tells which."""
        return tuple(self._part_by_unit(target, text) for target in targets)

    def _part_by_unit(self, target: Target, text: str) -> Target:
        item = self.forms[target.form_index].item(target.code)
        if target.part is None and len(item.parts) == 2:
            units = bracketed_measures(text)
            fitting = [part.part for part in item.parts if units == (part.measure_unit,)]
            if len(fitting) == 1:
                return Target(target.form_index, target.code, fitting[0])
        return target


@lru_cache(maxsize=8192)
def label_key(text: str) -> str:
    """The text without white space, punctuation, bracketed units of measure and leading numbers, in NFKC."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    plain = _BRACKETS.sub(lambda found: "" if _only_measures(found[1]) else found[0], plain)
    return _NOT_A_WORD.sub("", _LEADING_NUMBER.sub("", plain)).casefold()


def bracketed_measures(text: str) -> tuple[str, ...]:
    """The units of measure a label states in brackets: `行政处罚(次,万元)` → (`次`, `万元`)."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    inside = [found[1] for found in _BRACKETS.finditer(plain) if _only_measures(found[1])]
    return tuple(word.removeprefix("单位:") for text in inside for word in _MEASURE_CUT.split(text) if word)


def _only_measures(text: str) -> bool:
    return all(word.removeprefix("单位:") in _MEASURES for word in _MEASURE_CUT.split(text))


Numbers = frozenset[str | float]  # of one item, as texts and as numbers


@once_for_each
def numbers_of(form: Form) -> dict[str, Numbers]:
    """Item code → its numbers as texts and as numbers: its code, in its section, on the whole form."""
    return {
        item.code: frozenset(
            written
            for text in (item.code, item.code.rpartition(".")[2], str(position))
            for written in (text, float(text))
        )
        for position, item in enumerate(form.items, start=1)
    }


@once_for_each
def label_book(campaign: Campaign) -> LabelBook:
    """The campaign's labels."""
    known = (*campaign.forms, *campaign.earlier_forms)
    forms = tuple(form for form in known if form.kind == "indicator_table")
    by_key: dict[str, dict[Target, None]] = {}
    sections: dict[str, set[tuple[int, str]]] = {}
    titles: set[tuple[int, str]] = set()
    for index, form in enumerate(forms):
        for section in form.sections:
            sections.setdefault(label_key(section.title), set()).add((index, section.code))
            for item in section.items:
                for text, part in _names_of(item):
                    by_key.setdefault(label_key(text), {})[Target(index, item.code, part)] = None
        titles.update((index, label_key(title)) for title in (form.title, *form.title_aliases))
    keys = {key: tuple(targets) for key, targets in by_key.items() if key}
    return LabelBook(forms, keys, sections, tuple(sorted(titles, key=lambda title: (-len(title[1]), title))))


def _names_of(item: Item) -> Iterable[tuple[str, str | None]]:
    """Every text that names the item (part None) or one of its two parts."""
    for text in (item.label, item.name, *item.aliases):
        yield text, None
    if len(item.parts) == 1:
        return
    for part in item.parts:
        if part.name:
            yield item.name + part.name, part.part
    second = item.parts[1]
    if second.part == "of_which":
        for text in (item.label, *item.aliases, second.name or ""):
            if _OF_WHICH in text:
                tail = text.split(_OF_WHICH, 1)[1]
                yield tail, second.part
                yield _OF_WHICH + tail, second.part


def best_likeness(text: str, candidates: Iterable[Target], book: LabelBook) -> tuple[Target | None, float, float]:
    """The candidate whose label is most like a text, how like (0–100), and its lead over every other item."""
    wanted = {book.place(target): target for target in candidates}
    best: dict[tuple[str, str], float] = {}
    key = label_key(text)
    for known, targets in book.by_key.items():
        score = _score(key, known)
        for place in map(book.place, targets):
            best[place] = max(score, best.get(place, 0.0))
    ranked = sorted(best.items(), key=lambda entry: -entry[1])
    if not ranked or ranked[0][0] not in wanted:
        return None, 0.0, 0.0
    runner_up = ranked[1][1] if len(ranked) > 1 else 0.0
    return wanted[ranked[0][0]], ranked[0][1], ranked[0][1] - runner_up


def likeness(text: str, item: Item) -> float:
    """How like a text is to an item's own names (0–100); a piece of a name (其中：已完成整改的) is wholly like it."""
    key = label_key(text)
    piece = key.removeprefix(_OF_WHICH)
    names = [label_key(name) for name, _ in _names_of(item)]
    if len(piece) >= _SHORTEST_PIECE and any(piece in name for name in names):
        return 100.0
    return max(_score(key, name) for name in names)


def _score(key: str, name: str) -> float:
    from rapidfuzz.fuzz import ratio  # only for forms with a label that nobody knows

    return ratio(key, name) if _same_meaning(key, name) else 0.0


def _same_meaning(key: str, name: str) -> bool:
    """A word such as 未 or 上月 that only one of them holds makes it another figure, however alike they look."""
    return all((word in key) == (word in name) for word in _CHANGES_MEANING)
