"""The letters of an office that count, and what a question about them is.

Belongs here: which of several letters is the one that counts. Does not belong here: the questions (report_answers.py,
content_answers.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from campaigns.model import Form
from orchestration.demo.letters import Letter, Row
from orchestration.demo.scene import Scene

Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Question:
    """Something a visitor wants to know, the query that answers it, and the answer worked out from what was sent."""

    words: str
    heads: tuple[str, ...]
    query: str  # on the published marts; its first parameter is the campaign
    answer: Rows
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Sent:
    """The letters that count: for each report the accepted one filled in last, and the day the first one came."""

    scene: Scene
    letters: Sequence[Letter]

    @cached_property
    def current(self) -> dict[tuple[str, str, str], Letter]:
        return {_key(one): one for one in self.letters if one.verdict == "accepted"}

    @cached_property
    def first_on(self) -> dict[tuple[str, str, str], date]:
        accepted = [one for one in self.letters if one.verdict == "accepted"]
        return {_key(one): one.arrives.date() for one in reversed(accepted)}

    @property
    def as_of(self) -> date:
        return self.scene.office.nights[-1].date()

    def forms(self, kind: str, subject: str | None = None) -> list[Form]:
        return [form for form in self.scene.campaign.forms if form.kind == kind and subject in (None, form.subject)]

    def rows(self, form: Form) -> Iterator[tuple[Letter, Row]]:
        """The lines of one form that count, those that say 本期无 left out."""
        for letter in self.current.values():
            if letter.form_id == form.form_id:
                yield from ((letter, row) for row in letter.content.rows if "本期无" not in row.values())


def _key(letter: Letter) -> tuple[str, str, str]:
    return letter.form_id, letter.unit_id, letter.period
