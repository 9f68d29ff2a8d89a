"""What was made of figures, kept for as long as those figures stay as they are.

Belongs here: noticing which reports or periods changed, keeping rows beside the fingerprints they belong to. Does not
belong here: what is made of the figures (gate2.py). A month of new forms changes its own reports and those that follow
them: what was said of the years before is not said again. A late form, a correction or a unit that moved changes the
figures and so the fingerprint.

Rows and fingerprints lie in one folder, put in its place whole; one that lacks either of them keeps nothing. So a run
that is killed keeps what the run before kept, or nothing. Figures are handed out some at a time, so that a build of
everything needs no more memory than one of a few months.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.building.frames import compact_frame

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

PERIOD = ("campaign_id", "form_id", "period")
REPORT = (*PERIOD, "unit_id")
FIGURES_AT_ONCE = 200_000  # about 0.1 GB in pandas; what has one key is never divided
_ROWS, _FINGERPRINTS = "rows.parquet", "fingerprints.parquet"
_NOTE = b"taizhang"  # in the metadata of the rows

_FOUND = """
    create or replace temporary table found_figures as
    select
        {key}, cast(sum(cast(hash(figures) as hugeint)) as varchar) || ' ' || count(*) as fingerprint, count(*) as size
    from {figures} as figures
    group by {key}
"""
_CHANGED = """
    create or replace temporary table changed_figures as
    select {key}, cast((sum(size) over (order by {key} rows unbounded preceding) - 1) // $at_once as int) as lot
    from found_figures
    anti join known_fingerprints using ({key}, fingerprint)
"""
_LOT = "from {figures} semi join (from changed_figures where lot = $lot) using ({key})"
_UNCHANGED = "from kept_rows semi join found_figures using ({key}) anti join changed_figures using ({key})"


def judge_what_changed(
    warehouse: duckdb.DuckDBPyConnection,
    figures: str,
    key: Sequence[str],
    folder: Path,
    schema: pa.Schema,
    judged_with: str,
    judge: Callable[[pd.DataFrame], Iterable[Mapping[Any, Any]]],
) -> tuple[pa.Table, pa.Table]:
    """Let `judge` make rows of the figures that are not what they were, and keep all rows for the next time.

    Args:
        warehouse: the build file.
        figures: the relation that is judged.
        key: PERIOD or REPORT, columns of figures and rows; all figures of a key are judged together.
        folder: where rows and fingerprints are kept.
        schema: of the rows.
        judged_with: whatever else the rows depend on; kept rows made with something else are of no use.
        judge: makes rows of figures (compact_frame), some keys at a time.

    Returns:
        The rows that stay as they were, and those made now.
    """
    import pyarrow as pa

    names = ", ".join(key)
    warehouse.execute(_FOUND.format(key=names, figures=figures))
    rows, fingerprints = _kept(folder, schema, judged_with)
    warehouse.register("kept_rows", rows)
    warehouse.register("known_fingerprints", fingerprints)
    warehouse.execute(_CHANGED.format(key=names), {"at_once": FIGURES_AT_ONCE})
    unchanged = warehouse.sql(_UNCHANGED.format(key=names)).to_arrow_table().select(schema.names).cast(schema)
    fresh = [pa.Table.from_pylist(made, schema=schema) for made in _made(warehouse, figures, names, schema, judge)]
    anew = pa.concat_tables([schema.empty_table(), *fresh])
    found = warehouse.sql(f"select {names}, fingerprint from found_figures").to_arrow_table()  # noqa: S608 - our own names
    _keep(folder, pa.concat_tables([unchanged, anew]), found, judged_with)
    return unchanged, anew


def forget(folder: Path) -> None:
    """Judge everything the next time."""
    shutil.rmtree(folder, ignore_errors=True)


def _made(
    warehouse: duckdb.DuckDBPyConnection,
    figures: str,
    names: str,
    schema: pa.Schema,
    judge: Callable[[pd.DataFrame], Iterable[Mapping[Any, Any]]],
) -> Iterator[list[dict[str, Any]]]:
    """Rows of the figures that changed, lot by lot."""
    for (lot,) in warehouse.execute("select distinct lot from changed_figures order by lot").fetchall():
        fresh = compact_frame(warehouse, _LOT.format(figures=figures, key=names), {"lot": lot})
        yield [{name: row[name] for name in schema.names} for row in judge(fresh)]


def _kept(folder: Path, schema: pa.Schema, judged_with: str) -> tuple[pa.Table, pa.Table]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    fingerprints = pa.schema([(name, pa.string()) for name in (*REPORT, "fingerprint")])
    nothing = (schema.empty_table(), fingerprints.empty_table())
    if not all((folder / name).is_file() for name in (_ROWS, _FINGERPRINTS)):
        return nothing
    rows = pq.read_table(folder / _ROWS)
    note = json.loads((rows.schema.metadata or {}).get(_NOTE, b"{}"))
    if note.get("judged_with") != judged_with or rows.schema.names != schema.names:
        return nothing
    return rows.replace_schema_metadata(None), pq.read_table(folder / _FINGERPRINTS)


def _keep(folder: Path, rows: pa.Table, fingerprints: pa.Table, judged_with: str) -> None:
    import pyarrow.parquet as pq

    partial = folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    note = json.dumps({"judged_with": judged_with})
    pq.write_table(rows.replace_schema_metadata({_NOTE: note}), partial / _ROWS, compression="zstd")
    pq.write_table(fingerprints, partial / _FINGERPRINTS, compression="zstd")
    forget(folder)
    partial.rename(folder)
