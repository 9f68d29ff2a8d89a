"""The 核实单 of every unit with an open question, in the outbox: one living letter a unit, written anew every night.

Belongs here: where letters lie, and that a letter goes when its last question is answered. Does not belong here: what
they say (reports), slips for what was returned on receipt (answers.py), sending.

A letter that cannot be written costs that letter only; it is named, and the next night tries again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from reports.paper.finished_file import write_whole
from reports.returns.question_letter import question_letter
from reports.returns.unit_questions import UnitQuestions, questions_of_units

if TYPE_CHECKING:
    from orchestration.home import Home

_ENDING = "核实单.docx"


def write_question_letters(home: Home, campaign_ids: Iterable[str]) -> list[str]:
    """Write the letters of these campaigns from the published marts, and remove those that ask nothing any more.

    Returns:
        A sentence for each letter that could not be written.
    """
    failed = []
    for campaign_id in campaign_ids:
        folder = home.outbox / campaign_id
        kept = set()
        for unit in questions_of_units(home.published, campaign_id):
            letter = folder / f"{unit.unit_id}_{unit.unit_name}{_ENDING}"
            kept.add(letter)
            failed += _write(letter, unit)
        for answered in {*folder.glob(f"*{_ENDING}")} - kept:
            answered.unlink()
    return failed


def _write(letter: Path, unit: UnitQuestions) -> list[str]:
    try:
        write_whole(letter, question_letter(unit))
    except (OSError, ValueError) as error:
        kind = type(error).__name__
        return [f"{letter.name} 没有写成：{kind}，下次再写。 The letter {letter.name} could not be written ({kind})."]
    return []
