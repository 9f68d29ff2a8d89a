"""From a file that was read, or left where it is, to what the caller is told about it.

Belongs here: results and the notes on a file as a whole. Does not belong here: reading (reading.py), registering
(register.py), the records themselves (results.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaigns.model import Campaign
from campaigns.vocabulary import Outcome, Verdict
from ingest.problems import Reading, reading_problem
from ingest.reading import ReadFile
from ingest.receiving.receipt import PassedOver
from ingest.results import FileResult, SubmissionResult
from ingest.verdicts import Judged

UnitNames = Mapping[tuple[str, str], str]  # (campaign, unit) → name


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
        rows=len({cell.row_number for cell in parsed.list_cells}),
        parts=len(parsed.passages),
    )


def checked_result(file: ReadFile, names: UnitNames) -> FileResult:
    """The result of a file that was judged but not stored."""
    return FileResult(
        file_name=file.receipt.found.file_name,
        campaign_id=file.campaign.campaign_id if file.campaign else None,
        result="unpacked" if file.parts else worst_of([judged.verdict for judged in file.judged]).value,
        submissions=tuple(submission_result(judged, names, file.campaign) for judged in file.judged),
        notes=notes_on(file),
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


def notes_on(file: ReadFile) -> tuple[Outcome, ...]:
    """What is said about a file as a whole, beside its forms."""
    if not file.parts:
        return ()
    return (reading_problem(Reading.UNPACKED, file=file.receipt.found.file_name, count=file.parts),)


def not_removed(file_name: str, error: OSError) -> Outcome:
    """The note on a file that was taken but still lies in the inbox."""
    return reading_problem(Reading.NOT_REMOVED, file=file_name, found=error.strerror or type(error).__name__)


def worst_of(verdicts: Sequence[Verdict]) -> Verdict:
    for verdict in (Verdict.QUARANTINED, Verdict.RETURNED):
        if verdict in verdicts:
            return verdict
    return Verdict.ACCEPTED
