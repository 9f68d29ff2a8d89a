"""Lists and narratives from the files people send to the marts: one home, three days of receipt, one build.

Belongs here: that reader and models mean the same. Each of them has its own, closer tests.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from orchestration.campaign_tables import store_campaigns
from orchestration.hazard_links import write_hazard_links
from orchestration.home import Home
from tests.forms import Table, as_csv, as_docx, as_xls, as_xlsx
from tests.list_forms import as_written, listed
from tests.pipeline.cities import take_in
from tests.pipeline.hand_made_rows import write_no_gate2_outcomes
from tests.pipeline.test_models_on_hand_made_rows import Warehouse
from tests.unit.ingest.reading_lists import BAOSHAN, PUTUO, form

BUREAU, COMPANY = "310107D10", "310113E01"
MARCH = {"unit": "区应急局", "filled_on": "2024年3月22日"}
APRIL = {"unit": "区应急局", "filled_on": "2024年4月24日"}
MAY = {"unit": "区应急局", "filled_on": "2024年5月24日"}
COMPANY_APRIL = {"unit": "区属企业甲", "filled_on": "2024年4月25日"}
COMPANY_MAY = {"unit": "区属企业甲", "filled_on": "2024年5月18日"}


def put(home: Home, campaign_id: str, name: str, content: bytes) -> None:
    path = home.inbox / campaign_id / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def tasks(rows: list[dict[str, object]], stamped: dict[str, str]) -> Table:
    return listed(form(PUTUO, "lead_tasks"), rows, **stamped)


def march(home: Home) -> None:
    person = {"unit": "区应急局", "person_name": "测试员甲", "post": "科长", "phone": "13800000000"}
    put(home, PUTUO, "联络员.xlsx", as_xlsx(listed(form(PUTUO, "liaison_list"), [person], **MARCH)))


def april(home: Home) -> None:
    done = [
        {"number": 8, "status": "已完成", "progress": "已开展"},
        {"number": 9, "status": "推进中", "progress": "甲"},
    ]
    put(home, PUTUO, "任务4月.docx", as_docx(tasks(done, APRIL)))
    plan = [{"number": 1, "goal": "更换老旧配电箱。", "lead_units": "工程部", "due": "4月"}]
    put(home, BAOSHAN, "清单.xlsx", as_xlsx(listed(form(BAOSHAN, "task_list"), plan, **COMPANY_APRIL)))


def may(home: Home) -> None:
    put(home, PUTUO, "任务5月.xlsx", as_xlsx(tasks([
        {"number": 8, "status": "推进中", "progress": "尚未完成", "evidence": "简报"},
        {"number": "第9项", "status": "完成", "progress": "乙"},
        {"number": 99, "status": "已完成", "progress": "丙"},
    ], MAY)))  # fmt: skip
    text = [
        "区应急局治本攻坚三年行动工作开展情况",
        "亮点工作：检查12次。",
        "困难问题：无",
        "整改计划：继续。",
        "2024年5月24日",
    ]
    put(home, PUTUO, "情况5月.docx", as_written(*text))
    accidents = [
        {"accident_number": "SG-1", "occurred_on": "5.3", "place": "长风新村", "grade": "一般", "deaths": "1人"}
    ]
    put(home, PUTUO, "事故.csv", as_csv(listed(form(PUTUO, "accidents"), accidents, **MAY)))
    own = [{"number": 7, "goal": "更换老旧配电箱", "status": "推进中", "progress": "甲"}]
    put(home, BAOSHAN, "完成情况.xls", as_xls(listed(form(BAOSHAN, "task_progress"), own, **COMPANY_MAY)))
    led = [{"held_on": "5月6日", "event": "带队检查", "led_by": "董事长", "site_name": "一号仓库", "hazards_found": 3}]
    put(home, BAOSHAN, "检查.xlsx", as_xlsx(listed(form(BAOSHAN, "inspections"), led, **COMPANY_MAY)))
    site = [{"site_name": "一号仓库", "address": "某路1号", "use": "自营", "area": 86.5}]
    put(home, BAOSHAN, "网点.xlsx", as_xlsx(listed(form(BAOSHAN, "site_register"), site, **COMPANY_MAY)))


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The night of 1 June 2024 on two campaigns."""
    folder: Path = tmp_path_factory.mktemp("lists_from_files")
    home = Home(folder).prepare()
    for send, received_at in (
        (march, datetime(2024, 3, 23, 9)),
        (april, datetime(2024, 4, 26, 9)),
        (may, datetime(2024, 5, 25, 9)),
    ):
        send(home)
        take_in(home, received_at, received_at)
    now = datetime(2024, 6, 1, 1, 30)
    campaigns = {key: campaign for key, campaign in home.campaigns().items() if key in (PUTUO, BAOSHAN)}
    store_campaigns(home, campaigns, now)
    write_no_gate2_outcomes(folder)
    write_hazard_links(home, now)
    warehouse = Warehouse(folder)
    warehouse.build("2024-06-01 01:30:00", "--exclude-resource-type", "unit_test")
    return warehouse


