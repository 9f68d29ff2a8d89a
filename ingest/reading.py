"""From a file that was found to its judged submissions: receipt, worker, gate 1.

Belongs here: what `ingest` and `check` have in common. Does not belong here: what is registered (register.py), what the
caller is told (file_results.py), reading inside the worker (worker.py, parse.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import PurePath

from campaigns.model import Campaign
from campaigns.vocabulary import Outcome, Verdict
from ingest.bundles import MOST_LAYERS, Allowance, BundleKind, Part, bundle_kind, unpack
from ingest.files.zip_members import UnsafeError
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading, reading_problem
from ingest.receiving.archive import Archive, NoArchive
from ingest.receiving.envelope import campaigns_for
from ingest.receiving.receipt import FoundFile, PassedOver, Receipt, read_once
from ingest.results import IntakeSettings
from ingest.verdicts import Judge, Judged, RulesFailedError, judge_parsed, refuse_repeated_forms
from ingest.words.informants import is_named_after_informants, neutral_name
from ingest.workers.supervisor import Supervisor
from ingest.workers.wire import ParseRequest
from ingest.workers.worker import unread

_Place = tuple[int, ...]  # the file's number in the run, then its number in each bundle around it
_JUDGED_TOGETHER = 32  # one kind of work after the other: taking turns file by file makes gate 1 cost twice as much


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was received, with everything found in it."""

    receipt: Receipt
    campaign: Campaign | None
    judged: Sequence[Judged]
    is_too_large: bool = False
    parts: int = 0  # how many files came out of it; it is then a mere wrapping, and nothing of it is judged


