"""From a file that was found to its judged submissions: receipt, worker, gate 1.

Belongs here: what `ingest` and `check` have in common. Does not belong here: what is registered (intake.py), reading
inside the worker (worker.py, parse.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from campaigns.model import Campaign
from campaigns.vocabulary import Outcome, Verdict
from ingest.archive import Archive, NoArchive
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading, reading_problem
from ingest.receipt import FoundFile, PassedOver, Receipt, read_once
from ingest.results import FileResult, IntakeSettings, SubmissionResult
from ingest.supervisor import Supervisor
from ingest.verdicts import Judge, Judged, RulesFailedError, judge_parsed, refuse_repeated_forms
from ingest.wire import ParseRequest
from ingest.worker import unread

UnitNames = Mapping[tuple[str, str], str]  # (campaign, unit) → name


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was received, with everything found in it."""

    receipt: Receipt
    campaign: Campaign | None
    judged: Sequence[Judged]
    is_too_large: bool = False


@dataclass(slots=True)
class FileReader:
    """Receives files and has them read and judged, in order."""

    campaigns: Mapping[str, Campaign]
    campaign_id: str | None  # given by the caller; else the first folder says it
    archive: Archive | NoArchive
    supervisor: Supervisor
    judge: Judge
    received_on: date
    settings: IntakeSettings
    _done: list[tuple[int, ReadFile | PassedOver]] = field(default_factory=list)
    _in_worker: deque[tuple[int, Receipt, Campaign]] = field(default_factory=deque)

    def read(
        self, found: Sequence[FoundFile], told: Callable[[int], None] | None = None
    ) -> list[ReadFile | PassedOver]:
        """Read files; those that have gone meanwhile are left out. `told` hears how many are done."""
        self._done.clear()
        for parsed in self.supervisor.parse(self._requests(found)):
            position, receipt, campaign = self._in_worker.popleft()
            self._done.append((position, self._judge_all(receipt, campaign, parsed)))
            if told:
                told(len(self._done))
        return [file for _, file in sorted(self._done, key=lambda entry: entry[0])]

    def _requests(self, found_files: Sequence[FoundFile]) -> Iterator[ParseRequest]:
        """Receive the files one by one, as the worker has room for them."""
        for position, found in enumerate(found_files):
            read = read_once(found, self.archive, self.settings.size_cap_bytes)
            if read is None:
                continue
            if isinstance(read, PassedOver):
                self._done.append((position, read))
                continue
            receipt, content = read
            campaign, folders = self._campaign_of(found)
            if campaign and content is not None:
                self._in_worker.append((position, receipt, campaign))
                yield ParseRequest(content, found.file_name, folders, campaign.campaign_id, self.received_on)
            else:
                problem = self._too_large(receipt) if campaign else self._no_campaign(found)
                judged = Judged(unread(problem), (problem,), Verdict.QUARANTINED)
                self._done.append((position, ReadFile(receipt, campaign, (judged,), is_too_large=content is None)))

    def _campaign_of(self, found: FoundFile) -> tuple[Campaign | None, tuple[str, ...]]:
        """The campaign a file belongs to, and the folders below it that may say more."""
        first = found.folders[0] if found.in_inbox and found.folders else None
        wanted = self.campaign_id or first
        if wanted is None and not found.in_inbox and len(self.campaigns) == 1:
            wanted = next(iter(self.campaigns))
        below = found.folders[1:] if first is not None and first == wanted else found.folders
        return self.campaigns.get(wanted or ""), below

    def _judge_all(
        self, receipt: Receipt, campaign: Campaign, parsed: Sequence[ParsedSubmission]
    ) -> ReadFile | PassedOver:
        name = receipt.found.file_name
        try:
            judged = [judge_parsed(campaign, submission, self.judge) for submission in parsed]
        except RulesFailedError as error:
            return PassedOver(receipt.found, reading_problem(Reading.RULES_FAILED, file=name, found=error))
        return ReadFile(receipt, campaign, refuse_repeated_forms(judged, name))

    def _too_large(self, receipt: Receipt) -> Outcome:
        size = f"{receipt.size_bytes / 1024 / 1024:.0f} MB"
        return reading_problem(Reading.FILE_TOO_LARGE, file=receipt.found.file_name, found=size)

    def _no_campaign(self, found: FoundFile) -> Outcome:
        folder = found.folders[0] if found.folders else "/"
        known = "、".join(sorted(self.campaigns))
        return reading_problem(Reading.CAMPAIGN_UNKNOWN, file=found.file_name, found=folder, known=known)


def unit_names_of(campaigns: Mapping[str, Campaign]) -> UnitNames:
    """The name of every unit of every campaign."""
    return {(key, unit.unit_id): unit.unit_name for key, campaign in campaigns.items() for unit in campaign.units}


def submission_result(
    judged: Judged, names: UnitNames, campaign: Campaign | None, submission_id: str | None = None
) -> SubmissionResult:
    """What the caller is told about one form."""
    parsed = judged.parsed
    known = names.get((campaign.campaign_id, parsed.unit_id)) if campaign and parsed.unit_id else None
    return SubmissionResult(
        unit_id=parsed.unit_id,
        unit_name=known,
        form_id=parsed.form_id,
        period=parsed.period,
        verdict=judged.verdict,
        reasons=judged.reasons,
        sheet_name=parsed.sheet_name,
        submission_id=submission_id,
        file_format=parsed.file_format,
    )


def checked_result(file: ReadFile, names: UnitNames) -> FileResult:
    """The result of a file that was judged but not stored."""
    return FileResult(
        file_name=file.receipt.found.file_name,
        campaign_id=file.campaign.campaign_id if file.campaign else None,
        result=worst_of([judged.verdict for judged in file.judged]).value,
        submissions=tuple(submission_result(judged, names, file.campaign) for judged in file.judged),
        file_path=file.receipt.found.file_path,
        file_sha256=file.receipt.sha256,
    )


def passed_over_result(passed: PassedOver) -> FileResult:
    """The result of a file that was left where it is."""
    ignored = passed.problem.rule_code == Reading.NOT_A_FILE
    return FileResult(
        file_name=passed.found.file_name,
        campaign_id=None,
        result="ignored" if ignored else "waiting",
        submissions=(),
        notes=(passed.problem,),
        file_path=passed.found.file_path,
    )


def not_removed(file_name: str, error: OSError) -> Outcome:
    """The note on a file that was taken but still lies in the inbox."""
    return reading_problem(Reading.NOT_REMOVED, file=file_name, found=error.strerror or type(error).__name__)


def worst_of(verdicts: Sequence[Verdict]) -> Verdict:
    for verdict in (Verdict.QUARANTINED, Verdict.RETURNED):
        if verdict in verdicts:
            return verdict
    return Verdict.ACCEPTED
