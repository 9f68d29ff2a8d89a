"""What was made of the figures of a form's period, kept for as long as those figures stay as they are.

Belongs here: noticing which periods changed, keeping rows beside the fingerprints they belong to. Does not belong here:
what is made of the figures (gate2.py). A month of new forms changes its own period and the next one: the years before
are not judged again. A late form, a correction or a unit that moved changes the figures and so the fingerprint.

Rows and fingerprints are one file, replaced whole: a run that is killed leaves the rows of the run before. Figures are
handed out some periods at a time, so that a build of everything needs no more memory than one of a few months.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.building.frames import compact_frame

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

_KEY = ("campaign_id", "form_id", "period")
_NOTE = b"taizhang"  # in the metadata of the file
FIGURES_AT_ONCE = 200_000  # about 0.1 GB in pandas; a period is never divided

_FIGURES_OF = """
    from {figures}
    semi join (
        select key[1] as campaign_id, key[2] as form_id, key[3] as period from (select unnest($periods) as key)
    ) using (campaign_id, form_id, period)
"""

_FINGERPRINTS = """
    select
        campaign_id, form_id, period, cast(sum(cast(hash(figures) as hugeint)) as varchar) || ' ' || count(*), count(*)
    from {figures} as figures
    group by campaign_id, form_id, period
    order by campaign_id, form_id, period
"""


@dataclass(frozen=True)
class JudgedPeriods:
    """Rows of the periods that stayed as they are, and which others there are, with how many figures."""

    warehouse: duckdb.DuckDBPyConnection
    figures: str
    file: Path
    note: dict[str, Any]
    unchanged: pa.Table
    changed: list[tuple[tuple[str, str, str], int]]

    def keep(self, judge: Callable[[pd.DataFrame], Iterable[Mapping[Any, Any]]]) -> pa.Table:
        """Let `judge` make rows of the figures that changed, and store them with the unchanged ones; returns all."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = self.unchanged.schema
        tables = [self.unchanged]
        for periods in _some_at_a_time(self.changed):
            fresh = compact_frame(self.warehouse, _FIGURES_OF.format(figures=self.figures), {"periods": periods})
            rows = [{name: row[name] for name in schema.names} for row in judge(fresh)]
            tables.append(pa.Table.from_pylist(rows, schema=schema))
        table = pa.concat_tables(tables)
        partial = self.file.with_suffix(".partial")
        pq.write_table(table.replace_schema_metadata({_NOTE: json.dumps(self.note)}), partial, compression="zstd")
        partial.replace(self.file)
        return table


def judged_periods(
    warehouse: duckdb.DuckDBPyConnection, figures: str, file: Path, schema: pa.Schema, judged_with: str
) -> JudgedPeriods:
    """Compare the figures of every period with those that the kept rows were made of.

    Args:
        warehouse: the build file.
        figures: the relation that is judged, with campaign_id, form_id and period.
        file: where the rows are kept.
        schema: of the rows, with the same three columns.
        judged_with: whatever else the rows depend on; kept rows made with something else are of no use.
    """
    found = warehouse.execute(_FINGERPRINTS.format(figures=figures)).fetchall()
    fingerprints = {json.dumps(key, ensure_ascii=False): fingerprint for *key, fingerprint, _ in found}
    known, rows = _kept(file, schema, judged_with)
    same = [json.loads(key) for key, fingerprint in fingerprints.items() if known.get(key) == fingerprint]
    changed = [((one, form, at), size) for one, form, at, _, size in found if [one, form, at] not in same]
    warehouse.execute("create or replace temporary table same_periods (campaign_id text, form_id text, period text)")
    if same:
        warehouse.executemany("insert into same_periods values (?, ?, ?)", same)
    warehouse.register("kept_rows", rows)
    unchanged = warehouse.sql(f"from kept_rows semi join same_periods using ({', '.join(_KEY)})").to_arrow_table()
    note = {"judged_with": judged_with, "periods": fingerprints}
    return JudgedPeriods(warehouse, figures, file, note, unchanged.select(schema.names).cast(schema), changed)


def _some_at_a_time(
    periods: Iterable[tuple[tuple[str, str, str], int]],
) -> Iterator[list[tuple[str, str, str]]]:
    """Periods in groups of at most FIGURES_AT_ONCE figures, in order."""
    group: list[tuple[str, str, str]] = []
    figures = 0
    for period, size in periods:
        if group and figures + size > FIGURES_AT_ONCE:
            yield group
            group, figures = [], 0
        group.append(period)
        figures += size
    if group:
        yield group


def _kept(file: Path, schema: pa.Schema, judged_with: str) -> tuple[dict[str, str], pa.Table]:
    import pyarrow.parquet as pq

    nothing: tuple[dict[str, str], pa.Table] = ({}, schema.empty_table())
    if not file.exists():
        return nothing
    table = pq.read_table(file)
    note = json.loads((table.schema.metadata or {}).get(_NOTE, b"{}"))
    if note.get("judged_with") != judged_with or table.schema.names != schema.names:
        return nothing
    return note["periods"], table.replace_schema_metadata(None)
