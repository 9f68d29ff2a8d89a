"""Gate 2 of a build: the rules over facts, and how often each rule is hit, judged anew where figures changed.

Belongs here: which figures each of the two looks at, and where their rows go. Does not belong here: the rules
(expectations), which periods changed (judged_periods.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.building import rules_in_force
from orchestration.building.judged_periods import judged_periods
from orchestration.building.proved_forms import judged_with

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from campaigns.model import Campaign
    from orchestration.home import Home

_STAMP = ("received_at", "batch_id")  # what a batch adds to an outcome


def judge(
    warehouse: duckdb.DuckDBPyConnection,
    home: Home,
    campaigns: Mapping[str, Campaign],
    as_of: datetime,
    now: datetime,
    everything: bool,
) -> pa.Table:
    """Write the outcomes of gate 2 and the counts of hits where the second pass reads them; returns the outcomes."""
    from expectations import rehearsal, suites

    if everything:
        home.kept_outcomes.unlink(missing_ok=True)
        home.kept_hits.unlink(missing_ok=True)
    basis = judged_with(warehouse, home)
    judged = judged_periods(
        warehouse, "intermediate.int_figures__corrected", home.kept_outcomes, _outcome_columns(), basis
    )
    outcomes = judged.keep(lambda figures: suites.run_gate2(figures, campaigns).to_dict("records"))
    write_outcomes(home.gate2_outcomes, outcomes, as_of)
    counted = judged_periods(
        warehouse, "intermediate.int_figures__checked", home.kept_hits, rules_in_force.hit_columns(), basis
    )
    hits = counted.keep(lambda figures: rehearsal.count_hits(figures, campaigns))
    rules_in_force.note_counted(home, campaigns, hits, now)
    return outcomes


def forget_outcomes(home: Home, as_of: datetime) -> None:
    """Empty the file that the second pass reads: yesterday's outcomes must not pass for today's."""
    write_outcomes(home.gate2_outcomes, _outcome_columns().empty_table(), as_of)


def write_outcomes(target: Path, outcomes: pa.Table, as_of: datetime) -> None:
    """Write outcomes of gate 2 whole or not at all, with the columns of the raw table `outcomes`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ingest.raw.raw_tables import OUTCOMES

    stamps = zip(_STAMP, ([as_of] * len(outcomes), ["gate2"] * len(outcomes)), strict=True)
    stamped = {name: pa.array(values, OUTCOMES.field(name).type) for name, values in stamps}
    columns = {name: outcomes.column(name) for name in outcomes.schema.names} | stamped
    partial = target.with_suffix(".partial")
    pq.write_table(pa.table(columns, schema=OUTCOMES), partial)
    partial.replace(target)


def _outcome_columns() -> pa.Schema:
    import pyarrow as pa

    from ingest.raw.raw_tables import OUTCOMES

    return pa.schema([field for field in OUTCOMES if field.name not in _STAMP])
