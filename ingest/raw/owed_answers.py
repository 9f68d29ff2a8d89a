"""Which batches still owe their senders an answer, and what those answers rest on.

Belongs here: the mark a batch leaves before its commit, and reading its judged forms back from the raw zone, so that a
run killed before it had answered is finished by the next one. Does not belong here: who is owed an answer and what it
says (orchestration, reports).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from campaigns.vocabulary import Outcome, OutcomeKind, RuleClass
from ingest.raw.durable import flush_path
from ingest.raw.raw_zone import RawZone

_FORM_COLUMNS = 10  # of the query, as JudgedForm has them; the columns of Outcome follow
_QUERY = """
    with reasons as (
        select *, file_row_number as row_number
        from read_parquet($outcomes, file_row_number = true)
        where outcome = 'fail'
    )

    select
        forms.campaign_id, forms.form_id, forms.unit_id, forms.period, forms.verdict, forms.file_name,
        forms.file_sha256, forms.file_format, forms.submission_id, forms.received_at,
        reasons.rule_code, reasons.rule_class, reasons.outcome, reasons.message, reasons.message_en,
        reasons.item_code, reasons.part, reasons.source_cell
    from read_parquet($forms, file_row_number = true) as forms
    left join reasons on reasons.submission_id = forms.submission_id
    order by forms.file_row_number, reasons.rule_class <> 'mandatory', reasons.row_number
"""


@dataclass(frozen=True, slots=True)
class JudgedForm:
    """One form of a committed batch; `reasons` are what failed, what made the verdict first."""

    reasons: tuple[Outcome, ...]
    campaign_id: str | None
    form_id: str | None
    unit_id: str | None
    period: str | None
    verdict: str
    file_name: str
    file_sha256: str
    file_format: str
    submission_id: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class OwedAnswers:
    """One empty file for each batch that is not answered yet, in the raw zone beside its commits."""

    zone: RawZone

    @property
    def _folder(self) -> Path:
        return self.zone.root / "_unanswered"

    def promise(self, batch_id: str) -> None:
        """Leave, durably, the mark that this batch will owe answers; called before its commit."""
        self._folder.mkdir(exist_ok=True)
        (self._folder / batch_id).touch()
        flush_path(self._folder)

    def batches(self) -> list[str]:
        """The committed batches that are not answered, the oldest first; marks of uncommitted ones are removed."""
        marks = sorted(self._folder.iterdir()) if self._folder.is_dir() else []
        for mark in marks:
            if not self.zone.has(mark.name):
                mark.unlink()  # killed before the commit: its files are still in the inbox
        return [mark.name for mark in marks if self.zone.has(mark.name)]

    def settle(self, batch_id: str) -> None:
        """Note that everybody of this batch was answered."""
        (self._folder / batch_id).unlink(missing_ok=True)

    def judged_forms(self, batch_id: str) -> Iterator[JudgedForm]:
        """Every form of the batch as it was judged, in the order in which the files came."""
        forms = self.zone.root / "submissions" / f"{batch_id}.parquet"
        if not forms.exists():  # nothing but repeated files
            return
        import duckdb

        outcomes = self.zone.root / "outcomes" / f"{batch_id}.parquet"
        files = {
            "forms": str(forms),
            "outcomes": str(outcomes if outcomes.exists() else self.zone.first_file("outcomes")),
        }
        with duckdb.connect(config={"threads": 1}) as connection:
            rows = connection.execute(_QUERY, files).fetchall()
        for form, of_form in groupby(rows, key=lambda row: row[:_FORM_COLUMNS]):
            reasons = tuple(_outcome(*row[_FORM_COLUMNS:]) for row in of_form if row[_FORM_COLUMNS] is not None)
            yield JudgedForm(reasons, *form)


def _outcome(rule_code: str, rule_class: str, kind: str, *words: str | None) -> Outcome:
    message, message_en, item_code, part, source_cell = (word or "" for word in words)
    return Outcome(
        rule_code, RuleClass(rule_class), OutcomeKind(kind), message, message_en, item_code, part, source_cell
    )
