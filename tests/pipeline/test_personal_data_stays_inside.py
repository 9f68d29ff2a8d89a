"""A night with planted names, telephones and identity numbers (all invented): none of them leaves the restricted part.

Looked through: everything published, every report and letter, the raw zone but its personal tables, the reasons beside
quarantined files, logs, what the command prints, and all that Dagster keeps of the run.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from ingest.raw.raw_tables import PERSONAL_TABLES, RAW_TABLES
from orchestration.home import Home
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, FIGURES, GUSHAN, HAIZHOU, at, send, take_in

ROOT = Path(__file__).parents[2]
CITY = "discreet_city_2023"
FILLER, REVIEWER = SIGNED = ("东方测试", "西门测试")
CONTACT, INFORMANT = "欧阳测试", "司马测试"
MOBILES = ("13900001111", "13900002222", "13900003333", "13900004444", "13900005555")
IDENTITIES = ("210381199001011014", "210381900101101")
PLANTED = [word.encode() for word in (FILLER, REVIEWER, CONTACT, INFORMANT, *MOBILES, *IDENTITIES)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("discreet")).prepare()
    cities.add_campaign(home, CITY, "守密市", "210397", [GUSHAN, CHAGOU, HAIZHOU])
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24), signed_by=SIGNED)
    take_in(home, at(date(2023, 6, 24)), at(date(2023, 6, 24)))
    fallen = FIGURES | {("1.1", "value"): Decimal(10)}
    words = f"核减1.1，联系人：{CONTACT}，电话{MOBILES[0]}，身份证{IDENTITIES[0]}、{IDENTITIES[1]}"
    send(home, CITY, GUSHAN, "2023-07", date(2023, 7, 24), fallen, f"孤山镇7月{MOBILES[1]}.xlsx", words, SIGNED)
    send(home, CITY, CHAGOU, "2023-07", date(2023, 7, 24), FIGURES | {("2.6", "value"): MOBILES[2]}, signed_by=SIGNED)
    folder = home.inbox / CITY / "2023-07"
    (folder / f"说明 {MOBILES[3]} {IDENTITIES[0]}.csv").write_text(f"请联系{MOBILES[3]}\n", encoding="utf-8")
    (folder / f"群众举报登记表（{INFORMANT}）.docx").write_bytes(b"not even a document")
    informants = openpyxl.Workbook()
    informants.active.append(["序号", "举报人姓名", "联系电话", "内容"])
    informants.active.append([1, INFORMANT, MOBILES[4], f"{INFORMANT}反映某厂"])
    informants.save(folder / "海州街道附表.xlsx")
    return home


@pytest.fixture(scope="module")
def said(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """What the night printed, and the folder in which Dagster keeps the run."""
    instance = tmp_path_factory.mktemp("instance")
    shutil.copy(ROOT / "deploy" / "dagster.yaml", instance)
    night = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "nightly", "--today", "2023-07-25", "--home", str(home.root)],
        cwd=ROOT,
        env={**os.environ, "DAGSTER_HOME": str(instance), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert night.returncode == 0, night.stdout + night.stderr
    yield night.stdout + night.stderr, instance


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of the parts of a container, which are compressed."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as container:
            yield from (container.read(name) for name in container.namelist())


def spoken_of(*folders: Path) -> list[tuple[str, str]]:
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    assert files
    return [
        (path.name, word.decode())
        for path in files
        for word in PLANTED
        if word in path.name.encode() or any(word in content for content in contents(path))
    ]


def texts_of(connection: duckdb.DuckDBPyConnection, relation: str) -> bytes:
    rows = connection.execute(f"select * from {relation}").fetchall()
    return "\n".join(str(row) for row in rows).encode()


def test_the_night_took_what_was_meant_to_be_taken(home: Home, said: tuple[str, Path]) -> None:
    with duckdb.connect(str(home.current / "taizhang.duckdb"), read_only=True) as connection:
        found = connection.execute("select status, reason_code, file_name from marts.fct_submissions").fetchall()
    assert sorted(found, key=str) == sorted(
        [
            ("accepted", None, "孤山镇6月调度表.xlsx"),
            ("accepted", None, "孤山镇7月139****2222.xlsx"),
            ("returned", "RD-5-02", "岔沟镇7月调度表.xlsx"),
            ("quarantined", "RD-2-01", "说明 139****4444 210381************.csv"),
            ("quarantined", "RD-1-14", "举报材料.docx"),
            ("quarantined", "RD-1-14", "举报材料.xlsx"),
        ],
        key=str,
    )


def test_nothing_published_names_anybody(home: Home, said: tuple[str, Path]) -> None:
    assert spoken_of(home.published, home.reports) == []
    with duckdb.connect(str(home.current / "taizhang.duckdb"), read_only=True) as connection:
        schemas = {name for (name,) in connection.execute("select schema_name from duckdb_tables()").fetchall()}
        tables = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        told = {name: texts_of(connection, f"marts.{name}") for name in tables}
    assert schemas == {"marts"}
    assert [(name, word.decode()) for name, text in told.items() for word in PLANTED if word in text] == []
    assert (
        "联系人：***，电话139****1111，身份证210381************、210381*********" in told["rpt_rule_outcomes"].decode()
    )


def test_the_raw_zone_holds_names_in_its_personal_tables_only(home: Home, said: tuple[str, Path]) -> None:
    told = {
        table: texts_of(connection, f"read_parquet('{home.raw}/{table}/*.parquet', union_by_name = true)")
        for connection in [duckdb.connect()]
        for table in RAW_TABLES
    }
    speaking = {name for name, text in told.items() if any(word in text for word in PLANTED)}
    assert speaking == {"signatures"}
    assert speaking <= PERSONAL_TABLES


def test_logs_and_what_dagster_keeps_name_nobody(home: Home, said: tuple[str, Path]) -> None:
    printed, instance = said
    assert [word.decode() for word in PLANTED if word in printed.encode()] == []
    assert spoken_of(instance) == []
    build = [path for path in home.build.rglob("*") if path.is_file()]
    assert [p.name for p in build for word in PLANTED if word in p.read_bytes()] == []


def test_reasons_beside_quarantined_files_name_nobody_and_only_their_owner_opens_them(
    home: Home, said: tuple[str, Path]
) -> None:
    files = [path for path in home.quarantine.rglob("*") if path.is_file()]
    assert len(files) == 6
    reasons = [path for path in files if path.name.endswith(".reason.json")]
    assert [(p.name, word.decode()) for p in reasons for word in PLANTED if word in p.read_bytes()] == []
    assert [path.name for path in files for word in PLANTED if word in path.name.encode()] == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (home.quarantine, home.archive, home.raw)} == {0o700}


def test_material_about_informants_is_answered_to_nobody(home: Home, said: tuple[str, Path]) -> None:
    assert [word for word in (INFORMANT, MOBILES[4]) for _, found in spoken_of(home.returned) if word == found] == []
    assert not any("举报" in path.name for path in home.returned.rglob("*"))
