"""Which marts a version takes over from the one in force, and that it says the same as one written anew."""

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.building.published_marts import sha256, write_marts
from orchestration.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    change(
        home,
        "create schema marts",
        "create table marts.dim_units as select '210381001' as unit_id, '海州街道' as unit_name",
        "create table marts.fct_values as select 'a' as unit_id, 1.5 as value union all select 'b', null",
    )
    return home


def change(home: Home, *statements: str) -> None:
    with duckdb.connect(str(home.warehouse)) as build:
        for statement in statements:
            build.execute(statement)


def version(home: Home, name: str, last: Path | None = None, divided_from: int = 5) -> Path:
    """Write a version as publishing does, with what its snapshot.json would say beside it; five rows are many."""
    folder = home.root / name
    folder.mkdir()
    facts = json.loads((last / "facts.json").read_text()) if last else {}
    marks = write_marts(home, folder, last or folder, facts, divided_from)
    files = {path.relative_to(folder).as_posix(): sha256(path) for path in folder.rglob("*") if path.is_file()}
    (folder / "facts.json").write_text(json.dumps({"pieces": marks, "files": files}))
    return folder


def ask(file: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(file), read_only=True) as database:
        return database.execute(query).fetchall()


# The same rows in another order: a mart that was taken over still has the order of the version before.
TURNED = "create or replace table marts.{table} as select * from marts.{table} order by unit_id desc"


def test_only_what_changed_is_written_anew(home: Home):
    first = version(home, "first")
    change(home, TURNED.format(table="fct_values"), "insert into marts.dim_units values ('210381002', '兴海街道')")
    second = version(home, "second", first)
    assert ask(home.warehouse, "select unit_id from marts.fct_values") == [("b",), ("a",)]
    assert ask(second / "taizhang.duckdb", "select unit_id from marts.fct_values") == [("a",), ("b",)]
    taken = "parquet/fct_values/all.parquet"
    assert (second / taken).read_bytes() == (first / taken).read_bytes()
    assert (second / taken).stat().st_ino != (first / taken).stat().st_ino
    assert ask(second / "taizhang.duckdb", "select unit_name from marts.dim_units") == [("海州街道",), ("兴海街道",)]
    written = duckdb.execute("select unit_name from read_parquet(?)", [str(second / "parquet/dim_units/all.parquet")])
    assert written.fetchall() == [("海州街道",), ("兴海街道",)]


@pytest.mark.parametrize(
    "changed",
    [
        "update marts.fct_values set value = 1.6 where unit_id = 'a'",
        "update marts.fct_values set unit_id = 'c' where unit_id = 'b'",
        "insert into marts.fct_values values ('a', 1.5), ('a', 1.5)",
        "alter table marts.fct_values alter value type double",
        "alter table marts.fct_values rename value to amount",
        "comment on table marts.fct_values is '每个数一行'",
        "comment on column marts.fct_values.value is '数'",
    ],
)
def test_a_row_a_column_or_a_comment_makes_a_mart_another(home: Home, changed: str):
    first = version(home, "first")
    change(home, changed)
    second = version(home, "second", first)
    for query in (
        "select * from marts.fct_values",
        "select column_name, data_type, comment from duckdb_columns() where table_name = 'fct_values'",
        "select comment from duckdb_tables() where table_name = 'fct_values'",
    ):
        assert ask(second / "taizhang.duckdb", query) == ask(home.warehouse, query)


def test_a_mart_that_is_no_more_goes_from_the_database(home: Home):
    first = version(home, "first")
    change(home, "drop table marts.fct_values", "create table marts.fct_other as select 1 as x")
    second = version(home, "second", first)
    tables = ask(second / "taizhang.duckdb", "select table_name from duckdb_tables() order by 1")
    assert tables == [("dim_units",), ("fct_other",)]
    assert sorted(path.name for path in (second / "parquet").iterdir()) == ["dim_units", "fct_other"]


@pytest.mark.parametrize("file", ["taizhang.duckdb", "parquet/dim_units/all.parquet"])
def test_from_a_version_that_was_touched_nothing_is_taken(home: Home, file: str):
    first = version(home, "first")
    change(home, TURNED.format(table="fct_values"))
    (first / file).write_bytes((first / file).read_bytes() + b"x")
    second = version(home, "second", first)
    assert ask(second / "taizhang.duckdb", "select unit_id from marts.fct_values") == [("b",), ("a",)]
    assert not (second / file).read_bytes().endswith(b"x")


