"""Published marts filled by hand: tables made from the models' own contracts, rows as literals.

Belongs here: putting rows into a snapshot. Does not belong here: the rows (they stand in the tests), anything computed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import yaml

VERSION = "20240526T013000"
_MARTS = Path(__file__).parents[3] / "dbt_project" / "models" / "marts"


def publish_marts(published: Path, as_of: str, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Path:
    """Write published/<version>/taizhang.duckdb with these marts and `current`; a column that is not named is null."""
    folder = published / VERSION
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "taizhang.duckdb")) as connection:
        connection.execute("create schema marts")
        for name, rows in tables.items():
            columns = _contract(name)
            declared = ", ".join(f"{column} {data_type}" for column, data_type in columns.items())
            connection.execute(f"create table marts.{name} ({declared})")
            for row in rows:
                assert row.keys() <= columns.keys(), f"{name} has no {row.keys() - columns.keys()}"
                marks = ", ".join("?" for _ in row)
                connection.execute(
                    f"insert into marts.{name} ({', '.join(row)}) values ({marks})",
                    list(row.values()),
                )
    (folder / "snapshot.json").write_text(json.dumps({"version": VERSION, "as_of": as_of}), encoding="utf-8")
    (published / "current").symlink_to(VERSION)
    return published


def _contract(model: str) -> dict[str, str]:
    """Column → type as the model's contract declares them."""
    (path,) = _MARTS.rglob(f"{model}.yml")
    (declared,) = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return {column["name"]: column["data_type"] for column in declared["columns"]}
