"""Stocks and flows of the hazard ledger that changed between two nights, on snapshots made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from orchestration.restating.restated_row import ChangedWord, RestatedRow, RowCause
from orchestration.restating.row_natures import Nature
from orchestration.restating.stock_restatement import RestatedStock, restated_stocks
from tests.unit.orchestration.test_restatement import compared

# Both nights know June (until the 24th) and July; a: open, b: day of finding in doubt, c: due on the 20th or the 30th.
TABLES = """
create table marts.dim_reporting_periods as select 'c' as campaign_id, 'hazards' as form_id, * from (values
    ('2023-06', date '2023-06-24'), ('2023-07', date '2023-07-24'), ('2023-12', date '2023-12-24'))
    t (period, cutoff_on);
create table marts.fct_hazards as select 'c' as campaign_id, 'hazards' as form_id, hazard_id, hazard_number,
    '甲厂' as enterprise, submission_id, 'Sheet1!' || hazard_number as source_row, 4 as plan_elements,
    5 as plan_elements_asked
from (values ('a', '1', 'june'), ('b', '2', '{of_b}'), ('c', '3', '{of_c}'))
    t (hazard_id, hazard_number, submission_id);
create table marts.fct_hazard_months as select 'c' as campaign_id, 'hazards' as form_id, 'u' as unit_id, *,
    0 as rectified_count, 0 as closed_count, 0 as reopened_count
from (values {months}) t (period, hazard_id, was_open, is_open, is_overdue, found_count);
create table marts.fct_hazard_cuts as select campaign_id, form_id, period, cut,
    case cut when 'all' then 'all' else 'u' end as cut_value,
    cast(count(*) filter (where was_open) as int) as opening_count,
    cast(sum(found_count) as int) as found_count, 0 as rectified_count, 0 as closed_count, 0 as reopened_count,
    cast(count(*) filter (where is_open) as int) as open_count,
    cast(count(*) filter (where is_overdue) as int) as overdue_count, 0 as open_with_plan_count
from marts.fct_hazard_months cross join (values ('all'), ('unit'), ('place')) t (cut) group by all;
create table marts.fct_submissions as select 'c' as campaign_id, submission_id, 'hazards' as form_id, 'u' as unit_id,
    '2023-07' as period, submission_id || '.xlsx' as file_name, repeat('a', 64) as file_sha256,
    timestamp '2023-07-25 09:00' as received_at, 'accepted' as status
from (values {sent}) t (submission_id);
create table marts.dim_units as select 'c' as campaign_id, 'u' as unit_id, '甲镇' as unit_name,
    'territory' as reporting_scope, date '2023-05-01' as valid_from, cast(null as date) as valid_to;
