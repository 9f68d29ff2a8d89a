"""The second way to every total: the query on the raw zone, against marts made by hand."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from campaigns.tables import campaign_rows
from ingest.raw.raw_zone import RawZone
from orchestration.building.proof import totals_frame
from orchestration.home import Home

CAMPAIGN = "haicheng_2023"
TOWN_1, TOWN_2, DEPARTMENT = "210381001", "210381002", "210381D01"
NIGHT = datetime(2023, 6, 26, 1, 30)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home").prepare()
    campaign = home.campaign(CAMPAIGN)
    RawZone(home.raw).append("20230601T000000-campaigns", campaign_rows(campaign, home.due_dates(campaign), NIGHT))
    return home


def receive(
    home: Home,
    submission_id: str,
    unit_id: str,
    figures: dict[str, tuple[str, Any]],
    filled_on: date = date(2023, 6, 24),
    received_at: datetime = datetime(2023, 6, 25, 9, 0),
    verdict: str = "accepted",
) -> None:
    what = {"campaign_id": CAMPAIGN, "form_id": "progress", "unit_id": unit_id, "period": "2023-06"}
    what |= {"submission_id": submission_id, "received_at": received_at}
    submission = {**what, "filled_on": filled_on, "received_on": received_at.date(), "verdict": verdict}
    submission |= {"file_name": f"{submission_id}.xlsx", "file_sha256": submission_id, "sheet_name": "调度表"}
    cells = [
        {**what, "item_code": code, "part": "value", "value_state": state, "value": value and Decimal(value)}
        for code, (state, value) in figures.items()
    ]
    RawZone(home.raw).append(f"20230625T090000-{submission_id}", {"submissions": [submission], "cells": cells})


def printed(scope: str, item_code: str, value: int, aggregation: str = "sum", counted: int = 1) -> tuple[Any, ...]:
    return (CAMPAIGN, "progress", "2023-06", scope, item_code, "value", value, aggregation, counted)


def raw_totals(
    home: Home, as_of: datetime = NIGHT, marts: tuple[tuple[Any, ...], ...] = ()
) -> dict[str, tuple[Any, Any, Any]]:
    """Item code → mart total, raw total, total of the parts."""
    with duckdb.connect() as warehouse:
        warehouse.execute("create schema marts")
        warehouse.execute(
            "create table marts.rpt_progress_totals (campaign_id text, form_id text, period text, total_scope text,"
            " item_code text, part text, cumulative_value decimal(18, 4), aggregation text, units_counted int)"
        )
        for row in marts:
            warehouse.execute("insert into marts.rpt_progress_totals values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        frame = totals_frame(warehouse, home, as_of)
    rows = frame[["item_code", "mart_total", "raw_total", "parts_total"]].to_dict("records")
    return {row["item_code"]: (row["mart_total"], row["raw_total"], row["parts_total"]) for row in rows}


def test_units_of_both_scopes_add_up(home: Home):
    receive(home, "s1", TOWN_1, {"1.1": ("value", "5")})
    receive(home, "s2", TOWN_2, {"1.1": ("value", "7")})
    receive(home, "s3", DEPARTMENT, {"1.1": ("value", "100")})
    assert raw_totals(home)["1.1"][1] == 112


@pytest.mark.parametrize(
    ("state", "value", "counted"),
    [("value", "3.5", Decimal("8.5")), ("approximate", "10", 15), ("zero", "0", 5), ("zero", None, 5)],
)
def test_what_carries_a_number_counts(home: Home, state: str, value: str | None, counted: Decimal):
    receive(home, "s1", TOWN_1, {"1.1": ("value", "5")})
    receive(home, "s2", TOWN_2, {"1.1": (state, value)})
    assert raw_totals(home)["1.1"][1] == counted


@pytest.mark.parametrize("state", ["blank", "not_applicable", "unreadable"])
def test_what_carries_none_is_not_a_zero(home: Home, state: str):
    receive(home, "s1", TOWN_1, {"1.1": (state, None)})
    assert "1.1" not in raw_totals(home)


def test_the_newest_fill_date_wins_over_the_later_arrival(home: Home):
    receive(home, "new", TOWN_1, {"1.1": ("value", "9")}, date(2023, 6, 24), datetime(2023, 6, 25, 9, 0))
    receive(home, "old", TOWN_1, {"1.1": ("value", "1")}, date(2023, 6, 20), datetime(2023, 6, 25, 17, 0))
    assert raw_totals(home)["1.1"][1] == 9


def test_of_one_fill_date_the_later_arrival_wins(home: Home):
    receive(home, "a", TOWN_1, {"1.1": ("value", "9")}, received_at=datetime(2023, 6, 25, 9, 0))
    receive(home, "b", TOWN_1, {"1.1": ("value", "4")}, received_at=datetime(2023, 6, 25, 9, 1))
    assert raw_totals(home)["1.1"][1] == 4


@pytest.mark.parametrize("verdict", ["returned", "quarantined"])
def test_a_broken_correction_leaves_the_accepted_form_in_force(home: Home, verdict: str):
    receive(home, "a", TOWN_1, {"1.1": ("value", "9")})
    receive(home, "b", TOWN_1, {"1.1": ("value", "4")}, date(2023, 6, 25), datetime(2023, 6, 25, 17, 0), verdict)
    assert raw_totals(home)["1.1"][1] == 9


def test_a_past_day_does_not_know_what_came_later(home: Home):
    receive(home, "a", TOWN_1, {"1.1": ("value", "9")})
    receive(home, "b", TOWN_1, {"1.1": ("value", "4")}, received_at=datetime(2023, 6, 28, 9, 0))
    assert raw_totals(home)["1.1"][1] == 9
    assert raw_totals(home, as_of=datetime(2023, 6, 30))["1.1"][1] == 4


def test_a_unit_that_is_not_on_the_roster_does_not_count(home: Home):
    receive(home, "a", TOWN_1, {"1.1": ("value", "9")})
    receive(home, "b", "999999999", {"1.1": ("value", "1000")})
    assert raw_totals(home)["1.1"][1] == 9


def test_of_yes_and_no_the_yes_are_counted(home: Home):
    receive(home, "a", TOWN_1, {"4.6": ("value", "1")})
    receive(home, "b", TOWN_2, {"4.6": ("value", "0")})
    assert raw_totals(home)["4.6"][1] == 1


def test_the_three_totals_stand_side_by_side(home: Home):
    receive(home, "a", TOWN_1, {"1.1": ("value", "9")})
    marts = (printed("all", "1.1", 12), printed("territory", "1.1", 10), printed("city_level", "1.1", 1))
    assert raw_totals(home, marts=marts) == {"1.1": (12, 9, 11)}


def test_a_total_that_only_one_side_has_is_shown(home: Home):
    receive(home, "a", TOWN_1, {"1.1": ("value", "9")})
    assert raw_totals(home, marts=(printed("all", "1.2", 3),)) == {"1.1": (None, 9, None), "1.2": (3, None, None)}


def test_nobody_answering_yes_or_no_agrees_with_a_printed_none_of_none(home: Home):
    assert raw_totals(home, marts=(printed("all", "4.6", 0, "n_of_m", 0),))["4.6"][:2] == (0, 0)
