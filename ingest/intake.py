"""One intake run: files in, raw batches and results out.

Belongs here: the order of the steps that makes a killed run harmless, and what is registered for each file. Does not
belong here: the steps themselves. The caller holds the home's lock.

The order: every file is read once, written into the archive, parsed in the worker from those bytes, and judged; the
archive is flushed; what is still to be done about the files is written into the journal; the batch is committed;
quarantine copies are laid out and the inbox is emptied. Killed before the commit, nothing has happened and the files
are still in the inbox; killed after it, the next run finishes from the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from campaigns.calendar import DueDate
from campaigns.model import Campaign
from ingest.file_results import checked_result, not_removed, passed_over_result, unit_names_of
from ingest.mail.mail_spool import MailSpool
from ingest.reading import FileReader, ReadFile
from ingest.receiving.archive import NoArchive
from ingest.receiving.receipt import FoundFile, PassedOver, find_files, leave_unsettled, scan_inbox
from ingest.results import FileResult, IntakePaths, IntakeReport, IntakeSettings, SubmissionResult
from ingest.verdicts import Judge
from ingest.workers.garbage import collecting_rarely
from ingest.workers.supervisor import Supervisor

if TYPE_CHECKING:
    from ingest.register import Register

Progress = Callable[[int, int], None]  # files done, files found

__all__ = [
    "FileResult",
    "IntakePaths",
    "IntakeReport",
    "IntakeSettings",
    "Judge",
    "SubmissionResult",
    "UnknownCampaignError",
    "check_files",
    "take_in",
]


class UnknownCampaignError(ValueError):
    """The caller named a campaign that does not exist, or none where there are several: a usage error."""


def take_in(
    paths: IntakePaths,
    campaigns: Mapping[str, Campaign],
    dates: Mapping[str, Sequence[DueDate]],
    judge: Judge,
    now: datetime,
    *,
    files: Sequence[Path] | None = None,
    campaign_id: str | None = None,
    received_at: datetime | None = None,
    progress: Progress | None = None,
    settings: IntakeSettings | None = None,
) -> IntakeReport:
    """Take in the inbox and every fetched mail, or the files given by path (a folder stands for what is in it).

    Args:
        paths: of a home whose lock the caller holds.
        campaigns: by id.
        dates: the due dates of each campaign.
        judge: applies the rules of gate 1.
        now: Beijing time.
        files: given by path; those outside the inbox are left where they are.
        campaign_id: takes only this campaign's folder of the inbox; needed for files elsewhere if there are several.
        received_at: when the files came, if not now (the time of a mail).
        progress: called with files done and files found.
        settings: limits.

    Raises:
        UnknownCampaignError, WorkerStartError: see there.
        OSError: the disk is full or broken; nothing is lost, the next run goes on from there.
    """
    from ingest.register import Register  # imported here: Arrow and DuckDB cost `check` its quick start

    settings = settings or IntakeSettings()
    at = received_at or now
    register = Register.of(paths, unit_names_of(campaigns), now, at)
    found, results = _find(register, paths, campaigns, files, campaign_id, settings)
    if not found:
        return IntakeReport(None, tuple(results))
    with collecting_rarely(), Supervisor(campaigns, dates, settings.limits, settings.parser) as supervisor:
        reader = FileReader(campaigns, campaign_id, register.journal.archive, supervisor, judge, at, settings)
        batch_id, taken = _take_batches(reader, register, found, progress)
    return IntakeReport(batch_id, (*results, *taken))


def check_files(
    files: Sequence[Path],
    campaigns: Mapping[str, Campaign],
    dates: Mapping[str, Sequence[DueDate]],
    judge: Judge,
    now: datetime,
    *,
    campaign_id: str | None = None,
    settings: IntakeSettings | None = None,
) -> list[FileResult]:
    """Gate 1 on files given by path, as `take_in` would decide it today; nothing is stored.

    Raises:
        UnknownCampaignError: see there.
        WorkerStartError: no worker comes up.
    """
    settings = settings or IntakeSettings()
    _require_campaign(campaigns, campaign_id)
    found = find_files(list(files), inbox=None)
    if not found:
        return []
    with Supervisor(campaigns, dates, settings.limits, settings.parser) as supervisor:
        reader = FileReader(campaigns, campaign_id, NoArchive(), supervisor, judge, now, settings)
        names = unit_names_of(campaigns)
        return [
            passed_over_result(one) if isinstance(one, PassedOver) else checked_result(one, names)
            for one in reader.read(found)
        ]


def _take_batches(
    reader: FileReader, register: Register, found: Sequence[FoundFile], progress: Progress | None
) -> tuple[str | None, list[FileResult]]:
    """Read and register files, so many at a time that memory stays bounded; the last batch written and all results."""
    batch_id, results = None, []
    for start in range(0, len(found), reader.settings.batch_files):
        told = _told_from(progress, start, len(found))
        read = reader.read(found[start : start + reader.settings.batch_files], told)
        results += [passed_over_result(one) for one in read if isinstance(one, PassedOver)]
        if received := [one for one in read if isinstance(one, ReadFile)]:
            batch_id, registered = register.commit(received)
            results += registered
    return batch_id, results


def _told_from(progress: Progress | None, start: int, total: int) -> Callable[[int], None] | None:
    return (lambda done: progress(start + done, total)) if progress else None


def _find(
    register: Register,
    paths: IntakePaths,
    campaigns: Mapping[str, Campaign],
    files: Sequence[Path] | None,
    campaign_id: str | None,
    settings: IntakeSettings,
) -> tuple[list[FoundFile], list[FileResult]]:
    """The files to take, and the results of those that must wait."""
    if campaign_id is not None:
        _require_campaign(campaigns, campaign_id)
    stuck = register.recover()
    if files is None:
        mails = MailSpool(paths.mail).waiting() if paths.mail and campaign_id is None else []
        found, passed = leave_unsettled(scan_inbox(paths.inbox, campaign_id or ""), settings.quiet_seconds)
        found = mails + found  # a mail came before now, whenever it is taken in
    else:
        found, passed = find_files(list(files), paths.inbox), []
        if not all(file.in_inbox for file in found):
            _require_campaign(campaigns, campaign_id)
    passed += [PassedOver(file, not_removed(file.file_name, stuck[file.path])) for file in found if file.path in stuck]
    return [file for file in found if file.path not in stuck], [passed_over_result(one) for one in passed]


def _require_campaign(campaigns: Mapping[str, Campaign], campaign_id: str | None) -> None:
    if (campaign_id or "") not in campaigns and not (campaign_id is None and len(campaigns) == 1):
        known = ", ".join(sorted(campaigns))
        raise UnknownCampaignError(f"campaign {campaign_id!r}; there are: {known}")
