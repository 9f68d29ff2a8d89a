"""What a campaign's outputs amount to in one period: which kind of report, of which form.

Belongs here: the step from outputs as data to reports to be written. Does not belong here: days (due_reports.py),
writing (finished_reports.py), which files a kind is (reports.report_kinds).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaigns.periods import first_day_of, last_day_of, periods_of
from reports.report_kinds import files_of

if TYPE_CHECKING:
    from campaigns.duty_model import Disclosure
    from campaigns.model import Campaign
    from campaigns.vocabulary import OutputKind


@dataclass(frozen=True, slots=True, order=True)
class ReportOrder:
    """One report to write; `form_id` is empty where it is about the whole campaign."""

    campaign_id: str
    kind: OutputKind
    form_id: str
    period: str

    @property
    def words(self) -> str:
        """What a clerk calls it: campaign, period, files, form."""
        names = "、".join(file.name for file in files_of(self.kind)) or self.kind.value
        form = f"（{self.form_id}）" if self.form_id else ""
        return f"{self.campaign_id} {self.period} {names}{form}"


def orders_for(campaign: Campaign, kind: OutputKind, period: str, form_id: str | None = None) -> list[ReportOrder]:
    """The reports of one kind and period: one for each form that fits it and has the period, else one for all.

    None where the kind is not written, the campaign has no form that it could rest on, or it does not run then.
    """
    orders = []
    for file in files_of(kind):
        if file.per_form:
            forms = _forms_with(campaign, file.rests_on, period)
            orders += [ReportOrder(campaign.campaign_id, kind, one, period) for one in forms if form_id in (None, one)]
        elif _is_running(campaign, period) and _forms_with(campaign, file.rests_on):
            orders.append(ReportOrder(campaign.campaign_id, kind, "", period))
    return list(dict.fromkeys(orders))


def orders_of_period(campaign: Campaign, period: str) -> list[ReportOrder]:
    """What the campaign's outputs ask for in a period, in the order of its outputs; each once."""
    orders = [
        order
        for output in campaign.outputs
        if period in periods_of(output)
        for order in orders_for(campaign, output.kind, period, output.form_id)
    ]
    return list(dict.fromkeys(orders))


def disclosure_of(campaign: Campaign, kind: OutputKind) -> Disclosure:
    """The class its outputs declare for a kind of report (信息公开形式)."""
    return next((output.disclosure for output in campaign.outputs if output.kind is kind), "not_stated")


def _is_running(campaign: Campaign, period: str) -> bool:
    return first_day_of(period) <= campaign.ends_on and last_day_of(period) >= campaign.starts_on


def _forms_with(campaign: Campaign, kinds: tuple[str, ...], period: str | None = None) -> list[str]:
    """The forms of these kinds that are reported, for this period if one is named, in the campaign's order."""
    reported = {duty.form_id for duty in campaign.duties if period is None or period in periods_of(duty)}
    return [form.form_id for form in campaign.forms if form.kind in kinds and form.form_id in reported]
