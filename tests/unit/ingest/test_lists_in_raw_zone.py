"""Lists and narratives from the inbox into the raw tables, through the worker: what SQL and nobody else will see."""

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.intake import IntakeReport, IntakeSettings, check_files, take_in
from tests.forms import as_docx, as_xlsx
from tests.list_forms import as_written, listed
from tests.unit.ingest.plain_forms import paths_of
from tests.unit.ingest.reading_lists import CAMPAIGNS, CHONGMING, DATES, PUTUO, form

SETTINGS = IntakeSettings(quiet_seconds=0)
NOW = datetime(2024, 5, 25, 1, 30)
STAMPED = {"unit": "区应急局", "filled_on": "2024年5月24日"}
TASKS = listed(
    form(PUTUO, "lead_tasks"),
    [{"number": 8, "lead_units": "区应急局、区总工会", "due": "11月", "status": "推进中", "progress": "甲"}],
    **STAMPED,
)
LIAISONS = listed(
    form(PUTUO, "liaison_list"),
    [
        {"unit": "区应急局", "person_name": "测试员甲", "post": "科长", "phone": "13800000000"},
        {"unit": "区应急局", "person_name": "测试员乙", "post": "科员", "phone": "不详"},
    ],
    unit="区应急局",
    filled_on="2024年3月22日",
)
TEXT = as_written(
    "区应急局治本攻坚三年行动工作开展情况", "亮点工作：2024年共检查12次。", "困难问题：无", "2024年5月24日"
)


def no_rules(campaign: object, parsed: object) -> tuple[()]:
    return ()


def take(home: Path, files: dict[str, bytes], now: datetime = NOW) -> IntakeReport:
    for name, content in files.items():
        path = home / "inbox" / PUTUO / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    campaigns = {PUTUO: CAMPAIGNS[PUTUO]}
    return take_in(paths_of(home), campaigns, {PUTUO: DATES[PUTUO]}, no_rules, now, settings=SETTINGS)


def rows(home: Path, table: str, columns: str) -> list[tuple[Any, ...]]:
    return duckdb.read_parquet(f"{home}/raw/{table}/*.parquet").project(columns).order("all").fetchall()


def test_every_cell_of_a_list_is_a_typed_row(tmp_path: Path) -> None:
    report = take(tmp_path, {"任务.docx": as_docx(TASKS)})
    assert [file.result for file in report.files] == ["accepted"]
    columns = "row_number, row_key, column_id, position, value_state, text_value, cast(date_value as varchar), cell_ref"
    assert rows(tmp_path, "list_cells", columns) == [
        (1, "PT2024-08", "due", 1, "value", "2024-11", "2024-11-30", "R3C3"),
        (1, "PT2024-08", "lead_units", 1, "value", "310107D10", None, "R3C4"),
        (1, "PT2024-08", "lead_units", 2, "value", "310107D24", None, "R3C4"),
        (1, "PT2024-08", "number", 1, "value", "PT2024-08", None, "R3C1"),
        (1, "PT2024-08", "progress", 1, "value", "甲", None, "R3C7"),
        (1, "PT2024-08", "status", 1, "value", "in_progress", None, "R3C6"),
    ]
    assert rows(tmp_path, "list_cells", "form_id, unit_id, period, raw_text, sheet_name")[0] == (
        "lead_tasks",
        "310107D10",
        "2024-05",
        "11月",
        "表格1",
    )


