"""The status of a hazard on any day of its life."""

from datetime import date

import pytest

from orchestration.tracing.hazard_status import status_on

EVENTS = [
    {"event": "found", "event_on": date(2023, 6, 5), "actor": None},
    {"event": "listed", "event_on": date(2023, 6, 10), "actor": "市安委会"},
    {"event": "rectified", "event_on": date(2023, 7, 3), "actor": "甲厂"},
    {"event": "closed", "event_on": date(2023, 7, 10), "actor": "市应急局"},
    {"event": "reopened", "event_on": date(2023, 8, 24), "actor": None},
    {"event": "closed", "event_on": date(2023, 9, 1), "actor": None},
]


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2023, 6, 4), None),
        (date(2023, 6, 5), "open"),
        (date(2023, 7, 2), "open"),
        (date(2023, 7, 3), "rectified"),
        (date(2023, 7, 10), "closed"),
        (date(2023, 8, 23), "closed"),
        (date(2023, 8, 24), "reopened"),
        pytest.param(date(2023, 9, 1), "rectified", id="closed without a sign-off"),
    ],
)
def test_the_last_turning_point_up_to_the_day_decides(day: date, status: str | None) -> None:
    assert status_on(EVENTS, day) == status


def test_what_is_dated_before_the_finding_holds_from_the_finding_on() -> None:
    events = [
        {"event": "rectified", "event_on": date(2023, 7, 26), "actor": "甲厂"},
        {"event": "closed", "event_on": date(2023, 7, 28), "actor": "市应急局"},
        {"event": "found", "event_on": date(2023, 9, 6), "actor": None},
    ]
    assert [status_on(events, date(2023, 9, day)) for day in (5, 6)] == [None, "closed"]
