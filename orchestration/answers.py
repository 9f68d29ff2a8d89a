"""The answer to every sender whose form was rejected or needs an explanation: slip and marked file, one folder each.

Belongs here: who gets an answer and where it lies. Does not belong here: wording and marking (reports), sending.

Mere questions about an accepted form get no answer each, which would be noise: the night gathers them in one letter to
the unit (question_letters.py).
Folders are returned/<campaign>/<period>/<unit>/<received>-<submission>/; what nobody can attribute goes by its own
name (未知期别, 未知单位). An answer that cannot be written costs that answer only: the verdict stands in the ledger.

Answers are made from what the ledger holds, batch by batch, and a batch is done with when all of its answers lie there:
a run killed in between, or a full disk, leaves the rest to the next run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from campaigns.vocabulary import RuleClass, Verdict

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from campaigns.model import Campaign
    from ingest.raw.owed_answers import JudgedForm
    from orchestration.home import Home
    from reports.returns.returned_file import ReturnedFile

_OWED = frozenset({RuleClass.MANDATORY, RuleClass.QUASI_MANDATORY})


def answer_senders(home: Home, campaigns: Mapping[str, Campaign], dates: Mapping[str, Sequence[DueDate]]) -> list[str]:
    """Write every answer that is owed and not written yet; the caller holds the lock.

    Returns:
        A sentence per answer that could not be written. Where the disk was to blame, the next run tries again.
    """
    from ingest.raw.owed_answers import OwedAnswers
    from ingest.raw.raw_zone import RawZone

    owed, failed = OwedAnswers(RawZone(home.raw)), []
    for batch_id in owed.batches():
        errors = []
        for form in owed.judged_forms(batch_id):
            campaign = campaigns.get(form.campaign_id or "")
            if campaign is None or not _is_owed(form):  # a folder of no campaign has no office to answer for
                continue
            try:
                _write(home, campaign, dates[campaign.campaign_id], form)
            except Exception as error:  # whatever a hostile file does to the marker, the night goes on
                errors.append(error)
                failed.append(
                    f"《{form.file_name}》的退回材料没有写成：{type(error).__name__}。 "
                    f"The answer to {form.file_name} could not be written."
                )
        if not any(isinstance(error, OSError) for error in errors):
            owed.settle(batch_id)
    return failed


def _is_owed(form: JudgedForm) -> bool:
    """Material about informants is not copied into any folder, not even its sender's."""
    from ingest.problems import Reading

    if any(reason.rule_code == Reading.INFORMANT_MATERIAL for reason in form.reasons):
        return False
    return form.verdict != Verdict.ACCEPTED or any(reason.rule_class in _OWED for reason in form.reasons)


def _write(home: Home, campaign: Campaign, dates: Sequence[DueDate], form: JudgedForm) -> None:
    from reports.returns.return_slip import write_return_package

    names = {unit.unit_id: unit.unit_name for unit in campaign.units}
    answer = _answer(home, campaign, dates, form, names.get(form.unit_id or ""))
    write_return_package(_folder(home, form, answer.unit_name), answer)


def _answer(
    home: Home, campaign: Campaign, dates: Sequence[DueDate], form: JudgedForm, unit_name: str | None
) -> ReturnedFile:
    from campaigns.reporters import dates_of_unit
    from ingest.receiving.archive import Archive
    from reports.returns.returned_file import ReturnedFile

    due = next((d for d in dates if (d.form_id, d.period) == (form.form_id, form.period)), None)
    if due and form.unit_id:
        due = dates_of_unit(campaign, due, form.unit_id, form.received_at.date())
    return ReturnedFile(
        file_name=form.file_name,
        file_format=form.file_format,
        content=Archive(home.archive).path_of(form.file_sha256).read_bytes(),
        campaign=campaign,
        form_id=form.form_id,
        unit_id=form.unit_id,
        unit_name=unit_name,
        period=form.period,
        received_at=form.received_at,
        verdict=Verdict(form.verdict),
        outcomes=form.reasons,
        due_date=due,
    )


def _folder(home: Home, form: JudgedForm, unit_name: str | None) -> Path:
    unit = f"{form.unit_id}_{unit_name}" if form.unit_id else "未知单位"
    moment = f"{form.received_at:%Y%m%dT%H%M%S}-{form.submission_id[:8]}"
    return home.returned / str(form.campaign_id) / (form.period or "未知期别") / unit / moment
