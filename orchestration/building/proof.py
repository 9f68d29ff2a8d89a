"""What the two proofs of a night compare: stored outcomes with their rule texts, and totals by a second way.

Belongs here: queries on the raw Parquet files that share nothing with the dbt models, and the words about a result.
Does not belong here: judging (expectations), rules on what units sent.

The query of totals is written from the brief of the ledger, not from the models: current version = newest fill date,
then newest arrival, among those accepted; roster and indicators as loaded by `as_of`; numbers only, nothing carried
forward; a correction counts where the cell holds what it expects.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.building.frames import compact_frame, exact_frame

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from expectations.suites import ProofResult
    from orchestration.home import Home

# The snapshot of each campaign that was in force at `as_of`.
IN_FORCE = """
loads as (
    select
        campaign_id,
        coalesce(max(loaded_at) filter (where loaded_at <= $as_of), min(loaded_at)) as loaded_at
    from read_parquet($campaigns)
    group by campaign_id
),

in_force as (
    select campaign_id, loaded_at, max(batch_id) as batch_id
    from read_parquet($campaigns)
    inner join loads using (campaign_id, loaded_at)
    group by campaign_id, loaded_at
)
"""
_RAW_TOTALS = f"""
with
{IN_FORCE},

roster as (
    select distinct campaign_id, form_id, period, unit_id
    from read_parquet($expected_reports)
    inner join in_force using (campaign_id, batch_id)
    where not voluntary
),

newest as (
    select
        campaign_id, form_id, unit_id, period,
        max_by(
            submission_id,
            (
                coalesce(filled_on, received_on), received_at, file_name, file_sha256,
                coalesce(sheet_name, ''), submission_id
            )
        ) as submission_id
    from read_parquet($submissions)
    where verdict = 'accepted' and received_at <= $as_of
    group by campaign_id, form_id, unit_id, period
),

decided as (
    select *
    from read_parquet($corrections)
    inner join in_force using (campaign_id, batch_id)
    where decided_on <= cast($as_of as date)
    qualify 1 = row_number() over (
        partition by campaign_id, form_id, unit_id, period, item_code, part order by decided_on desc, correction_id desc
    )
),

received as (
    select
        cells.campaign_id, cells.form_id, cells.unit_id, cells.period, cells.item_code, cells.part,
        indicators.aggregation,
        case
            when cells.value_state = 'zero' then coalesce(cells.value, 0)
            when cells.value_state in ('value', 'approximate') then cells.value
        end as value
    from read_parquet($cells) as cells
    inner join newest using (submission_id)
    inner join roster
        on
            newest.campaign_id = roster.campaign_id
            and newest.form_id = roster.form_id
            and newest.unit_id = roster.unit_id
            and newest.period = roster.period
    inner join in_force on cells.campaign_id = in_force.campaign_id
    inner join read_parquet($indicators) as indicators
        on
            in_force.campaign_id = indicators.campaign_id
            and in_force.batch_id = indicators.batch_id
            and cells.form_id = indicators.form_id
            and cells.item_code = indicators.item_code
            and cells.part = indicators.part
    where indicators.aggregation <> 'none'
),

figures as (
    select
        received.campaign_id, received.form_id, received.period, received.item_code, received.part,
        received.aggregation, coalesce(decided.new_value, received.value) as value
    from received
    left join decided
        on
            received.campaign_id = decided.campaign_id
            and received.form_id = decided.form_id
            and received.unit_id = decided.unit_id
            and received.period = decided.period
            and received.item_code = decided.item_code
            and received.part = decided.part
            and received.value is not distinct from decided.expected_value
    where coalesce(decided.new_value, received.value) is not null
),

raw_totals as (
    select
        campaign_id, form_id, period, item_code, part,
        case
            when any_value(aggregation) = 'n_of_m' then count(*) filter (where value = 1)
            else sum(value)
        end as raw_total
    from figures
    group by campaign_id, form_id, period, item_code, part
),

mart_totals as (
    select
        campaign_id, form_id, period, item_code, part,
        max(cumulative_value) filter (where total_scope = 'all') as mart_total,
        sum(cumulative_value) filter (where total_scope in ('territory', 'city_level')) as parts_total,
        max(aggregation) as aggregation,
        max(units_counted) filter (where total_scope = 'all') as units_counted
    from marts.rpt_progress_totals
    group by campaign_id, form_id, period, item_code, part
)

