"""Why a row of a list changed between two nights, on snapshots made by hand: evidence for each cause, and for none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orchestration.restating.restated_row import RestatedRow
from orchestration.restating.row_natures import Nature
from orchestration.restating.row_restatement import restated_rows
from tests.unit.orchestration.test_restatement import compared

TABLES = """
create table marts.fct_hazards as select 'c' as campaign_id, 'hazards' as form_id, 'u' as unit_id, 'h' as hazard_id,
    'GS-1' as hazard_number, '甲厂' as enterprise, '积尘' as hazard_text, '{status}' as status, 'major' as level,
    'self_check' as source, date '2023-06-05' as found_on, cast(null as date) as due_on,
    cast(null as varchar) as listed_level,
    cast(null as date) as listed_on, 0 as reopened_count, '{said_in}' as submission_id, 'Sheet1!4' as source_row
where {is_there};
create table marts.fct_submissions as select 'c' as campaign_id, submission_id, 'hazards' as form_id, unit_id,
    {period} as period, submission_id || '.xlsx' as file_name, repeat('a', 64) as file_sha256,
    timestamp '2023-07-01 09:00' as received_at, 'accepted' as status
from (values {sent}) t (submission_id, unit_id);
create table marts.dim_units as select 'c' as campaign_id, 'u' as unit_id, '甲镇' as unit_name,
    'territory' as reporting_scope, date '2023-05-01' as valid_from, {valid_to} as valid_to
union all select 'c', 'u', '甲乡', 'territory', date '2022-05-01', date '2023-05-01';
create table marts.dim_reporting_periods as select 'c' as campaign_id, 'hazards' as form_id, * from (values
    ('2023-06', date '2023-06-24', date '2023-06-25'), ('2023-07', date '2023-07-24', date '2023-07-25'))
    t (period, cutoff_on, due_on);
create table marts.dim_campaigns as select 'c' as campaign_id, timestamp '{loaded_at}' as loaded_at;
create table marts.rpt_hazard_doubts as select 'c' as campaign_id, 'p' as pair_id, '{kind}' as kind, 'u' as unit_id,
    '{number}' as hazard_number, '甲厂' as enterprise, '风管积尘' as hazard_text, 'GS-9' as other_hazard_number,
    '甲厂' as other_enterprise, '管道积尘' as other_hazard_text, t.decision,
    case when t.decision is not null then '市安委办' end as decided_by,
    case when t.decision is not null then date '2023-07-03' end as decided_on
from (values ({decision})) t (decision);
"""
EARLIER = {
    "status": "open",
    "is_there": "true",
    "sent": "('june', 'u')",
    "valid_to": "cast(null as date)",
    "loaded_at": "2023-06-01 01:30",
    "decision": "cast(null as varchar)",
    "period": "'2023-07'",
    "kind": "same",
    "said_in": "june",
    "number": "GS-1",
}


def changed(folder: Path, *, before: Mapping[str, str] | None = None, **later: str) -> RestatedRow:
    earlier = EARLIER | dict(before or {})
    nights = compared(folder, [TABLES.format(**earlier)], [TABLES.format(**(EARLIER | {"status": "closed"} | later))])
    (row,) = restated_rows(nights, "c")
    return row


@pytest.mark.parametrize(
    ("later", "cause"),
    [
        ({"sent": "('june', 'u'), ('july', 'u')"}, ("newer_version", "july.xlsx", None)),
        ({"decision": "'same'"}, ("decision", None, date(2023, 7, 3))),
        ({"valid_to": "date '2023-07-01'"}, ("roster", None, None)),
        ({"loaded_at": "2023-07-01 01:30"}, ("definition", None, None)),
    ],
    ids=["newer_version", "decision", "roster", "definition"],
)
def test_a_cause_is_what_happened_between_the_nights(
    tmp_path: Path, later: Mapping[str, Any], cause: tuple[object, ...]
) -> None:
    row = changed(tmp_path, **later)
    assert [(one.kind, one.file_name, one.decided_on) for one in row.causes] == [cause]
    assert (row.unit_name, row.row_name, row.change, row.agrees) == ("甲镇", "GS-1 甲厂", "changed", True)


def test_the_list_of_another_period_is_not_one_sent_again(tmp_path: Path) -> None:
    period = "case submission_id when 'june' then '2023-06' else '2023-07' end"
    row = changed(tmp_path, before={"period": period}, period=period, sent="('june', 'u'), ('july', 'u')")
    assert [(cause.kind, cause.file_name) for cause in row.causes] == [("later_list", "july.xlsx")]


def test_a_hazard_that_is_part_of_another_one_now_is_gone(tmp_path: Path) -> None:
    row = changed(tmp_path, is_there="false", decision="'same'")
    assert (row.change, [cause.kind for cause in row.causes]) == ("gone", ["decision"])


@pytest.mark.parametrize("sent", ["('june', 'u')", "('june', 'u'), ('july', 'u')"], ids=["nothing", "another list"])
@pytest.mark.parametrize(
    ("decision", "kind"), [("cast(null as varchar)", "decision_withdrawn"), ("'different'", "decision_changed")]
)
def test_a_hazard_that_stands_apart_again_is_no_lists_news(tmp_path: Path, sent: str, decision: str, kind: str) -> None:
    """Found before June's cut-off, and told by then: neither late nor of another definition."""
    before = {"is_there": "false", "decision": "'same'", "loaded_at": "2023-05-01 01:30"}
    row = changed(tmp_path, before=before, sent=sent, decision=decision)
    assert (row.change, row.nature) == ("added", Nature.CORRECTION)
    (cause,) = row.causes
    assert (cause.kind, cause.pair_id, cause.decision_before, cause.decided_by_before, cause.decided_on_before) == (
        kind,
        "p",
        "same",
        "市安委办",
        date(2023, 7, 3),
    )


def test_a_decision_on_another_pair_is_a_cause_only_where_nothing_else_is(tmp_path: Path) -> None:
    """A pair knows a hazard by the words of then; a pair of two units changes no row."""
    for name in "abc":
        (tmp_path / name).mkdir()
    reworded = changed(tmp_path / "a", decision="'same'", number="GS-8")
    assert [cause.kind for cause in reworded.causes] == ["decision"]
    told = changed(tmp_path / "b", sent="('june', 'u'), ('july', 'u')", decision="'same'", number="GS-8")
    assert [cause.kind for cause in told.causes] == ["newer_version"]
    assert changed(tmp_path / "c", decision="'same'", kind="overlap").causes == ()


def test_a_file_of_another_unit_explains_nothing_and_the_list_does_not_agree(tmp_path: Path) -> None:
    row = changed(tmp_path, sent="('june', 'u'), ('july', 'v')")
    assert (row.causes, row.agrees) == ((), False)


def test_causes_add_up(tmp_path: Path) -> None:
    row = changed(tmp_path, sent="('june', 'u'), ('july', 'u')", decision="'same'", said_in="july")
    assert [cause.kind for cause in row.causes] == ["newer_version", "decision"]
