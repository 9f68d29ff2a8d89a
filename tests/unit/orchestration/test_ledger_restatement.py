"""Counts of the hazard ledger that changed between two nights, hazard by hazard, on snapshots made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from campaigns.load import load_campaign
from orchestration.restating.ledger_restatement import RestatedCount, restated_counts
from tests.unit.orchestration.test_restatement import compared

CAMPAIGN = load_campaign("haicheng_2023")

TABLES = """
create table marts.fct_ledger_counts as select 'haicheng_2023' as campaign_id, 'progress' as form_id,
    '210381101' as unit_id, '2023-06' as period, date '2023-06-24' as cutoff_on, '1.1' as item_code, 'value' as part,
    cast({count} as decimal(18, 4)) as ledger_value;
create table marts.fct_hazards as select 'haicheng_2023' as campaign_id, '210381101' as unit_id,
    hazard_id, hazard_number, '甲厂' as enterprise, '积尘' as hazard_text, level, 'self_check' as source,
    found_on, submission_id, 'Sheet1!' || hazard_number as source_row
from (values {hazards}) t (hazard_id, hazard_number, level, found_on, submission_id);
create table marts.fct_submissions as select distinct campaign_id, submission_id, 'hazards' as form_id, unit_id,
    '2023-07' as period, submission_id || '.xlsx' as file_name, repeat(substr(submission_id, 2), 64) as file_sha256,
    timestamp '2023-07-01 09:00' as received_at, 'accepted' as status from marts.fct_hazards;
create table marts.dim_units as select 'haicheng_2023' as campaign_id, '210381101' as unit_id, '孤山镇' as unit_name,
    'territory' as reporting_scope, date '2023-05-01' as valid_from, cast(null as date) as valid_to;
create table marts.dim_campaigns as select 'haicheng_2023' as campaign_id, timestamp '2023-06-01 01:30' as loaded_at;
create table marts.fct_ledger_spans as select 'haicheng_2023' as campaign_id, 'progress' as form_id,
    '1.1' as item_code, 'value' as part, hazard_id, found_on as from_on, cast(null as date) as until_on,
    'counted' as reason
from marts.fct_hazards where level = 'major';
create table marts.fct_ledger_difference_rows (campaign_id varchar, form_id varchar, unit_id varchar, period varchar,
    item_code varchar, part varchar, hazard_id varchar, is_counted boolean, reason varchar);
create table marts.rpt_hazard_doubts as select 'haicheng_2023' as campaign_id, 'p' as pair_id,
    'same' as kind, '210381101' as unit_id, '{number}' as hazard_number, '甲厂' as enterprise,
    '风管积尘' as hazard_text,
    '9' as other_hazard_number, '甲厂' as other_enterprise, '管道积尘' as other_hazard_text, t.decision,
    case when t.decision is not null then '市安委办' end as decided_by,
    case when t.decision is not null then date '2023-07-03' end as decided_on
from (values ({decision})) t (decision);
"""
EARLIER = """('a', '1', 'major', date '2023-06-05', 's1'), ('b', '2', 'general', date '2023-06-06', 's1'),
    ('d', '4', 'major', date '2023-06-08', 's1')"""
LATER = """('a', '1', 'major', date '2023-06-05', 's1'), ('b', '2', 'major', date '2023-06-06', 's2'),
    ('c', '3', 'major', date '2023-06-20', 's2')"""


NOTHING = "cast(null as varchar)"


def changes(
    tmp_path: Path, count: int = 3, decision: str = NOTHING, was: str = NOTHING, number: str = "4", later: str = LATER
) -> RestatedCount:
    nights = compared(
        tmp_path,
        [TABLES.format(count=2, hazards=EARLIER, decision=was, number=number)],
        [TABLES.format(count=count, hazards=later, decision=decision, number=number)],
    )
    (restated,) = restated_counts(nights, CAMPAIGN)
    return restated


def test_every_hazard_that_began_or_ceased_to_count_is_named(tmp_path: Path) -> None:
    """2 became 3: b is major now, c is new, d stands no more by itself."""
    restated = changes(tmp_path)
    assert (restated.value_before, restated.value_after, restated.agrees) == (2, 3, True)
    assert (restated.unit_id, restated.unit_name) == ("210381101", "孤山镇")
    assert [(one.hazard_id, one.effect, one.kind, one.file_name) for one in restated.hazards] == [
        ("b", 1, "newer_line", "s2.xlsx"),
        ("c", 1, "new_line", "s2.xlsx"),
        ("d", -1, "joined", "s1.xlsx"),
    ]


def test_a_decision_on_a_doubtful_pair_is_named_with_who_took_it(tmp_path: Path) -> None:
    joined = changes(tmp_path, decision="'same'").hazards[-1]
    assert (joined.kind, joined.decided_by, joined.decided_on) == ("decision", "市安委办", date(2023, 7, 3))


@pytest.mark.parametrize("file", ["s1", "s2"], ids=["no list came", "the next list names it, too"])
@pytest.mark.parametrize(
    ("decision", "kind", "by"),
    [(NOTHING, "decision_withdrawn", None), ("'different'", "decision_changed", "市安委办")],
    ids=["withdrawn", "same became different"],
)
def test_a_hazard_that_stands_apart_again_is_the_undone_decisions_not_new(
    tmp_path: Path, file: str, decision: str, kind: str, by: str | None
) -> None:
    later = f"{EARLIER}, ('c', '3', 'major', date '2023-06-08', '{file}')"
    (apart,) = changes(tmp_path, decision=decision, was="'same'", number="3", later=later).hazards
    assert (apart.hazard_id, apart.effect, apart.kind) == ("c", 1, kind)
    assert (apart.pair_id, apart.decided_by) == ("p", by)
    assert (apart.decision_before, apart.decided_by_before, apart.decided_on_before) == (
        "same",
        "市安委办",
        date(2023, 7, 3),
    )


def test_a_decision_on_another_pair_does_not_explain_what_a_list_says(tmp_path: Path) -> None:
    assert [one.kind for one in changes(tmp_path, decision="'same'", number="8").hazards] == [
        "newer_line",
        "new_line",
        "joined",
    ]


@pytest.mark.parametrize("count", [4, 1])
def test_a_count_that_its_hazards_do_not_make_is_told(tmp_path: Path, count: int) -> None:
    assert not changes(tmp_path, count=count).agrees
