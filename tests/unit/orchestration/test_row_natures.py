"""Progress, correction or late: by the days a row says, against the cut-off of 24 June; nights made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from orchestration.restating.compared_nights import ComparedNights
from orchestration.restating.row_facts import ROW_FACTS
from orchestration.restating.row_natures import ToldUntil, natures_of, told_until
from tests.unit.orchestration.test_restatement import compared, snapshot

FACTS = {fact.name: fact for fact in ROW_FACTS}
CUTOFFS = {("list", "2023-06"): date(2023, 6, 24), ("list", "2023-07"): date(2023, 7, 24)}
TOLD = ToldUntil({"list": date(2023, 6, 24)}, CUTOFFS)
JUNE, JULY = "2023-06", "2023-07"
ON, AFTER = date(2023, 6, 24), date(2023, 6, 25)


def changed(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, **more: str) -> dict[str, Any]:
    return {"form_id": "list", "row_id": "h", "parent": "", "said_before": before, "said_after": after, **more}


def nature(
    fact: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, period: str | None = JULY
) -> str:
    (told,) = natures_of([(FACTS[fact], changed(before, after))], [period], TOLD)
    return told.value


@pytest.mark.parametrize(
    ("fact", "began"), [("hazard", "found_on"), ("accident", "occurred_on"), ("hazard_event", "event_on")]
)
def test_what_is_new_goes_by_its_day(fact: str, began: str) -> None:
    """The cut-off itself is included (X1): what was found on it belonged into the report before."""
    assert nature(fact, None, {began: AFTER}) == "progress"
    assert nature(fact, None, {began: ON}) == "late"


@pytest.mark.parametrize(
    ("period", "expected"),
    [(JULY, "progress"), (JUNE, "late"), (None, "correction")],
    ids=["by the list of July", "by June's, sent now", "by no list: a decision"],
)
def test_what_is_new_without_a_day_goes_by_the_list_that_says_it(period: str | None, expected: str) -> None:
    assert nature("hazard", None, {"found_on": None}, period) == expected


def test_what_no_list_says_is_a_correction_on_whatever_day_it_began() -> None:
    """A hazard that stands apart again because a decision was taken back had been told before."""
    assert [nature("hazard", None, {"found_on": day}, None) for day in (ON, AFTER)] == ["correction", "correction"]


def test_what_is_listed_no_longer_is_a_correction() -> None:
    assert nature("hazard", {"found_on": AFTER}, None) == "correction"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, AFTER, "progress"),
        (None, ON, "late"),
        (ON, AFTER, "correction"),
        (AFTER, ON, "correction"),
        (ON, None, "correction"),
        (AFTER, date(2023, 6, 26), "progress"),
    ],
)
def test_a_day_on_which_something_happened(before: date | None, after: date | None, expected: str) -> None:
    assert nature("accident", {"closed_on": before}, {"closed_on": after}) == expected


@pytest.mark.parametrize(("before", "after", "expected"), [("major", "general", "correction"), (None, "major", "late")])
def test_a_word_that_work_does_not_move(before: str | None, after: str, expected: str) -> None:
    assert nature("hazard", {"level": before}, {"level": after}) == expected


@pytest.mark.parametrize(
    ("period", "before", "expected"),
    [
        (JULY, date(2023, 6, 30), "progress"),
        (JUNE, date(2023, 6, 30), "correction"),
        (JUNE, None, "late"),
        (None, date(2023, 6, 30), "correction"),
    ],
)
def test_a_deadline_moves_with_the_next_list_only(period: str | None, before: date | None, expected: str) -> None:
    assert nature("hazard", {"due_on": before}, {"due_on": date(2023, 7, 31)}, period) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([(None, {"event_on": AFTER})], "progress"),
        ([(None, {"event_on": ON})], "late"),
        ([(None, {"event_on": ON}), (None, {"event_on": AFTER})], "late"),
        ([(None, {"event_on": AFTER}), ({"event_on": ON}, None)], "correction"),
    ],
)
def test_a_status_goes_by_the_events_behind_it(events: list[tuple[Any, Any]], expected: str) -> None:
    """Of another hazard's events nothing is said of this one."""
    hazard = FACTS["hazard"], changed({"status": "open"}, {"status": "closed"})
    parts = [
        (FACTS["hazard_event"], changed(before, after, row_id=f"h/{number}", parent="h"))
        for number, (before, after) in enumerate(events)
    ]
    other = FACTS["hazard_event"], changed({"event_on": ON}, None, row_id="o/0", parent="o")
    rows = [hazard, *parts, other]
    assert natures_of(rows, [JULY] * len(rows), TOLD)[0].value == expected


def test_of_several_words_the_one_that_must_not_be_missed_counts() -> None:
    before = {"status": "open", "level": "major", "listed_on": None}
    after = {"status": "closed", "level": "general", "listed_on": ON}
    assert nature("hazard", before, after) == "correction"
    assert nature("hazard", before, {**after, "level": "major"}) == "late"


@pytest.mark.parametrize(
    ("period", "status", "expected"),
    [
        (JUNE, "done", "correction"),
        (JUNE, "not_received", "late"),
        (JUNE, "omitted", "late"),
        (JULY, "done", "progress"),
    ],
)
def test_a_task_goes_by_the_cutoff_of_its_period(period: str, status: str, expected: str) -> None:
    assert nature("task", {"status": status}, {"status": "in_progress"}, period) == expected


def test_of_a_form_that_no_report_was_due_of_nothing_was_told() -> None:
    nothing = ToldUntil({}, CUTOFFS)
    row = FACTS["hazard"], changed(None, {"found_on": ON})
    assert [told.value for told in natures_of([row], [JUNE], nothing)] == ["progress"]


PERIODS = """
create table marts.dim_reporting_periods as select 'c' as campaign_id, * from (values
    ('list', '2023-06', date '2023-06-24', date '2023-06-21'),
    ('list', '2023-07', date '2023-07-24', date '2023-07-25'),
    ('once', '2023', null, date '2023-05-30')) t (form_id, period, cutoff_on, due_on);
"""


@pytest.mark.parametrize(
    ("night", "told"),
    [
        (datetime(2023, 6, 20, 17), {"once": date(2023, 5, 30)}),
        (datetime(2023, 6, 21, 17), {"once": date(2023, 5, 30), "list": date(2023, 6, 21)}),
        (datetime(2023, 6, 30, 17), {"once": date(2023, 5, 30), "list": date(2023, 6, 24)}),
        (datetime(2023, 7, 24, 17), {"once": date(2023, 5, 30), "list": date(2023, 7, 24)}),
    ],
)
def test_up_to_which_day_the_earlier_reports_told(tmp_path: Path, night: datetime, told: dict[str, date]) -> None:
    """June's reports were due on the 21st, before their cut-off (X3): on that day they told up to it."""
    kept = compared(tmp_path, [PERIODS], [PERIODS])
    nights = ComparedNights(kept.home, snapshot(tmp_path, "night", [PERIODS], night), kept.after)
    with nights.connect() as connection:
        found = told_until(connection, "c", nights.before.as_of)
    assert found.days == told
    assert found.cutoffs[("list", "2023-07")] == date(2023, 7, 24)
