"""Gate 1 as intake calls it: which row of a unit's life decides what it has to fill in."""

from datetime import date

import pytest

from campaigns.load import load_campaign
from campaigns.vocabulary import ReportingScope
from ingest.parsed import ParsedSubmission
from orchestration.gate1 import judge

HAICHENG = load_campaign("haicheng_2023")
TOWN = HAICHENG.units[0].model_copy(
    update={"reporting_scope": ReportingScope.TERRITORY, "valid_from": date(2023, 5, 1), "valid_to": date(2023, 7, 25)}
)
DEPARTMENT = TOWN.model_copy(
    update={"reporting_scope": ReportingScope.CITY_LEVEL, "valid_from": date(2023, 7, 25), "valid_to": None}
)
CAMPAIGN = HAICHENG.model_copy(update={"units": (TOWN, DEPARTMENT)})


def blank_form(period: str | None, unit_id: str | None = TOWN.unit_id) -> ParsedSubmission:
    return ParsedSubmission(
        form_id="progress",
        form_version="2023-06",
        unit_id=unit_id,
        period=period,
        filled_on=None,
        filler="",
        reviewer="",
        file_format="xlsx",
        sheet_name="调度表",
        cells=(),
        problems=(),
        quarantined=False,
        explanations=(),
    )


@pytest.mark.parametrize(
    ("period", "asked"),
    [
        ("2023-07", {"4.1", "4.2", "4.3", "4.6"}),
        ("2023-08", {"4.4"}),
        ("2023-04", {"4.4"}),  # before the unit reported: its newest row
    ],
)
def test_a_unit_is_judged_as_what_it_was_on_the_day_of_the_cutoff(period: str, asked: set[str]) -> None:
    """4.4 is for city departments, 4.1 to 4.3 and 4.6 for towns (海城方案 五（六）).

    The unit changes on the day after July's cut-off: figures up to the 24th are a town's, as the marts count them.
    """
    empty = {outcome.item_code for outcome in judge(CAMPAIGN, blank_form(period)) if outcome.rule_code == "PF-0-02"}
    assert empty & {"4.1", "4.2", "4.3", "4.4", "4.6"} == asked


def test_each_campaign_has_its_own_roster() -> None:
    only_department = CAMPAIGN.model_copy(update={"units": (DEPARTMENT,)})
    july = blank_form("2023-07")
    assert {len(judge(CAMPAIGN, july)), len(judge(only_department, july))} == {49, 46}


@pytest.mark.parametrize("parsed", [blank_form(None), blank_form("2023-07", None)], ids=["no period", "no unit"])
def test_a_form_nobody_can_place_is_not_judged(parsed: ParsedSubmission) -> None:
    assert judge(CAMPAIGN, parsed) == ()
