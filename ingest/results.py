"""What an intake tells its caller.

Belongs here: the records that commands, assets and reports read, and what an intake can be told. Does not belong here:
how they come about (intake.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from campaigns.vocabulary import Outcome, Verdict
from ingest.receiving.envelope import MailRoute
from ingest.receiving.receipt import QUIET_SECONDS, SIZE_CAP_BYTES
from ingest.workers.supervisor import DEFAULT_PARSER
from ingest.workers.worker import Limits

FileOutcome = Literal["accepted", "returned", "quarantined", "duplicate", "unpacked", "waiting", "ignored"]


@dataclass(frozen=True)
class IntakePaths:
    """The folders of a home that an intake reads and writes."""

    inbox: Path
    archive: Path
    quarantine: Path
    returned: Path
    raw: Path
    mail: Path | None = None  # mails that were fetched and wait to be taken in


@dataclass(frozen=True)
class IntakeSettings:
    """What a deployment, or a test, may set."""

    quiet_seconds: float = QUIET_SECONDS  # a file of the inbox must have been left alone for so long
    size_cap_bytes: int = SIZE_CAP_BYTES
    batch_files: int = 1_000  # most files of one raw batch: bounds memory
    limits: Limits = field(default_factory=Limits)
    parser: str = DEFAULT_PARSER
    mail_routes: tuple[MailRoute, ...] = ()  # to which campaign a mail belongs


@dataclass(frozen=True)
class SubmissionResult:
    """One form found in a file. `reasons` are what the clerk is told, what made the verdict first.

    `rows` and `parts` say how much of a list or a narrative was read.
    """

    unit_id: str | None
    unit_name: str | None
    form_id: str | None
    period: str | None
    verdict: Verdict
    reasons: tuple[Outcome, ...]
    sheet_name: str = ""
    submission_id: str | None = None
    file_format: str = ""
    rows: int = 0
    parts: int = 0


@dataclass(frozen=True)
class FileResult:
    """One file. `waiting` and `ignored` files were left where they are and not registered; `notes` say why.

    An `unpacked` file is a mere wrapping: what was in it follows as files of their own, named `archive!member`.
    `duplicate_of` is the submission that holds the same bytes already.
    """

    file_name: str
    campaign_id: str | None
    result: FileOutcome
    submissions: tuple[SubmissionResult, ...]
    duplicate_of: str | None = None
    notes: tuple[Outcome, ...] = ()
    file_path: str = ""
    file_sha256: str | None = None


@dataclass(frozen=True)
class IntakeReport:
    """`batch_id` is the last raw batch written; None when nothing was."""

    batch_id: str | None
    files: tuple[FileResult, ...]
