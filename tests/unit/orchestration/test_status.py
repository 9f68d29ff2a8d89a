"""Who reported, who is late, what was sent back."""

from datetime import date
from pathlib import Path

import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_campaign
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot, published_snapshot
from orchestration.status import StatusReport, reporting_status
from tests.published_city import publish_small_city

CAMPAIGN = load_campaign("haicheng_2023")
DATES = due_dates(CAMPAIGN, WorkCalendar.load())


def status(
    snapshot: MartSnapshot | None, today: date, period: str = "2023-07", form: str | None = None
) -> StatusReport:
    return reporting_status(snapshot, CAMPAIGN, DATES, period, today, form)


@pytest.fixture
def snapshot(tmp_path: Path) -> MartSnapshot:
    home = Home(tmp_path / "home")
    publish_small_city(home)
    return published_snapshot(home.published)


def test_everyone_on_the_roster_is_in_the_answer(snapshot: MartSnapshot) -> None:
    form = status(snapshot, date(2023, 7, 28)).forms[0]
    assert (form.form_id, form.due_on, form.expected) == ("progress", date(2023, 7, 25), 43)
    assert (form.on_time, form.late, form.missing, form.not_due) == (1, 1, 41, 0)


def test_a_late_unit_shows_when_its_form_came_and_how_late(snapshot: MartSnapshot) -> None:
    units = {unit.unit_name: unit for unit in status(snapshot, date(2023, 7, 28)).forms[0].units}
    late = units["兴海街道"]
    assert (late.timeliness, late.days_late, late.versions_received) == ("late", 2, 2)
    assert str(late.received_at) == "2023-07-27 09:00:00"
    assert (units["市应急局"].last_status, units["市应急局"].last_reason) == ("returned", "整改数大于发现数")


def test_what_was_sent_back_is_listed_with_the_reason_and_strangers_too(snapshot: MartSnapshot) -> None:
    sent_back = status(snapshot, date(2023, 7, 28)).sent_back
    assert [(item.unit_name, item.status, item.status_reason) for item in sent_back] == [
        ("市应急局", "returned", "整改数大于发现数"),
        (None, "quarantined", "单位不在名单里"),
    ]


def test_a_stranger_s_file_is_not_shown_with_another_month(snapshot: MartSnapshot) -> None:
    assert status(snapshot, date(2023, 8, 30), "2023-08", "progress").sent_back == ()


@pytest.mark.parametrize(
    ("today", "word"),
    [(date(2023, 7, 25), "not_due"), (date(2023, 7, 26), "missing")],
)
def test_silence_is_missing_only_after_the_due_day(today: date, word: str) -> None:
    form = status(None, today).forms[0]
    assert {unit.timeliness for unit in form.units} == {word}


def test_before_anything_is_published_the_roster_answers() -> None:
    report = status(None, date(2023, 7, 1))
    assert (report.as_of, report.forms[0].expected, report.sent_back) == (None, 43, ())


def test_a_period_with_several_duties_shows_all_forms_and_one_when_asked() -> None:
    assert [form.form_id for form in status(None, date(2023, 8, 1), "2023-08").forms] == [
        "progress",
        "hazard_list",
        "enterprise_register",
        "risk_register",
        "rescue_resource_register",
        "clearance_report",
    ]
    assert [form.form_id for form in status(None, date(2023, 8, 1), "2023-08", "progress").forms] == ["progress"]


def test_a_period_that_nobody_reports_is_refused_in_words() -> None:
    with pytest.raises(PlainError, match="没有 2024-01 这一期"):
        status(None, date(2024, 1, 1), "2024-01")
