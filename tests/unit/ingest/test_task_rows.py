"""Rows of task tables: what a cell, a number or a unit in them says, and what the clerk is asked."""

import pytest

from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.lead_tasks import EMERGENCY_BUREAU, LEAD_TASKS, UNIONS
from tests.unit.ingest.reading_lists import (
    BAOSHAN,
    CAMPAIGNS,
    CHONGMING,
    PUTUO,
    blamed,
    codes,
    column,
    form,
    keys,
    parse_one,
    rows,
    sentence,
)


def test_what_cannot_be_taken_costs_its_cell_and_not_its_row() -> None:
    body = [
        {"number": 99, "status": "已完成", "progress": "甲"},
        {"number": 8, "status": "基本完成", "progress": "乙", "due": "尽快"},
        {"number": 9, "progress": "丙", "lead_units": "区应急局、外星局"},
    ]
    submission = parse_one(PUTUO, as_xlsx(listed(LEAD_TASKS, body, unit="区应急局", filled_on="2024年5月24日")))
    assert rows(submission) == [
        {"number": "unreadable", "status": "done", "progress": "甲"},
        {"number": "PT2024-08", "status": "unreadable", "progress": "乙", "due": "unreadable"},
        {"number": "PT2024-09", "progress": "丙", "lead_units": f"{EMERGENCY_BUREAU},unreadable"},
    ]
    assert keys(submission)[0] == "99"
    assert submission.quarantined is False
    assert [problem.rule_class.value for problem in submission.problems] == ["verification"] * 5
    assert sentence(submission, "RD-8-12") == (
        "Sheet1!A4“序号”写的是“99”，清单里没有这个序号（1 至 35）；这一行已保留，没有计入任何任务，请核对。"
    )
    assert blamed(submission, "RD-8-08") == ["Sheet1!C5", "Sheet1!F5"]
    assert "只能填：未启动、推进中、已完成" in sentence(submission, "RD-8-08") + submission.problems[2].message
    assert blamed(submission, "RD-8-10") == ["Sheet1!D6"]
    assert sentence(submission, "RD-8-07") == "Sheet1!F6“完成状态”没有填，这一行其余各列已照常读取，请补填。"


def test_a_number_and_a_text_of_different_tasks_contradict_each_other() -> None:
    """A row was added in the middle and the rest renumbered: the text is still that of task 8."""
    wording = next(task.goal for task in CAMPAIGNS[PUTUO].tasks_of("plan_2024") if task.number == "8")
    body = [
        {"number": 9, "goal": wording, "status": "推进中", "progress": "甲"},
        {"number": 8, "goal": wording, "status": "推进中", "progress": "乙"},
        {"goal": wording.replace("，", ", "), "status": "已完成", "progress": "丙"},
    ]
    submission = parse_one(PUTUO, as_xlsx(listed(LEAD_TASKS, body, unit="区应急局", filled_on="2024年5月24日")))
    assert column(submission, "number") == ["unreadable", "PT2024-08", "PT2024-08"]
    assert "内容却是清单第 8 项的" in sentence(submission, "RD-8-12")
    assert keys(submission) == ["9", "PT2024-08"]
    assert blamed(submission, "RD-8-14") == ["Sheet1!B6"]


@pytest.mark.parametrize(
    ("number", "unit", "is_asked"),
    [
        (11, "区应急局", False),  # named
        (11, "区教育局", True),  # led by four others and the streets
        (1, "区教育局", False),  # 区安委会成员单位, expanded
        (3, "区教育局", False),  # 等有关成员单位 leaves open who
        (7, "区教育局", False),  # a group without members
        (4, "区应急局", True),  # 区安委会办公室 alone
    ],
)
def test_a_unit_that_does_not_answer_for_a_task_is_asked(number: int, unit: str, is_asked: bool) -> None:
    body = [{"number": number, "status": "推进中", "progress": "甲"}]
    submission = parse_one(PUTUO, as_xlsx(listed(LEAD_TASKS, body, unit=unit, filled_on="2024年5月24日")))
    assert column(submission, "number") == [f"PT2024-{number:02d}"]
    assert blamed(submission, "RD-8-13") == (["Sheet1!A4"] if is_asked else [])