def test_every_file_was_accepted(june: Warehouse) -> None:
    assert june.ask("select status, count(*) from fct_submissions group by all") == [("accepted", 9)]


def test_progress_on_listed_and_own_tasks_stands_under_one_task_from_month_to_month(june: Warehouse) -> None:
    query = f"""
        select period, task_id, status, previous_status, is_backwards, is_overdue, evidence, source_cell
        from fct_task_progress where unit_id = '{BUREAU}' and task_id in ('PT2024-08', 'PT2024-09') order by 1, 2
    """
    assert june.ask(query) == [
        ("2024-04", "PT2024-08", "done", None, False, False, None, "表格1!R3C6"),
        ("2024-04", "PT2024-09", "in_progress", None, False, False, None, "表格1!R4C6"),
        ("2024-05", "PT2024-08", "in_progress", "done", True, False, "简报", "Sheet1!F4"),
        ("2024-05", "PT2024-09", "done", "in_progress", False, False, None, "Sheet1!F5"),
    ]
    own = f"""
        select tasks.goal, tasks.due_on, progress.period, progress.status, progress.is_overdue
        from fct_task_progress as progress inner join dim_tasks as tasks using (campaign_id, task_id)
        where progress.unit_id = '{COMPANY}' and progress.status = 'in_progress'
    """
    assert june.ask(own) == [("更换老旧配电箱", date(2024, 4, 30), "2024-05", "in_progress", True)]


def test_a_narrative_is_measured_and_its_missing_part_named(june: Warehouse) -> None:
    """检查12次。 is 6 characters, 无 1, 继续。 3; a word processor counts 12 as one; two full stops are punctuation."""
    lengths = "characters, words, without_punctuation"
    query = f"select unit_id, period, parts_found, missing_parts, {lengths} from fct_narratives"
    assert june.ask(query) == [(BUREAU, "2024-05", 3, "重大隐患情况", 10, 9, 8)]


def test_accidents_inspections_and_registers_are_counted(june: Warehouse) -> None:
    accidents = "select accident_number, occurred_on, place_unit_id, grade, deaths, source_cell from fct_accidents"
    assert june.ask(accidents) == [("SG-1", date(2024, 5, 3), "310107014", "general", 1, "CSV!R4C2")]
    led = f"select event, done_count from fct_inspections where unit_id = '{COMPANY}' and done_count > 0"
    assert june.ask(led) == [("leader_inspection", 1)]
    sites = "select unit_id, row_key, last_period, is_current from fct_register_entries where subject = 'site'"
    assert june.ask(sites) == [(COMPANY, "一号仓库|某路1号", "2024", True)]


def test_what_could_not_be_taken_is_a_question_to_its_sender(june: Warehouse) -> None:
    query = """
        select rule_code, rule_class, unit_id, period, source_cell from fct_rule_outcomes
        where outcome = 'fail' and rule_class <> 'advisory' order by 1, 2, 3
    """
    asked = june.ask(query)
    assert ("RD-8-12", "verification", BUREAU, "2024-05", "Sheet1!A6") in asked
    assert ("RD-9-02", "verification", BUREAU, "2024-05", None) in [(*row[:4], row[4] or None) for row in asked]


def test_people_stand_in_the_restricted_schema_alone(june: Warehouse) -> None:
    assert june.ask("select count(*) from marts.fct_submissions where form_id = 'liaison_list'") == [(1,)]
    all_tables = "select table_schema, table_name from information_schema.tables where table_schema <> 'restricted'"
    tables = june.ask(all_tables)
    holding = [
        f"{schema}.{name}"
        for schema, name in tables
        if "测试员甲" in str(june.ask(f'select * from "{schema}"."{name}"'))
    ]
    assert [name for name in holding if "signatures" not in name and "personal" not in name] == []
