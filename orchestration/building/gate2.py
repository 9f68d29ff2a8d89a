"""Gate 2 of a build: the rules over facts, and how often each rule is hit, judged anew where figures changed.

Belongs here: which figures each of the two looks at, and where their rows go. Does not belong here: the rules
(expectations), which figures changed (judged_figures.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.building import rules_in_force
from orchestration.building.judged_figures import PERIOD, REPORT, forget, judge_what_changed
from orchestration.building.proved_forms import judged_with

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from campaigns.model import Campaign
    from orchestration.home import Home

_STAMP = ("received_at", "batch_id")  # what a batch adds to an outcome of the raw zone
_ANEW = "is_judged_anew"


def judge(
    warehouse: duckdb.DuckDBPyConnection,
    home: Home,
    campaigns: Mapping[str, Campaign],
    now: datetime,
    everything: bool,
) -> int:
    """Write the outcomes of gate 2 and the counts of hits where the second pass reads them.

    Returns:
        How many outcomes there are.
    """
    import pyarrow as pa

    from expectations import rehearsal, suites

    if everything:
        forget(home.kept_outcomes)
        forget(home.kept_hits)
    basis = judged_with(warehouse, home)
    unchanged, anew = judge_what_changed(
        warehouse,
        "intermediate.int_figures__corrected",
        REPORT,
        home.kept_outcomes,
        _outcome_columns(),
        basis,
        lambda figures: suites.run_gate2(figures, campaigns).to_dict("records"),
    )
    _write_outcomes(home.gate2_outcomes, unchanged, anew)
    hits = judge_what_changed(
        warehouse,
        "intermediate.int_figures__checked",
        PERIOD,
        home.kept_hits,
        rules_in_force.hit_columns(),
        basis,
        lambda figures: rehearsal.count_hits(figures, campaigns),
    )
    rules_in_force.note_counted(home, campaigns, pa.concat_tables(hits), now)
    return len(unchanged) + len(anew)


def forget_outcomes(home: Home) -> None:
    """Empty the file that the second pass reads: yesterday's outcomes must not pass for today's."""
    nothing = _outcome_columns().empty_table()
    _write_outcomes(home.gate2_outcomes, nothing, nothing)


def _write_outcomes(target: Path, unchanged: pa.Table, anew: pa.Table) -> None:
    """Write outcomes of gate 2 whole or not at all, each with whether it was judged in this build."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    told = [
        outcomes.append_column(_ANEW, pa.repeat(is_anew, len(outcomes)))
        for outcomes, is_anew in ((unchanged, False), (anew, True))
    ]
    partial = target.with_suffix(".partial")
    pq.write_table(pa.concat_tables(told), partial)
    partial.replace(target)


def _outcome_columns() -> pa.Schema:
    import pyarrow as pa

    from ingest.raw.raw_tables import OUTCOMES

    return pa.schema([field for field in OUTCOMES if field.name not in _STAMP])
