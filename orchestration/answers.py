"""The answer to every sender whose form was rejected or needs an explanation: slip and marked file, one folder each.

Belongs here: who gets an answer and where it lies. Does not belong here: wording and marking (reports), sending.

Mere questions (核实性, 提示性) about an accepted form stand in the 问题清单; a letter for each would be noise.
Folders are returned/<campaign>/<period>/<unit>/<received>-<submission>/; what nobody can attribute goes by its own
name (未知期别, 未知单位). An answer that cannot be written costs that answer only: the verdict stands in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from campaigns.vocabulary import OutcomeKind, RuleClass, Verdict

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from campaigns.model import Campaign
    from ingest.results import FileResult, IntakeReport, SubmissionResult
    from orchestration.home import Home
    from reports.returned_file import ReturnedFile

_OWED = frozenset({RuleClass.MANDATORY, RuleClass.QUASI_MANDATORY})


def answer_senders(
    home: Home,
    campaigns: Mapping[str, Campaign],
    dates: Mapping[str, Sequence[DueDate]],
    report: IntakeReport,
    received_at: datetime,
) -> list[str]:
    """Write an answer for every form that is owed one; returns a sentence per answer that could not be written."""
    from reports.return_slip import write_return_package

    failed = []
    for file, submission in _owed(report):
        campaign = campaigns.get(file.campaign_id or "")
        if campaign is None:  # a folder of no campaign: the quarantine says so, there is no office to answer for
            continue
        try:
            answer = _answer(home, campaign, dates[campaign.campaign_id], file, submission, received_at)
            write_return_package(_folder(home, file, submission, received_at), answer)
        except Exception as error:  # whatever a hostile file does to the marker, the night goes on
            failed.append(
                f"《{file.file_name}》的退回材料没有写成：{type(error).__name__}。 "
                f"The answer to {file.file_name} could not be written."
            )
    return failed


def _owed(report: IntakeReport) -> Iterator[tuple[FileResult, SubmissionResult]]:
    for file in report.files:
        if file.result in ("accepted", "returned", "quarantined"):
            for submission in file.submissions:
                owed = any(
                    reason.outcome is OutcomeKind.FAIL and reason.rule_class in _OWED for reason in submission.reasons
                )
                if owed or submission.verdict is not Verdict.ACCEPTED:
                    yield file, submission


def _answer(
    home: Home,
    campaign: Campaign,
    dates: Sequence[DueDate],
    file: FileResult,
    submission: SubmissionResult,
    received_at: datetime,
) -> ReturnedFile:
    from ingest.archive import Archive
    from reports.returned_file import ReturnedFile

    due = (date for date in dates if (date.form_id, date.period) == (submission.form_id, submission.period))
    return ReturnedFile(
        file_name=file.file_name,
        file_format=submission.file_format,
        content=Archive(home.archive).path_of(file.file_sha256 or "").read_bytes(),
        campaign=campaign,
        form_id=submission.form_id,
        unit_id=submission.unit_id,
        unit_name=submission.unit_name,
        period=submission.period,
        received_at=received_at,
        verdict=submission.verdict,
        outcomes=submission.reasons,
        due_date=next(due, None),
    )


def _folder(home: Home, file: FileResult, submission: SubmissionResult, received_at: datetime) -> Path:
    unit = f"{submission.unit_id}_{submission.unit_name}" if submission.unit_id else "未知单位"
    which = (submission.submission_id or file.file_sha256 or "")[:8]
    moment = f"{received_at:%Y%m%dT%H%M%S}-{which}"
    return home.returned / str(file.campaign_id) / (submission.period or "未知期别") / unit / moment