def test_of_a_mart_with_periods_only_those_that_changed_are_written_anew(home: Home):
    """The rows of other periods keep the order they had; a period may come, change or go, and rows may have none."""
    change(
        home,
        "create table marts.rpt_totals as select period, unit_id from"
        " (values ('2023-05'), ('2023-06'), ('2023-07'), (null)) as p (period),"
        " (values ('a'), ('b'), ('c')) as u (unit_id) order by period, unit_id",
    )
    first = version(home, "first")
    change(
        home,
        TURNED.format(table="rpt_totals"),
        "delete from marts.rpt_totals where period = '2023-05'",
        "update marts.rpt_totals set unit_id = 'd' where period is null and unit_id = 'c'",
        "insert into marts.rpt_totals values ('2023-08', 'a')",
    )
    second = version(home, "second", first)
    rows = ask(second / "taizhang.duckdb", "select period, unit_id from marts.rpt_totals")
    assert [row for row in rows if row[0] in ("2023-06", "2023-07")] == [
        *(("2023-06", unit) for unit in "abc"),
        *(("2023-07", unit) for unit in "abc"),
    ]
    assert sorted(unit for period, unit in rows if period is None) == ["a", "b", "d"]
    assert [row for row in rows if row[0] not in (None, "2023-06", "2023-07")] == [("2023-08", "a")]
    files = second / "parquet" / "rpt_totals"
    assert sorted(duckdb.execute("from read_parquet(?)", [f"{files}/*.parquet"]).fetchall(), key=str) == sorted(
        rows, key=str
    )
    assert sorted(path.stem for path in files.iterdir()) == ["2023-06", "2023-07", "2023-08", "no_period"]
    kept = Path("parquet", "rpt_totals", "2023-06.parquet")
    assert (second / kept).read_bytes() == (first / kept).read_bytes()


@pytest.mark.parametrize(
    ("change_of_size", "files"),
    [
        ("delete from marts.rpt_totals where period = '2023-06'", ["all"]),
        ("insert into marts.rpt_totals values ('2023-07', 'z')", ["2023-06", "2023-07"]),
    ],
)
def test_a_mart_that_passes_the_size_changes_its_files(home: Home, change_of_size: str, files: list[str]):
    """Six rows are divided, five are not: from six to three, from five to six; whatever stood before is gone."""
    rows = 6 if files == ["all"] else 5
    change(
        home,
        "create table marts.rpt_totals as select case when n % 2 = 0 then '2023-06' else '2023-07' end as period,"
        f" 'u' || n as unit_id from range({rows}) as t (n)",
    )
    first = version(home, "first", divided_from=6)
    change(home, change_of_size)
    second = version(home, "second", first, divided_from=6)
    folder = second / "parquet" / "rpt_totals"
    assert sorted(path.stem for path in folder.iterdir()) == files
    wanted = ask(home.warehouse, "select * from marts.rpt_totals order by all")
    assert ask(second / "taizhang.duckdb", "select * from marts.rpt_totals order by all") == wanted
    assert duckdb.execute("from read_parquet(?) order by all", [f"{folder}/*.parquet"]).fetchall() == wanted


@pytest.mark.parametrize("table", ["dim_units", "rpt_totals"])
def test_a_mart_that_lost_all_its_rows_is_empty(home: Home, table: str):
    change(home, "create table marts.rpt_totals as select '2023-05' as period, 1 as value")
    first = version(home, "first")
    change(home, f"delete from marts.{table}")
    second = version(home, "second", first)
    assert ask(second / "taizhang.duckdb", f"select count(*) from marts.{table}") == [(0,)]


WHOLE_MART = "create or replace table marts.dim_units as select md5({0} || '-' || range) as unit_id from range(100000)"
ONE_PERIOD = (
    "create table if not exists marts.rpt_totals as select range % 24 as period, '' as unit_id from range(240000);"
    " alter table marts.rpt_totals alter period type varchar;"
    " update marts.rpt_totals set unit_id = md5({0} || '-' || rowid) where {0} = 0 or period = '7'"
)


@pytest.mark.parametrize("night", [WHOLE_MART, ONE_PERIOD])
def test_the_database_does_not_grow_from_night_to_night(home: Home, night: str):
    """What a changed mart leaves free is used again the night after: never more than twice what one night holds."""
    change(home, night.format(0))
    last = first = version(home, "0")
    for number in range(1, 6):
        change(home, night.format(number))
        last = version(home, f"{number}", last)
        assert ask(last / "taizhang.duckdb", "select count(*) from marts.fct_values") == [(2,)]
    assert (last / "taizhang.duckdb").stat().st_size <= 2 * (first / "taizhang.duckdb").stat().st_size
