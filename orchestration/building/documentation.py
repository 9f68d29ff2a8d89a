"""What is published about the marts: dbt's own pages, and the tables as the data dictionary lists them.

Belongs here: reading dbt's manifest for people. Does not belong here: the layout of the dictionary (reports), copying
marts (publish.py).
"""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.building import dbt_call, dbt_parse, dbt_runner
from orchestration.building.engines import Engine

if TYPE_CHECKING:
    from orchestration.home import Home
    from reports.dictionary import TableEntry


def documentation_page(home: Home, as_of: datetime) -> Path:
    """One HTML file about all models that works without a network; made anew only when the project changed.

    It says the same of every home, as the parse does, and is kept beside it.
    """
    kept = dbt_parse.kept_folder(home, Engine.DUCKDB) / "documentation" / f"{dbt_parse.project_fingerprint()}.html"
    if not kept.is_file():
        target = dbt_call.target_folder(home)
        shutil.copyfile(
            dbt_parse.manifest_file(home), target / "manifest.json"
        )  # what is not compiled anew is read there
        dbt_runner.run_dbt(home, ["docs", "generate", "--static", "--no-compile"], as_of)
        kept.parent.mkdir(exist_ok=True)
        for earlier in kept.parent.glob("*.html"):
            earlier.unlink(missing_ok=True)
        unfinished = kept.with_suffix(f".{os.getpid()}")
        shutil.copyfile(target / "static_index.html", unfinished)  # the home may lie on another disk
        unfinished.replace(kept)  # whole at once: another process may be publishing, too
    return kept


def published_tables(home: Home, schema: str) -> list[TableEntry]:
    """The models of a schema with the meaning of every column; the first line of a description is the grain."""
    from reports.dictionary import TableEntry

    models = [
        node
        for node in dbt_parse.parsed_project(home).nodes.values()
        if node.resource_type == "model" and node.schema == schema
    ]
    entries = []
    for model in sorted(models, key=lambda node: node.name):
        grain, _, rest = model.description.strip().partition("\n")
        entries.append(
            TableEntry(model.name, grain, tuple(map(_column, model.columns.values())), " ".join(rest.split()))
        )
    return entries


def _column(column: Any) -> Any:
    from reports.dictionary import ColumnEntry

    unit = (column.config.meta or column.meta).get("measure_unit", "")
    return ColumnEntry(column.name, column.data_type or "", column.description, unit)
