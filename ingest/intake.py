"""One intake run: files in, raw batches and results out.

Belongs here: the order of the steps that makes a killed run harmless, and what is registered for each file. Does not
belong here: the steps themselves. The caller holds the home's lock.

The order: every file is archived; its forms are read in the worker and judged; what is still to be done about the files
is written into the journal; the batch is committed; quarantine copies are laid out and the inbox is emptied. Killed
before the commit, nothing has happened and the files are still in the inbox; killed after it, the next run finishes
from the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from campaigns.calendar import DueDate
from campaigns.model import Campaign
from ingest.archive import Archive, NoArchive
from ingest.reading import (
    FileReader,
    ReadFile,
    checked_result,
    not_removed,
    passed_over_result,
    unit_names_of,
)
from ingest.receipt import FoundFile, PassedOver, find_files, leave_unsettled, scan_inbox
from ingest.results import FileResult, IntakePaths, IntakeReport, IntakeSettings, SubmissionResult
from ingest.supervisor import Supervisor
from ingest.verdicts import Judge

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
    """Take in everything in the inbox, or the files given by path (a folder stands for what is in it).

    Args:
        paths: the folders of the home; the caller holds its lock.
        campaigns: by id; the first folder below the inbox says which one a file belongs to.
        dates: the due dates of each campaign.
        judge: applies the rules of gate 1.
        now: Beijing time of the run.
        files: given by path; those outside the inbox are left where they are.
        campaign_id: takes only this campaign's folder of the inbox; needed for files elsewhere if there are several.
        received_at: when the files came, if not now (the time of a mail).
        progress: called with files done and files found.
        settings: limits.

    Raises:
        UnknownCampaignError: see there.
        WorkerStartError: no worker comes up.
        OSError: the disk is full or broken; nothing is lost, the next run goes on from there.
    """
    from ingest.history import History  # imported here: Arrow and DuckDB cost `check` its quick start
    from ingest.journal import Journal
    from ingest.raw_zone import RawZone
    from ingest.register import Register

    settings = settings or IntakeSettings()
    zone, archive = RawZone(paths.raw), Archive(paths.archive)
    zone.prepare()
    archive.prepare()
    journal = Journal(zone, archive, paths.quarantine)
    stuck = journal.recover()
    found, passed = _find(paths.inbox, campaigns, files, campaign_id, settings)
    passed += [PassedOver(file, not_removed(file.file_name, stuck[file.path])) for file in found if file.path in stuck]
    found = [file for file in found if file.path not in stuck]
    results = [passed_over_result(one) for one in passed]
    if not found:
        return IntakeReport(None, tuple(results))
    register = Register(History(zone), journal, unit_names_of(campaigns), now, received_at or now)
    batch_id = None
    with Supervisor(campaigns, dates, settings.limits, settings.parser) as supervisor:
        reader = FileReader(campaigns, campaign_id, archive, supervisor, judge, register.received_at.date(), settings)
        for start in range(0, len(found), settings.batch_files):
            told = _told_from(progress, start, len(found))
            read = reader.read(found[start : start + settings.batch_files], told)
            results += [passed_over_result(one) for one in read if isinstance(one, PassedOver)]
            if received := [one for one in read if isinstance(one, ReadFile)]:
                batch_id, registered = register.commit(received)
                results += registered
    return IntakeReport(batch_id, tuple(results))


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
        reader = FileReader(campaigns, campaign_id, NoArchive(), supervisor, judge, now.date(), settings)
        names = unit_names_of(campaigns)
        return [
            passed_over_result(one) if isinstance(one, PassedOver) else checked_result(one, names)
            for one in reader.read(found)
        ]


def _told_from(progress: Progress | None, start: int, total: int) -> Callable[[int], None] | None:
    return (lambda done: progress(start + done, total)) if progress else None


def _find(
    inbox: Path,
    campaigns: Mapping[str, Campaign],
    files: Sequence[Path] | None,
    campaign_id: str | None,
    settings: IntakeSettings,
) -> tuple[list[FoundFile], list[PassedOver]]:
    if campaign_id is not None:
        _require_campaign(campaigns, campaign_id)
    if files is None:
        return leave_unsettled(scan_inbox(inbox, campaign_id or ""), settings.quiet_seconds)
    found = find_files(list(files), inbox)
    if not all(file.in_inbox for file in found):
        _require_campaign(campaigns, campaign_id)
    return found, []


def _require_campaign(campaigns: Mapping[str, Campaign], campaign_id: str | None) -> None:
    if (campaign_id or "") not in campaigns and not (campaign_id is None and len(campaigns) == 1):
        known = ", ".join(sorted(campaigns))
        raise UnknownCampaignError(f"campaign {campaign_id!r}; there are: {known}")
