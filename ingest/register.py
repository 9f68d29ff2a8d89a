"""Registering a batch of files: new, the same again, or older; then the commit and what follows it.

Belongs here: what enters the raw zone for each file, and in which order things become final. Does not belong here:
reading and judging (reading.py), finding files (receipt.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from campaigns.model import Campaign
from campaigns.vocabulary import Verdict
from ingest.file_results import UnitNames, not_removed, notes_on, submission_result, worst_of
from ingest.problems import Reading, reading_problem
from ingest.raw.history import History, Version, WhatFor
from ingest.raw.owed_answers import OwedAnswers
from ingest.raw.raw_zone import RawZone
from ingest.reading import ReadFile
from ingest.receiving.archive import Archive
from ingest.receiving.journal import Intent, Journal
from ingest.receiving.quarantine import quarantine_record
from ingest.results import FileResult, IntakePaths
from ingest.submission_rows import SubmissionRows, receipt_id_of, submission_id_of
from ingest.verdicts import Judged


@dataclass(frozen=True, slots=True)
class _Entry:
    """One form of a file beside what the ledger knows: `twin` is the submission that it merely repeats."""

    what_for: WhatFor
    version: Version
    judged: Judged
    twin: Version | None


@dataclass(slots=True)
class Register:
    """Turns read files into raw batches, one after another, in one run."""

    history: History
    journal: Journal
    unit_names: UnitNames
    now: datetime
    received_at: datetime
    batches: int = 0

    @classmethod
    def of(cls, paths: IntakePaths, unit_names: UnitNames, now: datetime, received_at: datetime) -> Register:
        """The register of a home, whose folders it makes and clears of what a killed run left half written."""
        zone, archive = RawZone(paths.raw), Archive(paths.archive)
        zone.prepare()
        archive.prepare()
        return cls(History(zone), Journal(zone, archive, paths.quarantine), unit_names, now, received_at)

    def recover(self) -> dict[Path, OSError]:
        """Finish what killed runs left; returns files that were taken but cannot be removed from the inbox."""
        return self.journal.recover()

    def commit(self, files: Sequence[ReadFile]) -> tuple[str, list[FileResult]]:
        """Register files as one batch; when this returns they are in the raw zone and out of the inbox.

        Returns:
            the batch and one result per file, in their order.
        """
        self.batches += 1
        batch_id = f"{self.now:%Y%m%dT%H%M%S}-{self.batches:03d}-{secrets.token_hex(3)}"
        self.history.read_periods({judged.parsed.period for file in files for judged in file.judged})
        rows, intents, results = SubmissionRows(), [], []
        for file in files:
            result, intent = self._register(file, receipt_id_of(batch_id, file.receipt), rows)
            results.append(result)
            intents.append(intent)
        self.journal.archive.flush()
        self.journal.write(batch_id, intents)
        OwedAnswers(self.journal.zone).promise(batch_id)
        self.journal.zone.append(batch_id, rows.as_batch())
        failed = self.journal.settle(batch_id)
        for position, file in enumerate(files):
            if error := failed.get(file.receipt.found.path):
                note = not_removed(file.receipt.found.file_name, error)
                results[position] = replace(results[position], notes=(*results[position].notes, note))
        return batch_id, results

    def _register(self, file: ReadFile, receipt_id: str, rows: SubmissionRows) -> tuple[FileResult, Intent]:
        receipt, campaign_id = file.receipt, file.campaign.campaign_id if file.campaign else None
        at = receipt.found.received_at(self.received_at)
        entries = self._compare(file, campaign_id)
        new = [entry for entry in entries if not entry.twin]
        for entry in new:
            self.history.add(entry.what_for, entry.version)
            rows.add_submission(
                receipt,
                receipt_id,
                entry.version.submission_id,
                entry.what_for,
                entry.judged,
                at,
                is_hazard_list=_is_hazard_list(file.campaign, entry.what_for.form_id),
            )
        twin = entries[-1].twin if entries and not new else None
        verdicts = [entry.judged.verdict for entry in new]
        outcome = "unpacked" if file.parts else "duplicate" if twin else worst_of(verdicts).value
        rows.add_receipt(
            receipt,
            receipt_id=receipt_id,
            campaign_id=campaign_id,
            result=outcome,
            duplicate_of=twin.submission_id if twin else None,
            received_at=at,
            received_on=at.date(),
        )
        record = None
        if Verdict.QUARANTINED in verdicts:
            reasons = [reason for entry in new for reason in entry.judged.reasons]
            differences = [entry.judged.parsed.differences for entry in new if entry.judged.parsed.differences]
            copy = not file.is_too_large
            record = quarantine_record(receipt, campaign_id, at, reasons, differences, copy=copy)
        remove = receipt.found.in_inbox and not receipt.is_inside  # what is inside leaves with the file around it
        intent = Intent(receipt.found.path, receipt.identity, remove, record)
        return self._result(file, entries, outcome, twin), intent

    def _compare(self, file: ReadFile, campaign_id: str | None) -> list[_Entry]:
        """Hold every form of the file against the ledger as it was before the file came."""
        at = file.receipt.found.received_at(self.received_at)
        entries: list[_Entry] = []
        taken: set[str] = set()
        for judged in file.judged:
            parsed, sheet = judged.parsed, judged.parsed.sheet_name
            what_for = WhatFor(campaign_id, parsed.form_id, parsed.unit_id, parsed.period, parsed.card_key)
            submission_id = submission_id_of(what_for, file.receipt.sha256, sheet, at)
            while submission_id in taken:  # two forms on one sheet that cannot be told apart
                sheet += "+"
                submission_id = submission_id_of(what_for, file.receipt.sha256, sheet, at)
            taken.add(submission_id)
            version = Version(
                submission_id=submission_id,
                file_name=file.receipt.found.file_name,
                file_sha256=file.receipt.sha256,
                verdict=judged.verdict.value,
                received_at=at,
                dated_on=parsed.filled_on or at.date(),
            )
            twin = self.history.twin(what_for, version)
            entries.append(
                _Entry(what_for, version, judged if twin else self._mark_older(what_for, version, judged), twin)
            )
        return entries

    def _mark_older(self, what_for: WhatFor, version: Version, judged: Judged) -> Judged:
        if judged.verdict is not Verdict.ACCEPTED or not (newer := self.history.newer(what_for, version)):
            return judged
        note = reading_problem(Reading.NEWER_VERSION, period=what_for.period, other=newer.file_name)
        return replace(judged, outcomes=(*judged.outcomes, note))

    def _result(self, file: ReadFile, entries: list[_Entry], outcome: str, twin: Version | None) -> FileResult:
        found = file.receipt.found
        notes = notes_on(file)
        if twin:
            notes = (reading_problem(Reading.SAME_BYTES, file=found.file_name, other=twin.file_name),)
        return FileResult(
            file_name=found.file_name,
            campaign_id=file.campaign.campaign_id if file.campaign else None,
            result=outcome,  # type: ignore[arg-type]
            submissions=tuple(
                submission_result(e.judged, self.unit_names, file.campaign, (e.twin or e.version).submission_id)
                for e in entries
            ),
            duplicate_of=twin.submission_id if twin else None,
            notes=notes,
            file_path=found.file_path,
            file_sha256=file.receipt.sha256,
        )


def _is_hazard_list(campaign: Campaign | None, form_id: str | None) -> bool:
    return campaign is not None and form_id is not None and campaign.form(form_id).kind == "hazard_list"
