"""Which column of which list form a heading names: labels and aliases of a campaign's lists, computed once.

Belongs here: comparing headings with labels, titles of list forms. Does not belong here: where headings stand
(list_search.py), labels of indicator tables (labels.py).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from campaigns.form_columns import LIST_KINDS
from campaigns.model import Campaign, Column, Form
from campaigns.once import once_for_each
from campaigns.strict import as_compared
from ingest.words.labels import label_key
from ingest.words.number_text import YUAN_IN

LONGEST_HEAD = 30
COUNTERS = frozenset({"序号", "编号", "行次", "序", "项次", "no"})  # head columns that only count rows
_BRACKET = re.compile(r"[(（\[【〔{<《]")
_UNIT_BRACKETED = re.compile(r"[(\[【〔](?:单位:?)?(?P<unit>[^()\[\]【】〔〕]{1,3})[)\]】〕]")
_BRACKETED = re.compile(r"[(\[【〔{<《][^()\[\]【】〔〕{}<>《》]*[)\]】〕}>》]")


class Head(NamedTuple):
    """A column that a text names; rank 0 is the printed label, then its aliases in their order."""

    column_id: str
    rank: int


@dataclass(frozen=True, slots=True)
class ListForm:
    """A list form with its headings and titles by key."""

    form: Form
    heads: dict[str, Head]
    titles: tuple[str, ...]  # longest first

    def head(self, text: str) -> Head | None:
        """The column that a text names, also with remarks in brackets (`整改期限（年月日）`)."""
        if len(text) > LONGEST_HEAD:
            return None
        found = self.heads.get(label_key(text))
        return found or (self.heads.get(_without_brackets(text)) if _BRACKET.search(text) else None)

    def is_choice(self, text: str) -> bool:
        """Whether a text is a word that some column of choices may hold."""
        words = (word for c in self.form.columns for choice in c.choices for word in (choice.label, *choice.aliases))
        return as_compared(text) in map(as_compared, words)

    def column(self, column_id: str) -> Column:
        return next(column for column in self.form.columns if column.column_id == column_id)

    @property
    def required(self) -> set[str]:
        return {column.column_id for column in self.form.columns if column.required}

    def title_in(self, key: str) -> str:
        """The longest of the form's titles that stands in a key; empty when none does."""
        return next((title for title in self.titles if title in key), "")


@once_for_each
def list_forms(campaign: Campaign) -> tuple[ListForm, ...]:
    """The campaign's list forms."""
    return tuple(_list_form(form) for form in campaign.forms if form.kind in LIST_KINDS)


def title_keys(form: Form) -> tuple[str, ...]:
    """The keys of a form's titles, the longest first."""
    return tuple(sorted({label_key(title) for title in (form.title, *form.title_aliases)}, key=lambda key: -len(key)))


def money_unit_in(text: str) -> str:
    """The unit of money that a heading says in brackets (`整改资金（元）`, `资金(单位:元)`); empty without one."""
    found = _UNIT_BRACKETED.search(unicodedata.normalize("NFKC", text))
    return found["unit"] if found and found["unit"] in YUAN_IN else ""


def is_counter(text: str) -> bool:
    """Whether a heading heads nothing but row numbers."""
    return label_key(text) in COUNTERS


def _list_form(form: Form) -> ListForm:
    named = [
        (label_key(name), Head(column.column_id, rank), column.type)
        for column in reversed(form.columns)
        for rank, name in reversed(list(enumerate((column.label, *column.aliases))))
    ]
    as_times = {_as_time_or_date(key): head for key, head, kind in named if kind == "date"}
    return ListForm(form, as_times | {key: head for key, head, _ in named}, title_keys(form))


def _as_time_or_date(key: str) -> str:
    """`整改完成日期` and `整改完成时间` head the same days."""
    stem, end = key[:-2], key[-2:]
    return stem + {"日期": "时间", "时间": "日期"}.get(end, end)


def _without_brackets(text: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return label_key(_BRACKETED.sub("", plain))
