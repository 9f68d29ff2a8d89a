"""Registers of enterprises, risks and rescue resources (海城 五（三）) beside the hazard list.

A town fills in the blank forms of June, and sends July's with one risk reworded, one left out and one ended by a date.
A department sends none. Expected values were worked out by hand from ROWS.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import duckdb
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.home import Home
from orchestration.nightly import nightly
from tests.pipeline import cities
from tests.pipeline.cities import GUSHAN, Ask, at, published_rows
from tests.pipeline.test_nights_equal_a_full_build import differing_rows

CITY = "four_registers_2023"
TANK = {
    "企业名称": "甲化工厂",
    "风险部位": "液氨储罐区",
    "风险描述": "泄漏",
    "风险等级": "重大",
    "是否重大危险源": "是",
}
KILN = {
    "企业名称": "乙铸造厂",
    "风险部位": "熔炼炉",
    "风险描述": "高温熔融金属喷溅",
    "风险等级": "较大",
    "管控责任人": "测试员丁",
}
PRESS = {"企业名称": "丙机械厂", "风险部位": "冲压岗位", "风险描述": "机械伤害", "风险等级": "一般"}
TEAM = {"资源类别": "救援队伍", "资源名称": "镇消防队", "所属单位": "孤山镇", "人数": "12", "联系电话": "13800000000"}
WATCHED = {"企业名称": "甲化工厂", "行业领域": "危险化学品", "是否高危": "是", "主要负责人": "测试员丙"}
ROWS: Mapping[str, Mapping[int, Sequence[Mapping[str, str]]]] = {
    "enterprise_register": {6: [WATCHED]},
    "risk_register": {6: [TANK, KILN, PRESS], 7: [TANK | {"风险等级": "较大"}, KILN | {"消除日期": "2023-07-20"}]},
    "rescue_resource_register": {6: [TEAM]},
}


def send_register(home: Home, form_id: str, month: int, rows: Sequence[Mapping[str, str]]) -> None:
    """The form as `taizhang template` writes it, with these rows below its head (row 5), whatever it offered there."""
    out = home.root / "blank" / str(month)
    arguments = ["template", CITY, "--form", form_id, "--period", f"2023-{month:02}", "--unit", "孤山镇"]
    answer = CliRunner().invoke(app, [*arguments, "--out", str(out), "--home", str(home.root)])
    assert answer.exit_code == 0, answer.output
    (blank,) = out.glob(f"*{form_id}.xlsx")
    book = load_workbook(blank)
    sheet = book.worksheets[0]
    heads = {cell.value: cell for cell in sheet[5]}
    for cell in (cell for row in sheet.iter_rows(min_row=6) for cell in row):
        cell.value = None
    for number, row in enumerate(rows, start=1):
        for label, value in row.items():
            sheet.cell(5 + number, heads[label].column, value)
    target = home.inbox / CITY / f"2023-{month:02}" / blank.name
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("four_registers")).prepare()
    cities.add_campaign(home, CITY, "四库城市", "210395", [GUSHAN, cities.departments()[0]])
    for month in (6, 7):
        for form_id, sent in ROWS.items():
            if month in sent:
                send_register(home, form_id, month, sent[month])
        assert nightly(home, at(date(2023, month, 25))).failures == ()
    return home


@pytest.fixture(scope="module")
def ask(home: Home) -> Ask:
    return partial(published_rows, home)


def test_every_register_becomes_entries_with_their_history(ask: Ask) -> None:
    assert ask("select form_id, period, status, status_reason from marts.fct_submissions order by 1, 2") == [
        ("enterprise_register", "2023-06", "accepted", None),
        ("rescue_resource_register", "2023-06", "accepted", None),
        ("risk_register", "2023-06", "accepted", None),
        ("risk_register", "2023-07", "accepted", None),
    ]
    assert ask(
        "select subject, split_part(row_key, '|', 2) as named, version, first_period, is_current, is_gone, "
        "changed_columns, valid_to from marts.fct_register_entries order by 1, 2, 3"
    ) == [
        ("enterprise", "", 1, "2023-06", True, False, None, None),
        ("rescue_resource", "镇消防队", 1, "2023-06", True, False, None, None),
        ("risk", "冲压岗位", 1, "2023-06", False, True, None, None),
        ("risk", "液氨储罐区", 1, "2023-06", False, False, None, None),
        ("risk", "液氨储罐区", 2, "2023-07", True, False, "风险等级", None),
        ("risk", "熔炼炉", 1, "2023-06", False, False, None, None),
        ("risk", "熔炼炉", 2, "2023-07", True, False, "消除日期", date(2023, 7, 20)),
    ]


def test_the_form_of_the_next_month_offers_what_the_last_one_said(home: Home) -> None:
    sheet = load_workbook(home.root / "blank" / "7" / "孤山镇_2023-07_risk_register.xlsx").worksheets[0]
    assert {row[3] for row in sheet.iter_rows(min_row=6, max_row=8, values_only=True)} == {
        "液氨储罐区",
        "熔炼炉",
        "冲压岗位",
    }


def test_a_risk_that_is_left_out_is_asked_about(ask: Ask) -> None:
    assert ask("select period, message from marts.fct_rule_outcomes where rule_code = 'RG-2-01'") == [
        (
            "2023-07",
            "“丙机械厂|冲压岗位|机械伤害”在 2023-06 的台账中有，本期没有列。"
            "已停用、移出或消除的，请保留该行并填日期；漏列的，请补报。",
        )
    ]


def test_nobody_owes_a_register(ask: Ask) -> None:
    assert (
        ask("select timeliness, count(*) from marts.fct_report_timeliness where form_id like '%_register' group by all")
        == []
    )


def test_names_and_telephones_stay_in_the_restricted_tables(home: Home, ask: Ask) -> None:
    tables = [name for (name,) in ask("select table_name from duckdb_tables()")]
    said = {name: str(ask(f"from marts.{name}")) for name in tables}
    assert [name for name, text in said.items() if "测试员" in text or "13800000000" in text] == []
    stored = f"select column_id, text_value from '{home.raw}/personal_cells/*.parquet' where column_id <> 'phone'"
    assert set(duckdb.sql(stored).fetchall()) == {("person_in_charge", "测试员丙"), ("person_in_charge", "测试员丁")}


def test_the_unit_summary_prints_the_registers(home: Home) -> None:
    arguments = ["report", CITY, "--period", "2023-07", "--kind", "unit_summary", "--home", str(home.root)]
    answer = CliRunner().invoke(app, arguments)
    assert answer.exit_code == 0, answer.output
    (book,) = (home.reports / CITY / "2023-07").glob("*单位情况*.xlsx")
    printed = {str(cell) for sheet in load_workbook(book) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"甲化工厂", "液氨储罐区", "镇消防队", "救援队伍", "较大"} <= printed and "丙机械厂" not in printed


def test_a_build_from_nothing_makes_the_same_rows(home: Home) -> None:
    assert {name: rows for name, rows in differing_rows(home, at(date(2023, 7, 25))).items() if rows} == {}
