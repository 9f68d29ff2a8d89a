"""A published snapshot made by hand for report tests: the marts' columns, without dbt.

Belongs here: tables with the columns reports read, filled from what units sent. Does not belong here: expected values
(they stand in the tests, worked out by hand).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from campaigns.model import Campaign, Form
from campaigns.tables import campaign_rows

VERSION = "20230626T013000"

_TABLES = {
    "dim_campaigns": """campaign_id text, campaign_name text, area text, area_code text, office text,
        document_number text, starts_on date, ends_on date""",
    "dim_forms": "campaign_id text, form_id text, form_version text, form_kind text, form_title text, clause text",
    "dim_indicators": """campaign_id text, form_id text, item_code text, part text, section_code text,
        section_name text, indicator_name text, part_name text, measure_unit text, kind text, aggregation text,
        position int, applies_to_territory boolean, applies_to_city_level boolean, definition text""",
    "dim_reporting_periods": """campaign_id text, form_id text, reporting_scope text, period text,
        previous_period text, cutoff_on date, due_on date, due_source text""",
    "dim_contradictions": """campaign_id text, code text, setting text, about text, reading text, sentence text,
        clauses text, decided_by text""",
    "rpt_progress_table": """campaign_id text, form_id text, period text, unit_id text, unit_position int,
        unit_name text, unit_kind text, reporting_scope text, item_code text, part text, position int,
        section_code text, section_name text, indicator_name text, part_name text, measure_unit text,
        value_state text, cumulative_value decimal(18, 4), month_value decimal(18, 4), submission_id text,
        source_cell text, marks text""",
    "rpt_timeliness": """campaign_id text, form_id text, period text, unit_id text, unit_position int,
        unit_name text, unit_kind text, reporting_scope text, due_on date, due_source text, received_at timestamp,
        timeliness text, days_late int, versions_received int, versions_returned int, last_status text,
        last_reason text""",
    "rpt_sources": """campaign_id text, form_id text, period text, unit_id text, unit_position int, unit_name text,
        submission_id text, file_name text, file_sha256 text, file_format text, sheet_name text,
        received_at timestamp, filled_on date, version int, figures_read int, figures_blank int,
        figures_corrected int, rules_failed int""",
    "rpt_ledger_differences": """campaign_id text, form_id text, period text, unit_id text, unit_position int,
        unit_name text, item_code text, position int, indicator_name text, part_name text,
        form_value decimal(18, 4), reported_value decimal(18, 4), correction_id text,
        ledger_value decimal(18, 4), joined_value decimal(18, 4), difference decimal(18, 4), source_cell text,
        hazard_id text, is_counted boolean, reason text, hazard_number text, enterprise text, hazard_text text,
        found_on date, rectified_on date, list_unit_name text, list_file_name text, list_row text""",
    "rpt_ledger_questions": """campaign_id text, form_id text, pair_id text, position int, kind text, unit_id text,
        unit_position int, unit_name text, first_period text, last_period text, figures_touched int,
        item_codes text, reason text, hazard_number text, enterprise text, hazard_text text, found_on date,
        file_name text, source_row text, other_unit_id text, other_unit_name text, other_hazard_number text,
        other_enterprise text, other_hazard_text text, other_found_on date, other_file_name text,
        other_source_row text""",
    "rpt_overlap_totals": """campaign_id text, form_id text, period text, summed_items text, part text, reading text,
        position int, item_names text, part_name text, total_value decimal(18, 4), shared_hazards int,
        counted_twice int, is_in_force boolean""",
    "rpt_overlap_reports": """campaign_id text, form_id text, period text, summed_items text, item_code text, part text,
        shared_hazard_id text, hazard_id text, unit_id text, unit_name text, standing text, report_number int,
        form_value decimal(18, 4), ledger_value decimal(18, 4), submission_id text, source_cell text,
        hazard_number text, enterprise text, hazard_text text, found_on date, list_file_name text, list_row text""",
    "rpt_restatements": """campaign_id text, form_id text, period text, unit_id text, unit_position int,
        unit_name text, figure_period text, item_code text, part text, position int, indicator_name text,
        part_name text, cause text, value_before decimal(18, 4), value_after decimal(18, 4),
        difference decimal(18, 4), submission_id text, file_name text, received_at timestamp, source_cell text,
        correction_id text""",
    "rpt_rule_outcomes": """outcome_id text, campaign_id text, form_id text, period text, unit_id text,
        unit_position int, unit_name text, submission_id text, status text, is_open boolean, file_name text,
        class_order int, rule_class text, rule_class_name text, rule_code text, item_code text, part text,
        position int, indicator_name text, part_name text, source_cell text, order_in_rule int, message text,
        clause text, is_trial boolean, explanation text, explanation_state text""",
}

# What rpt_progress_totals does, so that a hand-made table has totals; the dbt model has its own tests.
_TOTALS = """
create table marts.rpt_progress_totals as
select
    t.campaign_id, t.form_id, t.period, coalesce(t.reporting_scope, 'all') as total_scope, t.item_code, t.part,
    any_value(i.position) as position, any_value(i.section_code) as section_code,
    any_value(i.section_name) as section_name, any_value(i.indicator_name) as indicator_name,
    any_value(i.part_name) as part_name, any_value(i.measure_unit) as measure_unit, any_value(i.kind) as kind,
    any_value(i.aggregation) as aggregation,
    cast(sum(t.cumulative_value) as decimal(18, 4)) as cumulative_value,
    cast(case when any_value(i.aggregation) = 'n_of_m' then count(t.cumulative_value) end as int) as of_units,
    cast(case when any_value(i.aggregation) <> 'n_of_m' then sum(t.month_value) end as decimal(18, 4)) as month_value