create table marts.dim_campaigns as select 'c' as campaign_id, timestamp '2023-06-01 01:30' as loaded_at;
"""
EARLIER = {
    "of_b": "june",
    "of_c": "june",
    "sent": "('june')",
    "months": """('2023-06', 'a', false, true, false, 1), ('2023-06', 'c', false, true, true, 1),
        ('2023-07', 'a', true, true, false, 0), ('2023-07', 'b', false, true, false, 1),
        ('2023-07', 'c', true, true, true, 0)""",
}
LATER = {
    "of_b": "july",
    "of_c": "july",
    "sent": "('june'), ('july')",
    "months": """('2023-06', 'a', false, true, false, 1), ('2023-06', 'b', false, true, false, 1),
        ('2023-06', 'c', false, true, false, 1),
        ('2023-07', 'a', true, true, false, 0), ('2023-07', 'b', true, true, false, 0),
        ('2023-07', 'c', true, true, true, 0), ('2023-12', 'a', true, true, false, 0)""",
}
FOUND = RestatedRow(
    "hazard_event", "hazards", None, "u", "甲镇", "b/found/0", "2 甲厂 found", "changed", Nature.CORRECTION,
    (ChangedWord("event_on", date(2023, 7, 3), date(2023, 6, 20)),),
    (RowCause("newer_version", "july.xlsx", source_cell="Sheet1!F2"),),
)  # fmt: skip
CLOSED = RestatedRow(
    "hazard_event", "hazards", None, "u", "甲镇", "b/closed/0", "2 甲厂 closed", "added", Nature.PROGRESS,
    (ChangedWord("event_on", None, date(2023, 7, 28)),),
    (RowCause("new_file", "july.xlsx", source_cell="Sheet1!Z2"),),
)  # fmt: skip


def stocks(folder: Path, *, statement: str = "", later: Mapping[str, str] = LATER) -> tuple[RestatedStock, ...]:
    folder.mkdir(exist_ok=True)
    nights = compared(folder, [TABLES.format(**EARLIER), statement], [TABLES.format(**later)])
    return restated_stocks(nights, "c", (FOUND, CLOSED))


def figures(told: tuple[RestatedStock, ...]) -> list[tuple[object, ...]]:
    return [(one.period, one.unit_id, one.figure, one.value_before, one.value_after) for one in told]


def test_a_finding_that_moved_to_june_and_a_deadline_that_moved(tmp_path: Path) -> None:
    """In July b was open and is; December is published by the later night alone, and other cuts are not listed."""
    told = stocks(tmp_path)
    assert figures(told) == [
        ("2023-06", None, "found", 2, 3),
        ("2023-06", "u", "found", 2, 3),
        ("2023-06", None, "open", 2, 3),
        ("2023-06", "u", "open", 2, 3),
        ("2023-06", None, "overdue", 1, 0),
        ("2023-06", "u", "overdue", 1, 0),
        ("2023-07", None, "opening", 2, 3),
        ("2023-07", "u", "opening", 2, 3),
        ("2023-07", None, "found", 1, 0),
        ("2023-07", "u", "found", 1, 0),
    ]
    assert all(stock.agrees and stock.unit_name == ("甲镇" if stock.unit_id else None) for stock in told)
    assert [[(one.hazard_number, one.effect) for one in stock.hazards] for stock in told[1::2]] == [
        [("2", 1)],
        [("2", 1)],
        [("3", -1)],
        [("2", 1)],
        [("2", -1)],
    ]


def test_the_cause_is_the_event_that_bears_on_the_figure_or_the_last_line(tmp_path: Path) -> None:
    """b counts otherwise by the cell of its finding, not by its closing after both cut-offs; c by its line in July."""
    told = {(stock.period, stock.figure): stock.hazards for stock in stocks(tmp_path)}
    for key in (("2023-06", "open"), ("2023-07", "opening"), ("2023-07", "found")):
        assert told[key][0].causes == FOUND.causes
    ((cause,),) = (one.causes for one in told["2023-06", "overdue"])
    assert (cause.kind, cause.file_name, cause.source_cell) == ("newer_version", "july.xlsx", "Sheet1!3")


def test_a_change_without_a_cause_or_hazard_does_not_agree(tmp_path: Path) -> None:
    told = stocks(tmp_path / "a", later=LATER | {"of_b": "june", "of_c": "june", "sent": "('june')"})
    assert [stock.figure for stock in told if not stock.agrees] == ["overdue", "overdue"]
    wrong = "update marts.fct_hazard_cuts set found_count = found_count - 1 where period = '2023-06' and cut = 'all'"
    assert [stock.unit_id for stock in stocks(tmp_path / "b", statement=wrong) if not stock.agrees] == [None]


def test_an_earlier_release_without_a_table_or_column(tmp_path: Path) -> None:
    no_plan = stocks(tmp_path / "a", statement="alter table marts.fct_hazards drop column plan_elements")
    assert len(no_plan) == 10
    no_cuts = stocks(tmp_path / "b", statement="alter table marts.fct_hazard_cuts drop column overdue_count")
    assert len(no_cuts) == 8
    assert stocks(tmp_path / "c", statement="drop table marts.fct_hazard_months") == ()


def test_a_list_that_nobody_had_sent_had_published_nothing(tmp_path: Path) -> None:
    assert stocks(tmp_path, statement="delete from marts.fct_hazard_cuts") == ()
