"""DuckDB keeps to the memory, the threads and the place on disk that a deployment gave it."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.building.database import MEMORY_VARIABLE, SPILL_VARIABLE, THREADS_VARIABLE, connect, variables
from orchestration.building.dbt_call import PROJECT
from orchestration.errors import PlainError
from orchestration.home import Home

_ASKED = "select current_setting('memory_limit'), current_setting('threads'), current_setting('temp_directory')"


def test_a_connection_has_the_limits_of_the_deployment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MEMORY_VARIABLE, "512MiB")
    monkeypatch.setenv(THREADS_VARIABLE, "1")
    with connect(Home(tmp_path)) as connection:
        assert connection.execute(_ASKED).fetchall() == [("512.0 MiB", 1, f"{tmp_path}/build/spill")]


def test_what_does_not_fit_into_memory_is_put_aside_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MEMORY_VARIABLE, "60MB")
    monkeypatch.setenv(THREADS_VARIABLE, "1")
    with connect(Home(tmp_path).prepare()) as connection:
        connection.execute("create table many as select md5(cast(range as text)) as name from range(2000000)")
        assert list((tmp_path / "build" / "spill").iterdir())


def test_dbt_is_told_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (MEMORY_VARIABLE, THREADS_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    told = variables(tmp_path / "spill")
    assert (told[MEMORY_VARIABLE], told[SPILL_VARIABLE]) == ("2GB", str(tmp_path / "spill"))
    assert int(told[THREADS_VARIABLE]) >= 1
    profile = (PROJECT / "profiles.yml").read_text(encoding="utf-8")
    assert "memory_limit: \"{{ env_var('TAIZHANG_MEMORY', '2GB') }}\"" in profile
    assert all(name in profile for name in told)


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        (MEMORY_VARIABLE, "plenty", "写的是“plenty”，应写成 2GB、800MB 这样的大小"),
        (MEMORY_VARIABLE, "2", "写的是“2”，应写成 2GB、800MB 这样的大小"),
        (THREADS_VARIABLE, "0", "写的是“0”，应写几个线程"),
        (THREADS_VARIABLE, "two", "写的是“two”，应写几个线程"),
    ],
)
def test_a_setting_that_means_nothing_is_said(
    variable: str, value: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(PlainError, match=sentence):
        variables(tmp_path)
