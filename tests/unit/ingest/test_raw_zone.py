"""The raw zone shows a batch whole or not at all."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingest.raw import raw_zone
from ingest.raw.raw_tables import RAW_TABLES
from ingest.raw.raw_zone import RawZone

NOW = datetime(2023, 6, 25, 1, 30)
RECEIPT = {
    "receipt_id": "r1",
    "campaign_id": "c",
    "file_name": "表.xlsx",
    "received_at": NOW,
    "received_on": NOW.date(),
}


@pytest.fixture
def zone(tmp_path: Path) -> RawZone:
    zone = RawZone(tmp_path / "raw")
    zone.prepare()
    return zone


def rows(zone: RawZone, table: str, columns: str = "*") -> list[tuple]:
    return duckdb.read_parquet(zone.glob(table)).project(columns).order("all").fetchall()


def test_a_new_zone_has_every_table_with_its_columns_and_no_rows(zone: RawZone) -> None:
    for name, schema in RAW_TABLES.items():
        assert rows(zone, name) == []
        assert pq.read_schema(next((zone.root / name).iterdir())).equals(schema)


def test_two_batches_are_both_there_and_carry_their_batch(zone: RawZone) -> None:
    zone.append("20230625T013000-001-aa", {"receipts": [RECEIPT]})
    zone.append("20230626T013000-001-bb", {"receipts": [RECEIPT | {"receipt_id": "r2"}]})
    assert rows(zone, "receipts", "receipt_id, file_name, received_on, size_bytes, batch_id") == [
        ("r1", "表.xlsx", date(2023, 6, 25), None, "20230625T013000-001-aa"),
        ("r2", "表.xlsx", date(2023, 6, 25), None, "20230626T013000-001-bb"),
    ]


def test_decimals_are_kept_exactly(zone: RawZone) -> None:
    zone.append("b", {"cells": [{"value": Decimal("12345678901234.5678")}, {"value": Decimal("1E+3")}]})
    assert rows(zone, "cells", "value") == [(Decimal("1000.0000"),), (Decimal("12345678901234.5678"),)]


def test_rows_may_come_as_an_arrow_table(zone: RawZone) -> None:
    zone.append("b", {"signatures": pa.table({"submission_id": ["s1"], "filler": ["甲"]})})
    assert rows(zone, "signatures", "submission_id, filler, reviewer, batch_id") == [("s1", "甲", None, "b")]


@pytest.mark.parametrize("position", [0, 1])
def test_an_unknown_column_raises_and_writes_nothing(zone: RawZone, position: int) -> None:
    bad = [RECEIPT, RECEIPT]
    bad[position] = {**RECEIPT, "colour": "red"}
    with pytest.raises(KeyError, match="colour"):
        zone.append("b", {"submissions": [{"submission_id": "s"}], "receipts": bad})
    assert rows(zone, "submissions") == []
    assert not zone.has("b")


def test_an_unknown_table_raises(zone: RawZone) -> None:
    with pytest.raises(KeyError, match="gossip"):
        zone.append("b", {"gossip": []})


def test_a_batch_is_never_written_over(zone: RawZone) -> None:
    zone.append("b", {"receipts": [RECEIPT]})
    with pytest.raises(FileExistsError):
        zone.append("b", {"receipts": [RECEIPT | {"receipt_id": "other"}]})
    assert rows(zone, "receipts", "receipt_id") == [("r1",)]


def test_a_run_killed_between_the_tables_and_the_marker_leaves_nothing_after_the_sweep(
    zone: RawZone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kill is an exception nothing handles; it leaves the disk as a kill does: one table there, one half there."""
    zone.append("20230625T013000", {"receipts": [RECEIPT]})
    durably = raw_zone._write_durably

    def die_at_the_second(table: pa.Table, target: Path) -> None:
        if target.parent.name == "submissions":
            target.with_suffix(".partial").write_bytes(b"PAR1 half")
            raise SystemExit(9)
        durably(table, target)

    monkeypatch.setattr(raw_zone, "_write_durably", die_at_the_second)
    with pytest.raises(SystemExit):
        zone.append("20230626T013000", {"receipts": [RECEIPT], "submissions": [{"submission_id": "s"}]})
    monkeypatch.undo()
    assert len(list((zone.root / "receipts").iterdir())) == 3
    RawZone(zone.root).prepare()
    assert rows(zone, "receipts", "batch_id") == [("20230625T013000",)]
    assert [path.suffix for table in RAW_TABLES for path in (zone.root / table).iterdir()].count(".partial") == 0
    zone.append("20230626T013000", {"receipts": [RECEIPT]})
    assert len(rows(zone, "receipts")) == 2


def test_a_table_that_joined_later_gets_its_columns(zone: RawZone) -> None:
    (empty,) = (zone.root / "rules").iterdir()
    empty.unlink()
    (zone.root / "rules").rmdir()
    zone.prepare()
    assert rows(zone, "rules") == []


def test_a_column_that_joined_later_is_null_in_what_was_stored_before(zone: RawZone) -> None:
    zone.append("20230625T013000", {"receipts": [RECEIPT]})
    for file in (zone.root / "receipts").iterdir():  # as an earlier program wrote them
        pq.write_table(pq.read_table(file).drop_columns(["file_name"]), file)
    zone.prepare()
    stored = duckdb.read_parquet(zone.glob("receipts"), union_by_name=True)  # as the models read it
    assert stored.project("file_name").fetchall() == [(None,)]
