import hashlib
import json
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from campaigns.vocabulary import OutputKind
from orchestration.building.publish import (
    KEPT_VERSIONS,
    PublishError,
    begin_version,
    publish,
    release,
    sweep,
    version_in_force,
    write_published_marts,
)
from orchestration.building.warehouse import BuildResult
from orchestration.home import Home
from orchestration.report_orders import ReportOrder
from orchestration.reported_versions import note_version, version_of_report

NIGHT = datetime(2023, 6, 26, 1, 30)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    with duckdb.connect(str(home.warehouse)) as build:
        build.execute("create schema marts")
        build.execute("create schema restricted")
        build.execute("create table marts.dim_units as select '210381001' as unit_id, '海州街道' as unit_name")
        build.execute("comment on table marts.dim_units is '每个填报单位一行，含''引号''、$$ 和\n换行'")
        build.execute("comment on column marts.dim_units.unit_name is '填报单位名称'")
        build.execute("create table marts.rpt_empty (unit_id text)")
        build.execute("create table restricted.stg_submissions__signatures as select '某某' as filler")
        build.execute("create table main.scratch as select 1 as x")
    return home


def built(**changes) -> BuildResult:
    facts = {"row_counts": {"dim_units": 1, "rpt_empty": 0}, "failures": (), **changes}
    return BuildResult(as_of=NIGHT, rule_counts={}, proofs=(), warnings=(), legs=(), **facts)


def publish_marts(home: Home, now: datetime = NIGHT) -> Path:
    """A release without the documents, which need dbt."""
    folder = begin_version(home, now)
    return release(home, folder, built(), write_published_marts(home, folder), now)


def test_only_the_marts_leave_the_house(home: Home):
    with duckdb.connect(str(publish_marts(home) / "taizhang.duckdb"), read_only=True) as published:
        tables = published.execute("select schema_name, table_name from duckdb_tables() order by all").fetchall()
    assert tables == [("marts", "dim_units"), ("marts", "rpt_empty")]


def test_comments_go_with_the_tables(home: Home):
    with duckdb.connect(str(publish_marts(home) / "taizhang.duckdb"), read_only=True) as published:
        table = published.execute("select comment from duckdb_tables() where table_name = 'dim_units'").fetchall()
        columns = published.execute(
            "select column_name, comment from duckdb_columns() where table_name = 'dim_units' order by 1"
        ).fetchall()
    assert table == [("每个填报单位一行，含'引号'、$$ 和\n换行",)]
    assert columns == [("unit_id", None), ("unit_name", "填报单位名称")]


def test_the_database_is_written_in_the_format_that_older_duckdb_opens(home: Home):
    content = (publish_marts(home) / "taizhang.duckdb").read_bytes()
    assert content[8:12] == b"DUCK"
    assert int.from_bytes(content[12:20], "little") == 67  # 1.4 reads 64 to 67; DuckDB 2.0 writes 999 by itself


def test_every_mart_is_a_parquet_file_too_also_an_empty_one(home: Home):
    folder = publish_marts(home) / "parquet"
    assert sorted(path.name for path in folder.iterdir()) == ["dim_units", "rpt_empty"]
    assert duckdb.execute("select count(*) from read_parquet(?)", [f"{folder}/rpt_empty/*.parquet"]).fetchall() == [
        (0,)
    ]
    assert duckdb.execute("select unit_name from read_parquet(?)", [f"{folder}/dim_units/*.parquet"]).fetchall() == [
        ("海州街道",)
    ]


def test_current_points_to_the_new_version_and_says_what_it_holds(home: Home):
    finished = publish_marts(home)
    facts = json.loads(home.current_pointer.read_text())
    assert home.current.resolve() == finished.resolve() == (home.published / "20230626T013000").resolve()
    assert facts == json.loads((finished / "snapshot.json").read_text())
    assert (facts["version"], facts["as_of"]) == ("20230626T013000", "2023-06-26T01:30:00")
    assert facts["rows"] == {"dim_units": 1, "rpt_empty": 0}
    assert facts["files"].keys() == {
        "taizhang.duckdb",
        "parquet/dim_units/all.parquet",
        "parquet/rpt_empty/all.parquet",
    }
    assert facts["files"]["taizhang.duckdb"] == hashlib.sha256((finished / "taizhang.duckdb").read_bytes()).hexdigest()


def test_an_open_reader_keeps_its_version(home: Home):
    publish_marts(home)
    with duckdb.connect(str(home.current.resolve() / "taizhang.duckdb"), read_only=True) as reader:
        with duckdb.connect(str(home.warehouse)) as build:
            build.execute("insert into marts.dim_units values ('210381002', '兴海街道')")
        publish_marts(home, NIGHT + timedelta(days=1))
        assert reader.execute("select count(*) from marts.dim_units").fetchall() == [(1,)]
    with duckdb.connect(str(home.current.resolve() / "taizhang.duckdb"), read_only=True) as reader:
        assert reader.execute("select count(*) from marts.dim_units").fetchall() == [(2,)]


def test_two_versions_of_one_moment_have_two_names(home: Home):
    names = [publish_marts(home).name for _ in range(3)]
    assert names == ["20230626T013000", "20230626T013000-02", "20230626T013000-03"]
    assert version_in_force(home.published).name == "20230626T013000-03"


def test_the_last_versions_stay_and_the_current_one_always(home: Home):
    names = [publish_marts(home, NIGHT + timedelta(days=day)).name for day in range(KEPT_VERSIONS + 2)]
    kept = sorted(path.name for path in home.published.iterdir() if (path / "snapshot.json").is_file())
    assert kept == sorted([*names[-KEPT_VERSIONS:], "current"])


def test_the_versions_of_a_form_s_last_two_reports_stay_too(home: Home):
    """Months apart, with more nights between them than are kept: June's, July's, and when August's comes, July's."""

    def handed_in(period: str, version: Path) -> None:
        note_version(home, ReportOrder("c", OutputKind.CONSOLIDATED, "f", period), version)

    nights = (NIGHT + timedelta(days=day) for day in range(100))
    june = publish_marts(home, next(nights))
    handed_in("2023-06", june)
    others = [publish_marts(home, next(nights)) for _ in range(KEPT_VERSIONS)]
    assert version_of_report(home, "c", "f", "2023-06") == june
    handed_in("2023-07", others[-1])
    handed_in("2023-08", publish_marts(home, next(nights)))
    publish_marts(home, next(nights))
    assert not june.exists()
    assert version_of_report(home, "c", "f", "2023-06") is None
    assert version_of_report(home, "c", "f", "2023-07") == others[-1]


def test_without_a_link_the_pointer_tells_the_version(home: Home):
    finished = publish_marts(home)
    home.current.unlink()
    assert version_in_force(home.published) == finished


def test_what_a_killed_publish_left_is_swept(home: Home):
    finished = publish_marts(home)
    half = begin_version(home, NIGHT + timedelta(days=1))
    (half / "taizhang.duckdb").write_bytes(b"half")
    (home.published / ".next-x").symlink_to("nowhere")
    sweep(home)
    assert sorted(path.name for path in home.published.iterdir()) == [finished.name, "current", "current.json"]


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (built(failures=("totals_agree：核对 35 项，1 项不符",)), "上一版继续有效：totals_agree"),
        (built(row_counts={}), "还没有构建"),
    ],
)
def test_a_build_that_proved_nothing_is_not_published(home: Home, result: BuildResult, sentence: str):
    before = publish_marts(home)
    with pytest.raises(PublishError, match=sentence):
        publish(home, result, NIGHT + timedelta(days=1))
    assert version_in_force(home.published) == before