select
    campaign_id, form_id, period, item_code, part,
    cast(mart_total as decimal(18, 4)) as mart_total,
    -- "none of nobody": the mart prints 0 of 0 where no unit gave a number
    cast(
        case when aggregation = 'n_of_m' and units_counted = 0 then coalesce(raw_total, 0) else raw_total end
        as decimal(18, 4)
    ) as raw_total,
    cast(parts_total as decimal(18, 4)) as parts_total
from mart_totals
full outer join raw_totals using (campaign_id, form_id, period, item_code, part)
where aggregation is null or aggregation <> 'none'
order by campaign_id, form_id, period, item_code, part
"""  # noqa: S608 - constants


_FIGURES = """
    select
        campaign_id, form_id, unit_id, reporting_scope, period, submission_id, item_code, part, value_state, value,
        source_cell
    from intermediate.int_figures__checked
    where submission_id in (select submission_id from gate1_due)
"""
# Straight from the raw zone: the proof also needs to know in which batch an outcome was stored.
_STORED_OUTCOMES = """
    select submission_id, campaign_id, form_id, rule_code, rule_version, item_code, part, outcome, batch_id
    from read_parquet($outcomes, union_by_name = true)
    where submission_id in (select submission_id from gate1_due) and gate = 'submission' and received_at <= $as_of
"""
_RULE_TEXTS = """
    select distinct rule_version, question
    from read_parquet($rules, union_by_name = true)
    where question is not null
"""


def figures_due(warehouse: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The figures of the forms chosen by proved_forms.py."""
    return compact_frame(warehouse, _FIGURES)


def stored_outcomes(warehouse: duckdb.DuckDBPyConnection, home: Home, as_of: datetime) -> pd.DataFrame:
    """What gate 1 wrote down of the forms chosen by proved_forms.py, with the batch they came in."""
    from ingest.raw.raw_zone import RawZone

    batches = [batch for (batch,) in warehouse.execute("select distinct batch_id from gate1_due").fetchall()]
    files = RawZone(home.raw).files("outcomes", batches)
    return compact_frame(warehouse, _STORED_OUTCOMES, {"outcomes": files, "as_of": as_of})


def rule_texts(warehouse: duckdb.DuckDBPyConnection, home: Home) -> dict[str, str]:
    """The text of every rule that ever stood in a snapshot of a campaign, by version."""
    files = {"rules": str(home.raw / "rules" / "*.parquet")}
    return dict(warehouse.execute(_RULE_TEXTS, files).fetchall())


def totals_frame(warehouse: duckdb.DuckDBPyConnection, home: Home, as_of: datetime) -> pd.DataFrame:
    """Every total three ways, one row per campaign, form, period, item and part.

    Columns: campaign_id, form_id, period, item_code, part, mart_total (all units, as printed), raw_total (summed anew
    from the raw cells), parts_total (territory + city level, as printed). A total that only one side has is null on
    the other.
    """
    tables = ("campaigns", "expected_reports", "indicators", "corrections", "submissions", "cells")
    parameters = {table: str(home.raw / table / "*.parquet") for table in tables}
    return exact_frame(warehouse, _RAW_TOTALS, {**parameters, "as_of": as_of})


def proofs_in_words(proofs: Sequence[ProofResult]) -> str:
    """核对 35 项全部相符; where there was nothing to compare, nothing that reads like a success."""
    checked = sum(proof.checked for proof in proofs)
    if not all(proof.success for proof in proofs):
        return f"核对 {checked} 项，有不符的"
    return f"核对 {checked} 项全部相符" if checked else "没有合计数和规则结果可以核对"


def sentence_about(result: ProofResult) -> str:
    """Say that a proof failed: how much was compared, how much differs, and the first difference."""
    first = result.failures[0] if result.failures else {}
    detail = "，".join(f"{key} {_plain(value)}" for key, value in first.items() if value not in (None, ""))
    return (
        f"{result.name}：核对 {result.checked} 项，{len(result.failures)} 项不符；{detail}。 "
        f"{result.name}: {len(result.failures)} of {result.checked} checked do not agree."
    )


def _plain(value: object) -> str:
    return format(value.normalize() + 0, "f") if isinstance(value, Decimal) else str(value)
