"""The 核实单 of every unit with an open question, in the outbox: one living letter a unit, written anew every night.

Belongs here: where letters lie, and that a letter goes when its last question is answered. Does not belong here: what
they say and their proof (reports), the mails that carry them (letter_mails.py), slips for what was returned on receipt
(answers.py).

A letter that cannot be written, or does not say what was published, costs that letter only; it is named, and the next
night tries again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.errors import PlainError
from orchestration.finished_reports import put_proved
from orchestration.letter_mails import LetterMails
from orchestration.mail_settings import mail_settings
from reports.returns.question_letter import verify_question_letter, write_question_letter
from reports.returns.unit_questions import UnitQuestions, questions_of_units

if TYPE_CHECKING:
    from orchestration.home import Home

_ENDING = "核实单.docx"


def write_question_letters(home: Home, campaign_ids: Iterable[str], now: datetime) -> list[str]:
    """Write the letters of these campaigns from the published marts, and remove those that ask nothing any more.

    A letter lies in the outbox once it has been read back; where mail.toml names the unit's address, a mail that
    carries it lies there too.

    Returns:
        A sentence for each letter that could not be written.
    """
    told: list[str] = []
    try:
        addresses = mail_settings(home).letters
    except PlainError as error:
        told, addresses = [str(error)], {}
    for campaign_id in campaign_ids:
        mails = LetterMails(home, campaign_id, addresses.get(campaign_id, {}), now)
        told += _of_campaign(home.outbox / campaign_id, questions_of_units(home.published, campaign_id), mails)
    return told


def _of_campaign(folder: Path, units: Iterable[UnitQuestions], mails: LetterMails) -> list[str]:
    failed, kept = [], set()
    for unit in units:
        letter = folder / f"{unit.unit_id}_{unit.unit_name}{_ENDING}"
        kept.add(letter)
        if sentence := _write(letter, unit):
            failed.append(sentence)
        else:
            mails.leave(unit, letter)
    for answered in {*folder.glob(f"*{_ENDING}")} - kept:
        answered.unlink()
    return failed


def _write(letter: Path, unit: UnitQuestions) -> str:
    try:
        differences = put_proved(
            letter, lambda to: write_question_letter(to, unit), lambda at: verify_question_letter(at, unit)
        )
    except (OSError, ValueError) as error:
        kind = type(error).__name__
        return f"{letter.name} 没有写成：{kind}，下次再写。 The letter {letter.name} could not be written ({kind})."
    return f"{letter.name} 与数据不符，未放入 outbox：{differences[0]}" if differences else ""