def test_an_empty_table_is_returned_and_one_that_says_none_is_taken() -> None:
    stamped = {"unit": "区应急局", "filled_on": "2024年5月24日"}
    prefilled = [{"number": number, "due": "12月"} for number in (1, 2, 3)]
    for body in ([], prefilled):
        empty = parse_one(PUTUO, as_xlsx(listed(LEAD_TASKS, body, **stamped)))
        assert codes(empty) == ["RD-8-05"]
    none = parse_one(PUTUO, as_xlsx(listed(LEAD_TASKS, [["本月无"]], **stamped)))
    assert (codes(none), none.list_cells) == ([], ())


def test_a_table_without_its_status_column_is_no_progress() -> None:
    columns = ["number", "goal", "due", "lead_units", "co_units"]
    table = listed(LEAD_TASKS, [{"number": 1}], unit="区应急局", filled_on="2024年5月24日", columns=columns)
    submission = parse_one(PUTUO, as_xlsx(table))
    assert (submission.quarantined, codes(submission)) == (True, ["RD-8-01"])
    assert "没有找到这些列：完成状态、完成情况" in sentence(submission, "RD-8-01")


def test_two_forms_with_the_same_head_are_told_apart_by_their_title() -> None:
    columns = ["number", "status", "progress"]
    body = [{"number": 7, "status": "已完成", "progress": "甲"}]
    for form_id in ("leader_tasks", "opinion_tasks"):
        table = listed(form(CHONGMING, form_id), body, unit="区应急局", filled_on="2023年6月24日", columns=columns)
        submission = parse_one(CHONGMING, as_xlsx(table), received_on="2023-06-25")
        assert submission.form_id == form_id
    untitled = listed(form(CHONGMING, "leader_tasks"), body, unit="区应急局", columns=columns, title="")
    submission = parse_one(CHONGMING, as_xlsx(untitled), received_on="2023-06-25")
    assert (submission.quarantined, codes(submission)) == (True, ["RD-8-02"])


def test_own_tasks_keep_their_key_from_plan_to_progress_whatever_their_number() -> None:
    unit = "区属企业甲"
    plan = listed(
        form(BAOSHAN, "task_list"),
        [{"number": 1, "goal": "更换老旧配电箱", "lead_units": "工程部", "due": "3月"},
         {"number": 2, "goal": "全员培训", "lead_units": "人事部", "due": "9月"}],
        unit=unit,
        filled_on="2024年4月25日",
    )  # fmt: skip
    planned = parse_one(BAOSHAN, as_xlsx(plan), received_on="2024-04-26")
    progress = listed(
        form(BAOSHAN, "task_progress"),
        [{"number": 2, "goal": "更换老旧配电箱。", "status": "已完成", "progress": "甲"}],
        unit=unit,
        filled_on="2024年5月18日",
    )
    reported = parse_one(BAOSHAN, as_xlsx(progress), received_on="2024-05-19")
    assert (planned.form_id, reported.form_id) == ("task_list", "task_progress")
    assert keys(planned) == ["更换老旧配电箱", "全员培训"]
    assert keys(reported) == ["更换老旧配电箱"]
    assert (column(planned, "number"), column(reported, "number")) == (["1", "2"], ["2"])
    assert blamed(planned, "RD-8-15") == ["Sheet1!D4"]
    assert "2024-03，2024-04 报送时已经过了" in sentence(planned, "RD-8-15")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("区应急局、区总工会", f"{EMERGENCY_BUREAU},{UNIONS}"),
        ("区应急局\n区总工会", f"{EMERGENCY_BUREAU},{UNIONS}"),
        ("区应急局 区总工会", f"{EMERGENCY_BUREAU},{UNIONS}"),
        ("区应急局和区总工会", f"{EMERGENCY_BUREAU},{UNIONS}"),
        ("区应急局；应急局", EMERGENCY_BUREAU),
        ("区应急局、区总工会等有关成员单位", f"{EMERGENCY_BUREAU},{UNIONS}"),
        ("区应急局、各街镇", f"{EMERGENCY_BUREAU},streets_towns"),
        ("区应急局 外星局", "unreadable"),
        ("应急", "unreadable"),  # never by likeness
    ],
)
def test_units_in_one_cell(text: str, units: str) -> None:
    body = [{"number": 8, "status": "推进中", "progress": "甲", "lead_units": text}]
    submission = parse_one(PUTUO, as_xlsx(listed(LEAD_TASKS, body, unit="区应急局", filled_on="2024年5月24日")))
    assert column(submission, "lead_units") == [units]
    assert bool(blamed(submission, "RD-8-10")) == (units == "unreadable")
