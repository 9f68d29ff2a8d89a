"""What was sent when: one record for each file that arrives, and what must become of it.

Belongs here: the records and the bytes of one file. Does not belong here: who sends what (plan.py, stories.py), what
the city's tables must say afterwards (truth.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Literal

from campaigns.model import Campaign, Form, Unit
from campaigns.vocabulary import Verdict
from orchestration.demo.city import Figure
from orchestration.demo.habits import (
    Habit,
    Reading,
    invented_person,
    name_parts,
    read_back,
    written_date,
    written_entries,
    written_name,
)
from orchestration.demo.locked_file import locked_workbook
from orchestration.demo.papers import Paper, file_of

Spoilt = Literal["", "cut_off", "locked", "scan"]


@dataclass(frozen=True)
class FilledForm:
    """One filled form inside a file. A text among `figures` is written into the cell as it is (约30, 见附件)."""

    unit: Unit
    period: str
    filled_on: date
    figures: Mapping[Figure, Decimal | str]
    explanation: str = ""
    stamped: str | None = None  # the name on the stamped line, where it is not the office's own
    verdict: Verdict = Verdict.ACCEPTED
    reason_code: str | None = None
    texts_mean: Mapping[Figure, Reading] = field(default_factory=dict)

    def readings(self, form: Form, habit: Habit) -> dict[Figure, Reading]:
        """State and number that must be read for every figure of the form."""
        numbers = {figure: value for figure, value in self.figures.items() if isinstance(value, Decimal)}
        return read_back(form, habit, numbers) | dict(self.texts_mean)


@dataclass(frozen=True)
class Mailing:
    """One file as it arrives in the inbox; `duplicate` when the same bytes were there before."""

    arrives: datetime
    path: str  # below inbox/<campaign>
    habit: Habit
    forms: tuple[FilledForm, ...]
    story: str = ""  # what is special about it; empty for an ordinary one
    spoilt: Spoilt = ""
    duplicate: bool = False

    @property
    def result(self) -> str:
        """What intake must say about the file: the worst verdict of its forms, or duplicate."""
        if self.duplicate:
            return "duplicate"
        order = (Verdict.QUARANTINED, Verdict.RETURNED, Verdict.ACCEPTED)
        return next(verdict.value for verdict in order if any(form.verdict is verdict for form in self.forms))

    def content(self, campaign: Campaign, form: Form) -> bytes:
        """The bytes of the file; the same for the same mailing."""
        if self.spoilt == "scan":
            return b"%PDF-1.4\n% \xe5\x90\x88\xe6\x88\x90\xe6\x95\xb0\xe6\x8d\xae\n%%EOF\n"
        if self.spoilt == "locked":
            return locked_workbook()
        content, _ = file_of(campaign, form, self.habit, [self._paper(form, filled) for filled in self.forms])
        return content[: len(content) * 2 // 3] if self.spoilt == "cut_off" else content

    def _paper(self, form: Form, filled: FilledForm) -> Paper:
        habit, unit = self.habit, filled.unit
        random = Random(unit.unit_id)
        parts = name_parts(unit, habit, filled.period, filled.filled_on)
        return Paper(
            unit_id=unit.unit_id,
            unit_name=filled.stamped or written_name(unit, habit),
            period=filled.period,
            filled_on=filled.filled_on,
            date_text=written_date(filled.filled_on, habit),
            entries=written_entries(form, habit, filled.figures),
            filler=invented_person(random) if habit.signed else "",
            reviewer=invented_person(random) if habit.signed else "",
            explanation=filled.explanation,
            sheet=habit.sheet.format(**parts) if len(self.forms) == 1 else f"{parts['month']}月",
        )


ENDINGS = {
    "own_xlsx": "xlsx",
    "official_xlsx": "xlsx",
    "list_xlsx": "xlsx",
    "own_docx": "docx",
    "docx": "docx",
    "xls": "xls",
    "csv": "csv",
    "csv_gb18030": "csv",
}


def usual_path(habit: Habit, unit: Unit, period: str, filled_on: date, addition: str = "") -> str:
    """Folder and file name by the office's habit, with an addition such as （更正）."""
    parts = name_parts(unit, habit, period, filled_on)
    folder = habit.folder.format(**parts)
    name = f"{habit.file_name.format(**parts)}{addition}.{ENDINGS[habit.paper]}"
    return f"{folder}/{name}" if folder else name
