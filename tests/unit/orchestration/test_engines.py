"""Which engine computes, and what a clerk is told where it is not at hand."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from orchestration.building.engines import ENGINE_VARIABLE, Engine, begin, engine_called, engine_in_force
from orchestration.errors import PlainError
from orchestration.home import Home


def test_an_unknown_engine_is_answered_with_those_there_are() -> None:
    with pytest.raises(PlainError, match="没有 flink 这个计算引擎，只有 duckdb、spark"):
        engine_called("flink")


@pytest.mark.parametrize(("setting", "engine"), [("", Engine.DUCKDB), ("spark", Engine.SPARK)])
def test_a_deployment_chooses_its_engine(setting: str, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENGINE_VARIABLE, setting)
    assert engine_in_force() is engine


def test_without_spark_the_last_build_is_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not installed (the default set-up) or, where it is, not answering: the sentence names the command that helps."""
    home = Home(tmp_path)
    home.warehouse.write_bytes(b"yesterday")
    with socket.socket() as taken:  # bound and not listening: nobody answers there, and nobody else can take it
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("TAIZHANG_SPARK_PORT", str(taken.getsockname()[1]))
        with pytest.raises(PlainError, match=r"make spark-(setup|up)"):
            begin(home, Engine.SPARK)
    assert home.warehouse.read_bytes() == b"yesterday"


def test_a_build_starts_from_an_empty_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.warehouse.write_bytes(b"yesterday")
    begin(home, Engine.DUCKDB)
    assert home.warehouse.read_bytes() != b"yesterday"
    assert home.warehouse.stat().st_mode & 0o777 == 0o600