def test_people_are_kept_apart_and_named_in_no_other_table(tmp_path: Path) -> None:
    report = take(tmp_path, {"联络员.xlsx": as_xlsx(LIAISONS)}, datetime(2024, 3, 23, 1, 30))
    (reason,) = report.files[0].submissions[0].reasons
    assert (reason.rule_code, reason.source_cell) == ("RD-8-09", "Sheet1!D5")
    assert reason.message == "Sheet1!D5“联系电话”不是电话号码，请改正（个人信息，这里不显示内容）。"
    assert rows(tmp_path, "personal_cells", "row_number, row_key, column_id, text_value, cell_ref") == [
        (1, "310107D10", "person_name", "测试员甲", "B4"),
        (1, "310107D10", "phone", "13800000000", "D4"),
        (1, "310107D10", "post", "科长", "C4"),
        (2, "310107D10#2", "person_name", "测试员乙", "B5"),
        (2, "310107D10#2", "phone", "不详", "D5"),
        (2, "310107D10#2", "post", "科员", "C5"),
    ]
    elsewhere = {
        table: str(rows(tmp_path, table, "*")) for table in ("list_cells", "outcomes", "submissions", "receipts")
    }
    for said in ("测试员", "13800000000", "科长", "不详"):
        assert [table for table, text in elsewhere.items() if said in text] == []


def test_the_parts_of_a_narrative_come_with_their_lengths(tmp_path: Path) -> None:
    """2024年共检查12次。 is 12 characters; a word processor counts 2024 and 12 as one each; 。 is punctuation."""
    report = take(tmp_path, {"区应急局.docx": TEXT})
    assert [file.result for file in report.files] == ["accepted"]
    columns = "part_id, text_value, characters, words, without_punctuation, sheet_name, cell_ref"
    assert rows(tmp_path, "text_parts", columns) == [
        ("difficulties", "无", 1, 1, 1, "正文", "R3C1"),
        ("highlights", "2024年共检查12次。", 12, 8, 11, "正文", "R2C1"),
    ]


def test_a_list_copied_to_a_second_sheet_is_one_and_one_that_differs_is_refused(tmp_path: Path) -> None:
    other = listed(form(PUTUO, "lead_tasks"), [{"number": 8, "status": "已完成", "progress": "甲"}], **STAMPED)
    other.name = "改"
    copy = listed(
        form(PUTUO, "lead_tasks"),
        [{"number": "8", "lead_units": "区应急局\n区总工会", "due": "2024-11", "status": "进行中", "progress": "甲"}],
        **STAMPED,
        name="副本",
    )
    same = take(tmp_path / "one", {"任务.xlsx": as_xlsx(TASKS, copy)})
    assert [(file.result, len(file.submissions)) for file in same.files] == [("accepted", 1)]
    differs = take(tmp_path / "two", {"任务.xlsx": as_xlsx(TASKS, other)})
    assert [(file.result, len(file.submissions)) for file in differs.files] == [("quarantined", 2)]


@pytest.mark.parametrize(("campaign_id", "form_id"), [(PUTUO, "lead_tasks"), (CHONGMING, "accidents")])
def test_a_list_may_be_checked_before_it_is_sent(tmp_path: Path, campaign_id: str, form_id: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(as_xlsx(listed(form(campaign_id, form_id), [["本月无"]], **STAMPED)))
    campaigns, dates = {campaign_id: CAMPAIGNS[campaign_id]}, {campaign_id: DATES[campaign_id]}
    report = check_files([path], campaigns, dates, no_rules, NOW, campaign_id=campaign_id, settings=SETTINGS)
    (submission,) = report[0].submissions
    assert submission.form_id == form_id


def test_a_check_says_how_much_was_read(tmp_path: Path) -> None:
    (tmp_path / "任务.xlsx").write_bytes(as_xlsx(TASKS))
    (tmp_path / "情况.docx").write_bytes(TEXT)
    campaigns, dates = {PUTUO: CAMPAIGNS[PUTUO]}, {PUTUO: DATES[PUTUO]}
    files = sorted(tmp_path.iterdir())
    report = check_files(files, campaigns, dates, no_rules, NOW, campaign_id=PUTUO, settings=SETTINGS)
    assert [(s.form_id, s.rows, s.parts) for file in report for s in file.submissions] == [
        ("lead_tasks", 1, 0),
        ("lead_narrative", 0, 2),
    ]
