"""The published snapshot as reports open it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from reports.published import ReportError, find_snapshot, open_snapshot
from tests.unit.reports.snapshot_builder import VERSION


@pytest.mark.parametrize("below", ["", "current", VERSION, f"{VERSION}/taizhang.duckdb"])
def test_a_snapshot_is_found_from_any_of_its_folders(published: Path, below: str) -> None:
    snapshot = find_snapshot(published / below)
    assert (snapshot.version, snapshot.as_of) == (VERSION, datetime(2023, 6, 26, 1, 30))
    assert snapshot.database == (published / VERSION / "taizhang.duckdb").resolve()


def test_where_no_link_can_be_made_the_pointer_file_is_followed(published: Path, tmp_path: Path) -> None:
    (tmp_path / VERSION).symlink_to(published / VERSION)
    (tmp_path / "current.json").write_text(f'{{"version": "{VERSION}"}}', encoding="utf-8")
    assert find_snapshot(tmp_path).version == VERSION


def test_a_folder_without_a_snapshot_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="里没有发布过的数据"):
        find_snapshot(tmp_path)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/hostname')",
        "copy (select 1) to '{folder}/stolen.csv'",
        "attach '{folder}/other.duckdb'",
        "install httpfs",
        "set enable_external_access = true",
        "delete from marts.dim_forms",
    ],
)
def test_the_connection_reaches_nothing_but_the_snapshot(published: Path, tmp_path: Path, statement: str) -> None:
    with open_snapshot(find_snapshot(published)) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement.format(folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_two_readers_of_one_process_may_be_open_together(published: Path) -> None:
    snapshot = find_snapshot(published)
    with open_snapshot(snapshot) as first, open_snapshot(snapshot) as second:
        count = "select count(*) from marts.dim_forms"
        assert first.execute(count).fetchone() == second.execute(count).fetchone() == (1,)
