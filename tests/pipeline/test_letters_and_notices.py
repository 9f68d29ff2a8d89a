"""Supervision letters, notices and who was told, from two months' lists of a department to facts, questions and traces.

Every expected value was worked out by hand from the lists below, whose columns stand in the order of COLUMNS (A to O;
the first line is row 4). A line at the bound of each rule stands beside the ones that break it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from campaigns.load import load_campaign
from orchestration.building import kept_build
from orchestration.cli import app
from orchestration.home import Home
from orchestration.nightly import nightly
from orchestration.restating.compared_nights import compared_nights
from orchestration.restating.row_restatement import restated_rows
from orchestration.restating.row_wording import called_in, row_in_words
from orchestration.snapshot import published_snapshot
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline.cities import Ask, at, published_rows
from tests.pipeline.test_nights_equal_a_full_build import differing_rows

PUTUO = load_campaign("putuo_2024_2026")
BUREAU = "区应急局"
NAMES = ("壬测试", "癸测试")
COLUMNS = [
    *("hazard_number", "enterprise", "hazard", "level", "source", "found_on", "supervised_by", "supervision_number"),
    *("supervised_on", "notified_role", "notified_person", "notified_on", "rectified_on", "closed_on"),
    "signed_off_by",
]


def line(number: str, enterprise: str, hazard: str, **more: str) -> Mapping[str, str]:
    found = {"level": "重大", "source": "督导检查发现", "found_on": "2024-05-02"}
    return {"hazard_number": number, "enterprise": enterprise, "hazard": hazard, **found, **more}


LETTER = {"supervised_by": "区安委办", "supervision_number": "虚构督函〔2024〕7号"}
DONE = {"rectified_on": "2024-05-08", "closed_on": "2024-05-10", "signed_off_by": BUREAU}
FIRST = line(
    "PT-1", "甲厂", "风管积尘",
    found_on="2024-04-02", notified_on="2024-04-03", notified_role="主要负责人", notified_person=NAMES[0],
)  # fmt: skip
MAY = [
    FIRST | LETTER | {"supervised_on": "2024-05-06"},
    line("PT-2", "乙厂", "出口上锁", **LETTER, supervised_on="2024-05-01"),
    line("PT-3", "丙厂", "无证上岗", **DONE, notified_on="2024-05-11", notified_role="实际控制人"),
    line("PT-4", "丁厂", "氨罐无报警", **LETTER),
    line("PT-5", "戊厂", "天窗未封闭", notified_on="2024-05-03"),
    line("PT-6", "己厂", "护栏缺失", notified_role="主要负责人、实际控制人", notified_person=NAMES[1]),
    line(
        "PT-7", "庚厂", "电缆裸露",
        **LETTER, **DONE, supervised_on="2024-05-02", notified_on="2024-05-10", notified_person=NAMES[1],
    ),
    line(
        "PT-8", "辛厂", "井口无盖",
        **LETTER, supervised_on="2024-05-26", notified_on="2024-05-25", notified_role="主要负责人",
    ),
]  # fmt: skip


def send_list(home: Home, month: int, rows: list[Mapping[str, Any]]) -> None:
    table = listed(PUTUO.form("hazard_list"), rows, columns=COLUMNS, unit=BUREAU, filled_on=f"2024年{month}月24日")
    target = home.inbox / PUTUO.campaign_id / f"应急局{month}月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(table))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("letters")).prepare()
    send_list(home, 4, [FIRST])
    assert nightly(home, at(date(2024, 4, 25))).failures == ()
    send_list(home, 5, MAY)
    assert nightly(home, at(date(2024, 5, 25))).failures == ()
    return home


@pytest.fixture(scope="module")
def ask(home: Home) -> Ask:
    return partial(published_rows, home)


def test_a_letter_and_a_notice_are_events_with_their_cells_and_leave_the_status(ask: Ask) -> None:
    assert ask(
        "select e.event, e.event_on, e.actor, e.addressee, e.source_cell, h.status from marts.fct_hazard_events e "
        "inner join marts.fct_hazards h using (campaign_id, hazard_id) where h.hazard_number = 'PT-1' "
        "order by e.event_number"
    ) == [
        ("found", date(2024, 4, 2), None, None, "Sheet1!F4", "open"),
        ("notified", date(2024, 4, 3), None, "principal", "Sheet1!L4", "open"),
        ("supervised", date(2024, 5, 6), "区安委办", None, "Sheet1!I4", "open"),
    ]


def test_the_hazard_says_which_letter_came_and_who_was_told(ask: Ask) -> None:
    assert ask(
        "select hazard_number, supervised_by, supervision_number, supervised_on, notified_role, has_notified_person, "
        "notified_on from marts.fct_hazards where hazard_number in ('PT-1', 'PT-4', 'PT-6') order by 1"
    ) == [
        ("PT-1", "区安委办", "虚构督函〔2024〕7号", date(2024, 5, 6), "principal", True, date(2024, 4, 3)),
        ("PT-4", "区安委办", "虚构督函〔2024〕7号", None, None, False, None),
        ("PT-6", None, None, None, "both", True, None),
    ]


def test_what_cannot_be_is_asked_about_once_with_its_cell(ask: Ask) -> None:
    """PT-7 is in order: a letter on the day of finding, a notice on the day of closing, to somebody by name."""
    assert ask(
        "select rule_code, source_cell, message from marts.fct_rule_outcomes where rule_code like 'HL-%' order by all"
    ) == [
        ("HL-2-08", "Sheet1!I5", "乙厂：“函告日期”2024-05-01 早于“发现日期”2024-05-02。请核对后改正。"),
        ("HL-2-08", "Sheet1!N6", "丙厂：“销号日期”2024-05-10 早于“通知日期”2024-05-11。请核对后改正。"),
        ("HL-2-10", "Sheet1!I11", "辛厂：“函告日期”2024-05-26 晚于收到清单的日子 2024-05-25。请核对后改正。"),
        ("HL-2-11", "Sheet1!H7", "丁厂：填了“督办（交办）函文号”，没有填“函告日期”。请补填或改正。"),
        ("HL-2-11", "Sheet1!J9", "己厂：填了“通知对象”，没有填“通知日期”。请补填或改正。"),
        ("HL-2-11", "Sheet1!L8", "戊厂：填了“通知日期”，没有填“通知对象”。请补填或改正。"),
    ]


def test_names_stay_in_the_restricted_tables(home: Home, ask: Ask) -> None:
    tables = [name for (name,) in ask("select table_name from duckdb_tables()")]
    assert [(name, said) for name in tables for said in NAMES if said in str(ask(f"from marts.{name}"))] == []
    query = f"from '{home.raw}/personal_cells/*.parquet' select distinct column_id, text_value order by all"
    assert duckdb.sql(query).fetchall() == [("notified_person", name) for name in sorted(NAMES)]
    lines = str(duckdb.sql(f"from '{home.raw}/hazard_lines/*.parquet'").fetchall())
    assert [name for name in NAMES if name in lines] == []


def test_a_trace_says_whom_a_notice_reached(home: Home) -> None:
    arguments = ["trace", PUTUO.campaign_id, "--hazard", "PT-1", "--home", str(home.root)]
    said = CliRunner().invoke(app, arguments)
    assert "通知到人（主要负责人）" in said.output and "督办函告" in said.output
    events = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).output)["events"]
    assert [(event["event"], event["addressee"]) for event in events] == [
        ("found", None),
        ("notified", "principal"),
        ("supervised", None),
    ]


def test_a_letter_that_came_since_the_night_before_is_restated(home: Home) -> None:
    rows = restated_rows(compared_nights(home, None, None), PUTUO.campaign_id)
    told = [row_in_words(row, called_in(PUTUO)) for row in rows if row.fact == "hazard_event"]
    assert [(row.row_name, row.change, row.source_cell) for row in told] == [
        ("PT-1 甲厂 督办函告", "新增", "Sheet1!I4")
    ]


def test_a_list_sent_again_moves_its_letter_in_a_night_that_goes_on_from_the_last(home: Home) -> None:
    """PT-1's letter was of the 7th, PT-4's of the 9th; a build from nothing makes the same rows.

    The last test of this home, in which it runs one more night: a copy would not go on.
    """
    now = at(date(2024, 5, 27))
    changed = {0: "2024-05-07", 3: "2024-05-09"}
    send_list(home, 5, [row | {"supervised_on": changed[n]} if n in changed else row for n, row in enumerate(MAY)])
    assert nightly(home, now).failures == ()
    assert '"begun_on": "2024-05-25"' in (home.build / kept_build.NOTE).read_text("utf-8")
    letters = published_snapshot(home.published).rows(
        "select hazard_number, event_on from fct_hazard_events inner join fct_hazards using (campaign_id, hazard_id) "
        "where event = 'supervised' and hazard_number in ('PT-1', 'PT-4') order by 1"
    )
    assert [tuple(row.values()) for row in letters] == [("PT-1", date(2024, 5, 7)), ("PT-4", date(2024, 5, 9))]
    assert {name: rows for name, rows in differing_rows(home, now).items() if rows} == {}
