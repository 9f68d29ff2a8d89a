"""A file that goes back to its sender: what is known about it, and the names of what is sent along.

Belongs here: the record orchestration fills, the check that no rejection lacks a reason, file names that are safe on
any disk. Does not belong here: wording (return_reasons.py), drawing (return_slip.py), marking (marked_workbook.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from campaigns.calendar import DueDate
from campaigns.model import Campaign, Form
from campaigns.vocabulary import Outcome, OutcomeKind, RuleClass, Verdict
from reports.paper.safe_text import outside_text

SLIP_NAME = "退回单.docx"
MARKED = "（标注）"
_AS_SENT = "（原件）"
_LONGEST_STEM_BYTES = 150  # a name may have 255; the marks, the ending and the partial file's name come on top
_LONGEST_ENDING_BYTES = 12
_IN_NO_NAME = re.compile(r"[/\\:*?\"<>|\t\n]")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # names that Windows keeps for itself
_FILE_PROBLEM = "RD-1-"  # reading problems of the file itself: damaged, encrypted, unsafe, no form at all


@dataclass(frozen=True)
class ReturnedFile:
    """One form of one file, and everything its sender is told about it.

    `form_id`, `unit_id`, `unit_name` and `period` are None where nobody can say. `outcomes` are the failures of every
    class and the reading problems; others are ignored. `due_date` and `issued_on` (default: the day of receipt) only
    appear on the slip.
    """

    file_name: str
    file_format: str  # xlsx, xls, docx, csv, html; anything else is sent back unmarked
    content: bytes
    campaign: Campaign
    form_id: str | None
    unit_id: str | None
    unit_name: str | None
    period: str | None
    received_at: datetime
    verdict: Verdict
    outcomes: tuple[Outcome, ...]
    due_date: DueDate | None = None
    issued_on: date | None = None

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """What the sender is told, each thing once."""
        return tuple(dict.fromkeys(one for one in self.outcomes if one.outcome is OutcomeKind.FAIL))

    @property
    def form(self) -> Form | None:
        return next((form for form in self.campaign.forms if form.form_id == self.form_id), None)

    @property
    def can_be_opened(self) -> bool:
        """Whether intake could open the file; what it refused is not opened here either."""
        return bool(self.content) and not any(one.rule_code.startswith(_FILE_PROBLEM) for one in self.failures)

    def require_reason(self) -> None:
        """Refuse a rejection that names no reason.

        Raises:
            ValueError: the form was returned or quarantined, and nothing of class mandatory failed.
        """
        reasons = [one for one in self.failures if one.rule_class is RuleClass.MANDATORY]
        if self.verdict is not Verdict.ACCEPTED and not reasons:
            raise ValueError(
                f"《{self.file_name}》判为 {self.verdict}，却没有任何强制性理由"
                f" / {self.file_name} is {self.verdict} without any mandatory reason"
            )


def attachment_name(file_name: str, *, marked: bool, ending: str | None = None) -> str:
    """Return the name under which a file is sent back: cleaned, short enough for any disk, never the slip's own.

    Args:
        file_name: as received, of any length and with any character.
        marked: whether cells are marked in it; says so in the name.
        ending: with its dot, where it differs from the one received.
    """
    cleaned = _IN_NO_NAME.sub("_", outside_text(file_name)).strip(" .")
    stem, dot, own_ending = cleaned.rpartition(".")
    stem, own_ending = (stem, dot + own_ending) if stem else (cleaned, "")
    if len(own_ending.encode()) > _LONGEST_ENDING_BYTES:
        stem, own_ending = cleaned, ""
    stem = stem.encode()[:_LONGEST_STEM_BYTES].decode("utf-8", "ignore").strip(" .") or "来件"
    if _DEVICE.fullmatch(stem):
        stem = f"_{stem}"
    name = f"{stem}{MARKED if marked else ''}{own_ending if ending is None else ending}"
    return f"{stem}{_AS_SENT}{own_ending}" if name.casefold() == SLIP_NAME else name