from marts.rpt_progress_table as t
inner join marts.dim_indicators as i using (campaign_id, form_id, item_code, part)
group by grouping sets (
    (t.campaign_id, t.form_id, t.period, t.item_code, t.part, t.reporting_scope),
    (t.campaign_id, t.form_id, t.period, t.item_code, t.part)
)
"""

Figure = tuple[str, str | None, str | None]  # state, cumulative, gained this month


@dataclass(frozen=True)
class Sent:
    """What one unit sent: figures by (item, part), and how it arrived. A figure that is not named is blank."""

    figures: Mapping[tuple[str, str], Figure]
    received_at: datetime
    file_name: str
    timeliness: str = "on_time"
    days_late: int = 0
    versions_received: int = 1
    marks: Mapping[tuple[str, str], str] = field(default_factory=dict)


def build_snapshot(
    published: Path,
    campaign: Campaign,
    form: Form,
    period: str,
    sent: Mapping[str, Sent],
    *,
    cutoff_on: date,
    due_on: date,
    problems: Sequence[Mapping[str, Any]] = (),
) -> Path:
    """Write published/<version>/taizhang.duckdb, snapshot.json and `current`; returns `published`."""
    folder = published / VERSION
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "taizhang.duckdb")) as connection:
        connection.execute("create schema marts")
        for table, columns in _TABLES.items():
            connection.execute(f"create table marts.{table} ({columns})")
        rows = campaign_rows(campaign, [], datetime(2023, 5, 20))
        indicators = [row for row in rows["indicators"] if row["form_id"] == form.form_id]
        _insert(connection, "dim_campaigns", rows["campaigns"])
        _insert(connection, "dim_forms", rows["forms"])
        _insert(connection, "dim_indicators", rows["indicators"])
        _insert(connection, "dim_contradictions", rows["contradictions"])
        key = {"campaign_id": campaign.campaign_id, "form_id": form.form_id, "period": period}
        due = {"due_on": due_on, "due_source": "decree"}
        scopes = dict.fromkeys(unit.reporting_scope.value for unit in campaign.units)
        periods = [{**key, **due, "reporting_scope": scope, "cutoff_on": cutoff_on} for scope in scopes]
        _insert(connection, "dim_reporting_periods", periods)
        for unit in campaign.units:
            line = {
                **key,
                "unit_id": unit.unit_id,
                "unit_position": unit.position,
                "unit_name": unit.unit_name,
                "unit_kind": unit.unit_kind,
                "reporting_scope": unit.reporting_scope.value,
            }
            form_sent = sent.get(unit.unit_id)
            _insert(connection, "rpt_progress_table", [_figure_row(line, row, form_sent) for row in indicators])
            _insert(connection, "rpt_timeliness", [{**line, **due, **_timeliness(form_sent)}])
            if form_sent:
                _insert(connection, "rpt_sources", [{**line, **_source(unit.unit_id, form_sent)}])
        _insert(connection, "rpt_rule_outcomes", [{**key, **problem} for problem in problems])
        connection.execute(_TOTALS)
    (published / "current").symlink_to(VERSION)
    facts = {"version": VERSION, "as_of": "2023-06-26T01:30:00"}
    (folder / "snapshot.json").write_text(json.dumps(facts), encoding="utf-8")
    return published


def _figure_row(line: dict[str, Any], indicator: dict[str, Any], sent: Sent | None) -> dict[str, Any]:
    place = (indicator["item_code"], indicator["part"])
    state, cumulative, gained = sent.figures.get(place, ("blank", None, None)) if sent else ("not_received", None, None)
    return {
        **indicator,
        **line,
        "value_state": state,
        "cumulative_value": None if cumulative is None else Decimal(cumulative),
        "month_value": None if gained is None else Decimal(gained),
        "submission_id": f"s-{line['unit_id']}" if sent else None,
        "source_cell": "调度表!D4" if sent else None,
        "marks": sent.marks.get(place) if sent else None,
    }


def _timeliness(sent: Sent | None) -> dict[str, Any]:
    if sent is None:
        return {"timeliness": "missing", "versions_received": 0, "versions_returned": 0}
    return {
        "received_at": sent.received_at,
        "timeliness": sent.timeliness,
        "days_late": sent.days_late,
        "versions_received": sent.versions_received,
        "versions_returned": 0,
        "last_status": "accepted",
    }


def _source(unit_id: str, sent: Sent) -> dict[str, Any]:
    return {
        "submission_id": f"s-{unit_id}",
        "file_name": sent.file_name,
        "file_sha256": "0123456789abcdef" * 4,
        "file_format": "xlsx",
        "sheet_name": "调度表",
        "received_at": sent.received_at,
        "filled_on": date(2023, 6, 24),
        "version": sent.versions_received,
        "figures_read": len(sent.figures),
        "figures_blank": 0,
        "figures_corrected": 0,
        "rules_failed": len(sent.marks),
    }


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    names = [name for name, *_ in connection.execute(f"describe marts.{table}").fetchall()]
    marks = ", ".join("?" for _ in names)
    for row in rows:
        statement = f"insert into marts.{table} values ({marks})"
        connection.execute(statement, [row.get(name) for name in names])
