"""A due day that has passed stays what it was, whatever the calendar says later."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from campaigns.model import Campaign
from campaigns.tables import campaign_rows
from ingest.raw.raw_zone import RawZone
from orchestration.building.campaign_tables import dates_in_force, store_campaigns
from orchestration.home import Home

CAMPAIGN = "haicheng_2023"
NIGHT = datetime(2023, 8, 1, 1, 30)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").prepare()


def declare_off(home: Home, *days: str) -> Home:
    """The office's own day list after it grew; a new object, because a home reads it once."""
    lines = "".join(f"{day},false,停工\n" for day in days)
    (home.campaign_folder / "holidays.csv").write_text(f"day,is_working_day,note\n{lines}")
    return Home(home.root)


def due_days(home: Home, today: date) -> dict[str, str]:
    dates = dates_in_force(home, home.campaign(CAMPAIGN), today)
    return {due.period: f"{due.due_on}" for due in dates if due.form_id == "progress"}


def only_ours(home: Home) -> dict[str, Campaign]:
    return {CAMPAIGN: home.campaign(CAMPAIGN)}


def test_a_campaign_is_stored_once_while_it_does_not_change(home: Home):
    assert store_campaigns(home, only_ours(home), NIGHT) == [CAMPAIGN]
    assert store_campaigns(home, only_ours(home), NIGHT.replace(day=2)) == []
    assert pq.read_table(home.raw / "campaigns").num_rows == 1


def test_a_changed_calendar_is_a_new_snapshot(home: Home):
    store_campaigns(home, only_ours(home), NIGHT)
    later = declare_off(home, "2023-08-25")
    assert store_campaigns(later, only_ours(later), NIGHT) == [CAMPAIGN]
    assert pq.read_table(home.raw / "campaigns").num_rows == 2


def test_a_past_due_day_is_kept_and_a_coming_one_follows_the_calendar(home: Home):
    store_campaigns(home, home.campaigns(), NIGHT)
    later = declare_off(home, "2023-07-25", "2023-08-25")
    days = due_days(later, today=date(2023, 8, 1))
    assert days["2023-07"] == "2023-07-25"
    assert days["2023-08"] == "2023-08-24"


def test_a_due_day_never_stored_is_computed_even_when_past(home: Home):
    later = declare_off(home, "2023-07-25")
    assert due_days(later, today=date(2023, 8, 1))["2023-07"] == "2023-07-24"


def test_todays_due_day_is_not_past(home: Home):
    store_campaigns(home, home.campaigns(), NIGHT)
    later = declare_off(home, "2023-07-25")
    assert due_days(later, today=date(2023, 7, 25))["2023-07"] == "2023-07-24"


def test_kept_days_stay_the_next_nights_and_are_stored_once(home: Home):
    store_campaigns(home, home.campaigns(), NIGHT)
    later = declare_off(home, "2023-07-25")
    store_campaigns(later, later.campaigns(), NIGHT.replace(day=2))  # the calendar itself changed
    assert due_days(later, today=date(2023, 8, 2))["2023-07"] == "2023-07-25"
    assert store_campaigns(later, later.campaigns(), NIGHT.replace(day=3)) == []


def test_a_stored_estimate_may_be_replaced(home: Home):
    campaign = home.campaign(CAMPAIGN)
    estimated = [replace(due, due_source="estimate") for due in home.due_dates(campaign)]
    RawZone(home.raw).append("20230701T013000-campaigns", campaign_rows(campaign, estimated, NIGHT))
    later = declare_off(home, "2023-07-25")
    assert due_days(later, today=date(2023, 8, 1))["2023-07"] == "2023-07-24"
