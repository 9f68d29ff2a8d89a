"""The task lists that two enterprises set themselves, after they have merged: the one that stands for them answers.

Belongs here: own task lists over a change of units, from files to facts and to the next month's form. Does not belong
here: figures (test_changed_units.py), tasks of the governing document (test_how_to_add_a_campaign.py).
"""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from campaigns.model import Campaign
from orchestration.form_templates import write_templates
from orchestration.home import Home
from orchestration.nightly import nightly
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline.cities import Ask, at, published_rows, take_in
from tests.unit.campaigns.copied_campaigns import add_lines, copy_of, replace

CAMPAIGN = "merged_soe_2024"
FIRST, SECOND, MERGED = "310113E01", "310113E02", "310113E07"
NAMES = {FIRST: "区属企业甲（虚构）", SECOND: "区属企业乙（虚构）", MERGED: "区属企业庚（虚构）"}
SHARED, OTHER = "完善制度", "装护栏"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Both list the same task in April, the second one more; they merge on 1 June, and June's form is the new one's."""
    home = Home(tmp_path_factory.mktemp("merged")).prepare()
    folder = copy_of("baoshan_soe_2024", home.campaign_folder).rename(home.campaign_folder / CAMPAIGN)
    replace(folder / "campaign.yml", "campaign_id: baoshan_soe_2024", f"campaign_id: {CAMPAIGN}")
    for unit_id in (FIRST, SECOND):
        old = f"{NAMES[unit_id].removesuffix('（虚构）')}|企业{NAMES[unit_id][4]}（虚构）,2024-03-29,,"
        replace(folder / "units.csv", old, f"{old[:-1]}2024-06-01,")
    add_lines(folder / "units.csv", f"{MERGED},{NAMES[MERGED]},区管企业,city_level,8,,2024-06-01,,虚构：测试,general")
    change = f"{{change_id: merged, kind: merger, on: 2024-06-01, before: [{FIRST}, {SECOND}], after: [{MERGED}]"
    add_lines(folder / "campaign.yml", "unit_changes:", f"  - {change}, clause: 虚构：测试}}")
    shared = {"number": 1, "goal": SHARED, "lead_units": "安全部", "due": "2024年6月"}
    other = {"number": 2, "goal": OTHER, "lead_units": "工程部", "due": "2024年9月"}
    send(home, FIRST, "task_list", "2024年4月", "2024年4月28日", [shared])
    send(home, SECOND, "task_list", "2024年4月", "2024年4月28日", [shared, other])
    send(home, FIRST, "task_progress", "2024年5月", "2024年5月17日", [{**shared, "status": "推进中", "progress": "甲"}])
    take_in(home, at(date(2024, 5, 18)), at(date(2024, 5, 18)))
    send(
        home, MERGED, "task_progress", "2024年6月", "2024年6月18日", [{**shared, "status": "已完成", "progress": "庚"}]
    )
    assert nightly(home, at(date(2024, 6, 20))).failures == ()
    return home


def send(home: Home, unit_id: str, form_id: str, period: str, filled_on: str, rows: list[dict[str, Any]]) -> None:
    form = campaign_of(home).form(form_id)
    target = home.inbox / CAMPAIGN / f"{unit_id}-{form_id}.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(listed(form, rows, unit=NAMES[unit_id], period=period, filled_on=filled_on)))


def campaign_of(home: Home) -> Campaign:
    return home.campaigns()[CAMPAIGN]


@pytest.fixture(scope="module")
def ask(home: Home) -> Ask:
    return partial(published_rows, home)


def test_the_tasks_are_those_of_the_new_enterprise_and_equal_ones_are_one(ask: Ask) -> None:
    assert ask("select goal, owner_unit_id, due_on from dim_tasks where list_id = 'own' order by goal desc") == [
        (OTHER, MERGED, date(2024, 9, 30)),
        (SHARED, MERGED, date(2024, 6, 30)),
    ]
    units = "select unit_id, valid_from, valid_to from dim_task_units inner join dim_tasks using (campaign_id, task_id)"
    start, change = date(2024, 3, 29), date(2024, 6, 1)
    assert ask(f"{units} where goal = '{OTHER}' order by unit_id") == [
        (SECOND, start, change),
        (MERGED, change, None),
    ]


def test_until_the_change_each_answers_for_its_own_and_from_then_on_the_new_one_for_both(ask: Ask) -> None:
    query = """
        select progress.period, progress.unit_id, tasks.goal, progress.is_owed, progress.role, progress.status
        from fct_task_progress as progress inner join dim_tasks as tasks using (campaign_id, task_id)
        where progress.list_id = 'own' order by 1, 2, tasks.goal desc
    """
    assert ask(query) == [
        ("2024-05", FIRST, SHARED, True, "lead", "in_progress"),
        ("2024-05", SECOND, OTHER, True, "lead", "not_received"),
        ("2024-05", SECOND, SHARED, True, "lead", "not_received"),
        ("2024-06", MERGED, OTHER, True, "lead", "omitted"),
        ("2024-06", MERGED, SHARED, True, "lead", "done"),
    ]


def test_the_next_form_of_the_new_enterprise_holds_both_tasks(home: Home, tmp_path: Path) -> None:
    campaign = campaign_of(home)
    form = campaign.form("task_progress")
    [path] = write_templates(home, campaign, form, tmp_path, unit=MERGED, period="2024-07")
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert [[sheet.cell(row, column).value for column in (1, 2)] for row in (6, 7, 8)] == [
        ["1", SHARED],
        ["2", OTHER],
        [None, None],
    ]