@dataclass(slots=True)
class FileReader:
    """Receives files and has them read and judged, in order."""

    campaigns: Mapping[str, Campaign]
    campaign_id: str | None  # given by the caller; else the first folder says it
    archive: Archive | NoArchive
    supervisor: Supervisor
    judge: Judge
    received_at: datetime
    settings: IntakeSettings
    _done: list[tuple[_Place, ReadFile | PassedOver]] = field(default_factory=list)
    _in_worker: deque[tuple[_Place, Receipt, Campaign]] = field(default_factory=deque)

    def read(
        self, found: Sequence[FoundFile], told: Callable[[int], None] | None = None
    ) -> list[ReadFile | PassedOver]:
        """Read files; those that have gone meanwhile are left out. `told` hears how many are done."""
        self._done.clear()
        answers = self.supervisor.parse(self._requests(found))
        while some := list(islice(answers, _JUDGED_TOGETHER)):
            for parsed in some:
                place, receipt, campaign = self._in_worker.popleft()
                self._done.append((place, self._judge_all(receipt, campaign, parsed)))
            if told:
                told(place[0] + 1)
        return _together(self._done)

    def _requests(self, found_files: Sequence[FoundFile]) -> Iterator[ParseRequest]:
        """Receive the files one by one, as the worker has room for them."""
        for position, found in enumerate(found_files):
            read = read_once(found, self.archive, self.settings.size_cap_bytes)
            if read is None:
                continue
            if isinstance(read, PassedOver):
                self._done.append(((position,), read))
                continue
            yield from self._open((position,), *read, Allowance(), around=())

    def _open(
        self,
        place: _Place,
        receipt: Receipt,
        content: bytes | None,
        allowance: Allowance,
        around: tuple[BundleKind, ...],
    ) -> Iterator[ParseRequest]:
        """Send a received file to the worker, or what is in it; what can do neither is refused."""
        found = receipt.found
        campaign, folders = self._campaign_of(found)
        kind = bundle_kind(content, found.file_name) if content is not None else None
        if kind and around.count(kind) >= MOST_LAYERS:
            kind = None
        belongs = campaign or (found.envelope and kind)  # what is in one mail may be for several campaigns
        if is_named_after_informants((*folders, found.file_name), campaign):
            self._refuse(place, _sealed(receipt), campaign, reading_problem(Reading.INFORMANT_MATERIAL))
        elif content is None or not belongs:
            problem = self._too_large(receipt) if belongs else self._no_campaign(found)
            self._refuse(place, receipt, campaign, problem, is_too_large=content is None)
        elif kind:
            yield from self._open_bundle(place, receipt, kind, content, allowance, around)
        elif campaign:
            day = found.received_at(self.received_at).date()
            self._in_worker.append((place, receipt, campaign))
            yield ParseRequest(content, found.file_name, folders, campaign.campaign_id, day)

    def _open_bundle(
        self,
        place: _Place,
        receipt: Receipt,
        kind: BundleKind,
        content: bytes,
        allowance: Allowance,
        around: tuple[BundleKind, ...],
    ) -> Iterator[ParseRequest]:
        found = receipt.found
        campaign, _ = self._campaign_of(found)
        try:
            parts = unpack(kind, content, allowance)
        except UnsafeError as danger:
            seen = {"found": danger.chinese, "found_en": danger.english}
            self._refuse(
                place, receipt, campaign, reading_problem(Reading.BUNDLE_NOT_OPENED, file=found.file_name, **seen)
            )
            return
        if not parts:
            code = Reading.MAIL_WITHOUT_ATTACHMENT if kind == "mail" else Reading.BUNDLE_EMPTY
            self._refuse(place, receipt, campaign, reading_problem(code, file=found.file_name))
            return
        self._done.append((place, ReadFile(receipt, campaign, (), parts=len(parts))))
        for number, part in enumerate(parts):
            inner = self._receive_part(receipt, part)
            yield from self._open((*place, number), inner, part.content, allowance, (*around, kind))

    def _receive_part(self, outer: Receipt, part: Part) -> Receipt:
        """A file inside a bundle gets a receipt of its own; the bundle's name counts as a folder around it."""
        around = outer.found
        found = replace(
            around,
            file_name=part.name,
            file_path="!".join((around.file_path, "/".join((*part.folders, part.name)))),
            folders=(*around.folders, PurePath(around.file_name).stem, *part.folders),
        )
        return Receipt(found, self.archive.keep(part.content), len(part.content), outer.identity, is_inside=True)

    def _refuse(
        self,
        place: _Place,
        receipt: Receipt,
        campaign: Campaign | None,
        problem: Outcome,
        *,
        is_too_large: bool = False,
    ) -> None:
        judged = Judged(unread(problem), (problem,), Verdict.QUARANTINED)
        self._done.append((place, ReadFile(receipt, campaign, (judged,), is_too_large=is_too_large)))

    def _campaign_of(self, found: FoundFile) -> tuple[Campaign | None, tuple[str, ...]]:
        """The campaign a file belongs to, and the folders below it that may say more."""
        if found.envelope:
            named = self._campaigns_named(found)
            return self.campaigns.get(named[0]) if len(named) == 1 else None, found.folders
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
        if any(problem.rule_code == Reading.INFORMANT_MATERIAL for one in judged for problem in one.reasons):
            receipt = _sealed(receipt)
        return ReadFile(receipt, campaign, refuse_repeated_forms(judged, name))

    def _too_large(self, receipt: Receipt) -> Outcome:
        size = f"{receipt.size_bytes / 1024 / 1024:.0f} MB"
        return reading_problem(Reading.FILE_TOO_LARGE, file=receipt.found.file_name, found=size)

    def _campaigns_named(self, found: FoundFile) -> Sequence[str]:
        """What the office's routes say about a mail, or about a file in it."""
        assert found.envelope  # noqa: S101 - for the type checker
        inside = found.file_path.partition("!")[2]
        return campaigns_for(self.settings.mail_routes, found.envelope, inside)

    def _no_campaign(self, found: FoundFile) -> Outcome:
        if found.envelope:
            named = "、".join(self._campaigns_named(found))
            seen = (f"对上了 {named}", f"they name {named}") if named else ("没有一条对得上", "none of them fits")
            return reading_problem(
                Reading.MAIL_CAMPAIGN_UNKNOWN, file=found.file_name, reason=seen[0], reason_en=seen[1]
            )
        folder = found.folders[0] if found.folders else "/"
        known = "、".join(sorted(self.campaigns))
        return reading_problem(Reading.CAMPAIGN_UNKNOWN, file=found.file_name, found=folder, known=known)


def _sealed(receipt: Receipt) -> Receipt:
    """The receipt of material about informants: its name and its folders may say who they are."""
    found = receipt.found
    name = neutral_name(found.file_name)
    folders = () if found.envelope else found.folders[:1]
    envelope = replace(found.envelope, subject="") if found.envelope else None
    sealed = replace(found, file_name=name, folders=folders, file_path="/".join((*folders, name)), envelope=envelope)
    return replace(receipt, found=sealed)


def _together(done: Sequence[tuple[_Place, ReadFile | PassedOver]]) -> list[ReadFile | PassedOver]:
    """Files in order; a bundle of which one file must wait waits whole, because it stays in the inbox as one."""
    waiting = {place[0]: file for place, file in done if isinstance(file, PassedOver)}
    in_order = sorted(done, key=lambda entry: entry[0])
    return [file for place, file in in_order if waiting.get(place[0], file) is file]
