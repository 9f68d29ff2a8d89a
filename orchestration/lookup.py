"""Finding what a name on the command line means: a campaign, a form, a unit, a report.

Belongs here: ids, names and aliases, and the sentence when nothing or too much fits. Does not belong here: options
(commands), loading (campaigns.load).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from orchestration.errors import PlainError
from orchestration.home import Home

if TYPE_CHECKING:
    from campaigns.model import Campaign, Form, Unit
    from orchestration.report_orders import ReportOrder


def campaign_called(home: Home, campaign_id: str) -> Campaign:
    """One campaign by its id; raises CampaignError naming those that exist."""
    from campaigns.load import campaign_roots, load_campaign

    return load_campaign(campaign_id, campaign_roots(home.campaign_folder if home.campaign_folder.is_dir() else None))


def form_called(campaign: Campaign, form_id: str | None) -> Form:
    """The form that is meant; without a name the campaign's only form with figures, else its first."""
    forms = {form.form_id: form for form in campaign.forms}
    if form_id is not None:
        if form_id not in forms:
            raise PlainError(
                f"{campaign.campaign_id} 没有报表 {form_id}；有：{'、'.join(forms)}。 There is no form {form_id}."
            )
        return forms[form_id]
    with_figures = [form for form in campaign.forms if form.kind == "indicator_table"]
    if len(with_figures) > 1:
        raise PlainError(
            f"{campaign.campaign_id} 有几张报表（{'、'.join(form.form_id for form in with_figures)}），"
            "请用 --form 指明。 Several forms; name one with --form."
        )
    return (with_figures or list(campaign.forms))[0]


def orders_called(campaign: Campaign, period: str, kind: str | None, form_id: str | None) -> list[ReportOrder]:
    """The reports that are meant: of one kind, or all that the campaign's outputs ask for; of one form, or of all."""
    from campaigns.periods import is_period
    from orchestration.report_orders import orders_for, orders_of_period
    from reports.report_kinds import printed_kinds

    if not is_period(period):
        raise PlainError(
            f"--period 的“{period}”看不懂，请写成 2023-06、2024Q1、2024H1 或 2024。"
            f" --period: write a month, quarter, half-year or year."
        )
    if form_id is not None:
        form_called(campaign, form_id)
    if kind is None:
        orders = [order for order in orders_of_period(campaign, period) if form_id in (None, order.form_id)]
    elif chosen := next((one for one in printed_kinds() if one.value == kind), None):
        orders = orders_for(campaign, chosen, period, form_id)
    else:
        known = "、".join(one.value for one in printed_kinds())
        raise PlainError(f"--kind 只能是 {known}。 --kind is one of {known}.")
    if orders:
        return orders
    what = " ".join(filter(None, (campaign.campaign_id, kind, form_id, period)))
    possible = "、".join(one.value for one in printed_kinds() if orders_for(campaign, one, period)) or "无"
    raise PlainError(
        f"{what} 没有规定要写的报表；这一期可用 --kind 写的：{possible}。"
        f" Nothing is to be written here; possible with --kind: {possible}."
    )


def unit_called(campaign: Campaign, name: str) -> Unit:
    """A unit by id, name or alias; raises PlainError when nobody or more than one is called so."""
    found = {unit.unit_id: unit for unit in campaign.units if name in (unit.unit_id, unit.unit_name, *unit.aliases)}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        names = "、".join(f"{unit.unit_name}（{unit.unit_id}）" for unit in found.values())
        raise PlainError(f"“{name}”可能是 {names}，请写编号。 More than one unit is called {name}; use its id.")
    raise PlainError(f"{campaign.campaign_id} 的名单里没有“{name}”。 No unit of the roster is called {name}.")


def only_campaign(campaigns: Mapping[str, Campaign], wanted: str | None) -> str | None:
    """Check a --campaign that was given; None lets intake find out from folder and marker."""
    if wanted is None or wanted in campaigns:
        return wanted
    raise PlainError(f"没有专项行动 {wanted}；有：{'、'.join(campaigns)}。 There is no campaign {wanted}.")
