"""The questions that a visitor asks of an office's tables, each with the answer worked out from the letters sent.

Belongs here: which questions are asked. Does not belong here: the questions themselves (report_answers.py,
content_answers.py), comparing (office_run.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from orchestration.demo import content_answers as content
from orchestration.demo import report_answers as reports
from orchestration.demo.letters import Letter
from orchestration.demo.scene import Scene
from orchestration.demo.sent import Question, Sent

_ASKED: Final[tuple[Callable[[Sent], Question], ...]] = (
    reports.received,
    reports.timeliness,
    reports.upstream,
    reports.lengths,
    content.tasks,
    content.obligations,
    content.accidents,
    content.registers,
    content.hazards,
    content.totals,
)


def questions_of(scene: Scene, letters: Sequence[Letter]) -> tuple[Question, ...]:
    """The questions that the campaign's forms give an answer to."""
    sent = Sent(scene, letters)
    return tuple(question for ask in _ASKED if (question := ask(sent)).answer)
