"""Texts without a table: which form one is, by the title in its first lines or its file's name, and who signed it.

Belongs here: titles and signatures of documents and narratives. Does not belong here: forms known by their labels or
headings (form_search.py, list_search.py), what the text says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from campaigns.model import Campaign, Form
from ingest.layouts.list_heads import title_keys
from ingest.senders.stamp import Stamp, UnitText
from ingest.words.labels import label_key
from ingest.words.roster import roster_of

HEAD, FOOT = 8, 6  # lines among which title and signature are looked for
LONGEST_TITLE = 80


class Titled(NamedTuple):
    """A form named by its title; `lines` is how many first lines the title takes, 0 where only the file has it."""

    form: Form
    written: str
    lines: int


def find_title(forms: Iterable[Form], stem: str, head: Sequence[str]) -> Titled | None:
    """The form whose title, the longest first, stands in the first lines or in the file name.

    Args:
        forms: the forms that may be meant.
        stem: the file's name without its ending.
        head: the first lines of the text; a title may be broken over several.
    """
    titles = [(key, form) for form in forms for key in title_keys(form)]
    joined = ["".join(head[:count]) for count in range(1, len(head) + 1)]
    for title, form in sorted(titles, key=lambda entry: -len(entry[0])):
        written = next((number for number, text in enumerate(joined) if title in label_key(text)), None)
        if written is not None:
            return Titled(form, joined[written], written + 1)
        if title in label_key(stem):
            return Titled(form, "", 0)
    return None


def add_signature(stamp: Stamp, campaign: Campaign) -> None:
    """A line that is nothing but a unit's name signs the text."""
    roster = roster_of(campaign)
    for said in (*stamp.loose, *stamp.titles):
        named = roster.find(said.text)
        if named.unit_ids and not named.rest:
            stamp.units.append(UnitText((said.text,), said.at))
