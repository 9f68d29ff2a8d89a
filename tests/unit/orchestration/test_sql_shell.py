"""Questions to the published marts: read-only, shut off, and harmless as a file."""

import csv
import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot, NothingPublishedError, published_snapshot
from orchestration.sql_shell import Answer, as_csv, ask, write_xlsx
from tests.published_city import publish_small_city


@pytest.fixture
def snapshot(tmp_path: Path) -> MartSnapshot:
    home = Home(tmp_path / "home")
    publish_small_city(home)
    return published_snapshot(home.published)


def test_marts_need_no_schema_name(snapshot: MartSnapshot) -> None:
    answer = ask(snapshot, "select unit_name from dim_units where valid_from = '2023-05-01' order by unit_position")
    assert (answer.columns, answer.rows) == (("unit_name",), [("海州街道",), ("兴海镇",), ("市应急局",)])


@pytest.mark.parametrize(
    "statement",
    [
        "delete from dim_units",
        "create table marts.x (a int)",
        "copy dim_units to '{folder}/x.csv'",
        "select * from read_text('{folder}/secret.txt')",
        "select * from '{folder}/secret.txt'",
        "attach '{folder}/other.duckdb'",
        "set enable_external_access = true",
        "install httpfs",
        "selct 1",
    ],
)
def test_a_query_can_neither_write_nor_leave_the_snapshot(
    snapshot: MartSnapshot, tmp_path: Path, statement: str
) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(PlainError, match="查询没有执行"):
        ask(snapshot, statement.format(folder=tmp_path))
    assert not (tmp_path / "x.csv").exists()


def test_without_a_snapshot_the_sentence_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NothingPublishedError, match="taizhang nightly"):
        published_snapshot(tmp_path)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-2", "'-2"),
        ("@x", "'@x"),
        ("＝1", "'＝1"),
        ("\tx", "'\tx"),
        ("海州", "海州"),
        ("", ""),
    ],
)
def test_text_in_a_csv_never_opens_like_a_formula(text: str, written: str) -> None:
    rows = list(csv.reader(io.StringIO(as_csv(Answer(("a",), [(text,)])).decode("utf-8-sig"))))
    assert rows == [["a"], [written]] or (not text and rows == [["a"], [""]])


def test_numbers_in_a_csv_stay_numbers_and_excel_is_told_the_encoding() -> None:
    content = as_csv(Answer(("数",), [(-2,), (None,)]))
    assert content == b"\xef\xbb\xbf" + '数\r\n-2\r\n""\r\n'.encode()


def test_a_workbook_holds_text_numbers_and_times_and_no_formula(tmp_path: Path) -> None:
    answer = Answer(("a", "b", "c", "d"), [("=1+1", 12.5, datetime(2023, 6, 25, 10, 30), None)])
    write_xlsx(answer, tmp_path / "answer.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "answer.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["a", "b", "c", "d"]
    assert [cell.value for cell in sheet[2]][:3] == ["=1+1", 12.5, datetime(2023, 6, 25, 10, 30)]
    assert sheet["A2"].data_type == "s"
