"""The causes of a change, on two snapshots made by hand; every figure was worked out beside the rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from campaigns.load import load_campaign
from orchestration.home import Home
from orchestration.restating.compared_nights import ComparedNights
from orchestration.restating.restatement import Restatement, restatement
from orchestration.snapshot import MartSnapshot
from reports.published import Snapshot

CAMPAIGN = load_campaign("haicheng_2023")

# unit, period, scope, state, counted, month, reported, correction, submission
EARLIER = """
    ('kept', '2023-06', 'territory', 'value', 5, 5, 5, null, 's1'),
    ('resent', '2023-06', 'territory', 'value', 7, 7, 9, 'K1', 's2'),
    ('corrected', '2023-06', 'territory', 'value', 4, 4, 4, null, 's3'),
    ('left', '2023-06', 'city_level', 'value', 2, 2, 2, null, 's4'),
    ('stepped', '2023-06', 'territory', 'value', 10, 10, 10, null, 's5'),
    ('stepped', '2023-07', 'territory', 'value', 15, 5, 15, null, 's6'),
    ('redefined', '2023-06', 'territory', 'blank', null, null, null, null, 's7')
"""
LATER = """
    ('kept', '2023-06', 'territory', 'value', 5, 5, 5, null, 's1'),
    ('resent', '2023-06', 'territory', 'value', 12, 12, 12, null, 's2b'),
    ('corrected', '2023-06', 'territory', 'value', 6, 6, 4, 'K2', 's3'),
    ('stepped', '2023-06', 'territory', 'value', 11, 11, 11, null, 's5b'),
    ('stepped', '2023-07', 'territory', 'value', 15, 4, 15, null, 's6'),
    ('redefined', '2023-06', 'territory', 'not_applicable', null, null, null, null, 's7'),
    ('kept', '2023-08', 'territory', 'value', 8, 8, 8, null, 's9')
"""
TABLES = """
create table marts.fct_indicator_values as
select 'haicheng_2023' as campaign_id, 'progress' as form_id, unit_id, period, reporting_scope, '1.1' as item_code,
    'value' as part, value_state, cast(counted as decimal(18, 4)) as cumulative_value,
    cast(month_value as decimal(18, 4)) as month_value, cast(reported as decimal(18, 4)) as reported_value,
    correction_id, submission_id, '表!D4' as source_cell
from (values {rows}) t (unit_id, period, reporting_scope, value_state, counted, month_value, reported, correction_id,
    submission_id);
create table marts.rpt_progress_totals as
select campaign_id, form_id, period, coalesce(reporting_scope, 'all') as total_scope, item_code, part, 1 as position,
    'sum' as aggregation, sum(cumulative_value) as cumulative_value, cast(null as int) as of_units,
    count(*) as units_received
from marts.fct_indicator_values
group by grouping sets ((campaign_id, form_id, period, item_code, part, reporting_scope),
    (campaign_id, form_id, period, item_code, part));
create table marts.dim_units as select distinct campaign_id, unit_id, unit_id || span as unit_name,
    1 as unit_position, 'territory' as reporting_scope, cast(valid_from as date) as valid_from
from marts.fct_indicator_values cross join (values ('（原）', '2020-01-01'), ('', '2023-05-01')) t (span, valid_from);
create table marts.fct_submissions as select distinct submission_id, submission_id || '.xlsx' as file_name,
    repeat('a', 64) as file_sha256, timestamp '2023-08-01 09:00' as received_at from marts.fct_indicator_values;
create table marts.dim_reporting_periods as select 'haicheng_2023' as campaign_id, 'progress' as form_id, *
from (values ('2023-06', null), ('2023-07', '2023-06'), ('2023-08', '2023-07')) t (period, previous_period);
create table marts.fct_corrections as select 'haicheng_2023' as campaign_id, * from (values
    ('K1', '市安委办', date '2023-07-01', '笔误'), ('K2', '市安委办', date '2023-07-30', '核查发现'))
    t (correction_id, decided_by, decided_on, reason);
"""


def snapshot(folder: Path, name: str, statements: Iterable[str], as_of: datetime) -> MartSnapshot:
    database = folder / f"{name}.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema marts")
        for statement in statements:
            connection.execute(statement)
    return MartSnapshot(Snapshot(database, name, as_of))


def compared(folder: Path, earlier: Iterable[str], later: Iterable[str]) -> ComparedNights:
    return ComparedNights(
        Home(folder),
        snapshot(folder, "earlier", earlier, datetime(2023, 7, 25, 1, 30)),
        snapshot(folder, "later", later, datetime(2023, 8, 25, 1, 30)),
    )


@pytest.fixture
def answer(tmp_path: Path) -> Restatement:
    nights = compared(tmp_path, [TABLES.format(rows=EARLIER)], [TABLES.format(rows=LATER)])
    return restatement(nights, CAMPAIGN)


def test_a_change_is_divided_between_the_file_and_the_correction(answer: Restatement) -> None:
    """9 corrected to 7 became 12 as sent again: the new file adds 3, the correction that fell away 2."""
    resent = next(one for one in answer.figures if one.unit_id == "resent")
    assert [(cause.kind, cause.effect) for cause in resent.causes] == [("newer_version", 3), ("correction", 2)]
    assert (resent.causes[0].file_name, resent.causes[1].correction_id) == ("s2b.xlsx", "K1")


def test_a_correction_names_who_decided(answer: Restatement) -> None:
    (cause,) = next(one for one in answer.figures if one.unit_id == "corrected").causes
    assert (cause.kind, cause.effect, cause.decided_by, cause.reason) == ("correction", 2, "市安委办", "核查发现")


def test_other_causes(answer: Restatement) -> None:
    causes = {(one.unit_id, one.period): [(c.kind, c.effect) for c in one.causes] for one in answer.figures}
    assert causes["left", "2023-06"] == [("roster", -2)]
    assert causes["redefined", "2023-06"] == [("definition", 0)]
    assert causes["stepped", "2023-06"] == [("newer_version", 1)]
    assert causes["stepped", "2023-07"] == [("previous_period", 0)]


def test_what_did_not_change_and_what_is_new_are_not_listed(answer: Restatement) -> None:
    assert {one.unit_id for one in answer.figures} == {"resent", "corrected", "left", "redefined", "stepped"}
    assert "2023-08" not in {one.period for one in (*answer.figures, *answer.totals)}


def test_totals_are_the_sum_of_what_their_units_changed(answer: Restatement) -> None:
    """June, all: 28 became 34: +5 +2 -2 +1; the city level has no unit left."""
    totals = {(one.period, one.total_scope): one for one in answer.totals}
    assert totals.keys() == {("2023-06", "all"), ("2023-06", "territory"), ("2023-06", "city_level")}
    assert (totals["2023-06", "city_level"].value_before, totals["2023-06", "city_level"].value_after) == (2, None)
    whole = totals["2023-06", "all"]
    assert (whole.value_before, whole.value_after, whole.change) == (28, 34, 6)
    assert {one.unit_id: one.effect for one in whole.contributions} == {
        "resent": 5,
        "corrected": 2,
        "left": -2,
        "stepped": 1,
        "redefined": 0,
    }
    assert answer.agrees
