"""Tables of task progress: every format and layout, tasks by their numbers, units within one cell."""

import pytest

from tests.forms import Table, as_csv, as_docx, as_html, as_xls, as_xlsx
from tests.list_forms import listed
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
    places,
    rows,
    sentence,
)

LEAD_TASKS = form(PUTUO, "lead_tasks")
EMERGENCY_BUREAU, UNIONS, STATE_ASSETS = "310107D10", "310107D24", "310107D09"
ROWS = [
    {
        "number": 8,
        "due": "11月",
        "lead_units": "区应急局、区总工会\n区国资委",
        "co_units": "区属国有企业",
        "status": "推进中",
        "progress": "议题活动已排定，正在开展。",
        "evidence": "简报1份",
    },
    {"number": "第9项", "due": "2024年底", "status": "未开始", "progress": "/", "reason": "等待上级通知"},
    {"number": "PT2024-03", "status": "办结", "progress": "措施已印发", "note": "—"},
]
TABLE = listed(LEAD_TASKS, ROWS, unit="区应急局", filled_on="2024年5月24日")
READ = [
    {
        "number": "PT2024-08",
        "due": "2024-11",
        "lead_units": f"{EMERGENCY_BUREAU},{UNIONS},{STATE_ASSETS}",
        "co_units": "state_enterprises",
        "status": "in_progress",
        "progress": "议题活动已排定，正在开展。",
        "evidence": "简报1份",
    },
    {
        "number": "PT2024-09",
        "due": "2024-12",
        "status": "not_started",
        "progress": "not_applicable",
        "reason": "等待上级通知",
    },
    {"number": "PT2024-03", "status": "done", "progress": "措施已印发"},
]
FORMATS = [
    ("任务.xlsx", as_xlsx(TABLE), "Sheet1!A4", "Sheet1!F6"),
    ("任务.xls", as_xls(TABLE), "Sheet1!A4", "Sheet1!F6"),
    ("任务.docx", as_docx(TABLE), "表格1!R3C1", "表格1!R5C6"),
    ("任务.csv", as_csv(TABLE), "CSV!R4C1", "CSV!R6C6"),
    ("任务.csv", as_csv(TABLE, "gb18030"), "CSV!R4C1", "CSV!R6C6"),
    ("任务.xls", as_html(TABLE), "表格1!R4C1", "表格1!R6C6"),
]


@pytest.mark.parametrize(("name", "content", "number_at", "status_at"), FORMATS)
def test_the_same_table_reads_the_same_from_every_format(
    name: str, content: bytes, number_at: str, status_at: str
) -> None:
    submission = parse_one(PUTUO, content, name)
    assert (submission.form_id, submission.unit_id, submission.period) == ("lead_tasks", EMERGENCY_BUREAU, "2024-05")
    assert (str(submission.filled_on), submission.filler, submission.reviewer) == ("2024-05-24", "测试员甲", "测试员乙")
    assert rows(submission) == READ
    assert keys(submission) == ["PT2024-08", "PT2024-09", "PT2024-03"]
    assert (places(submission, 1)["number"], places(submission, 3)["status"]) == (number_at, status_at)
    assert codes(submission) == []


def test_columns_may_stand_in_any_order_with_others_between_them() -> None:
    order = ["note", "status", "经费", "number", "progress", "序"]
    table = listed(
        LEAD_TASKS,
        [{"number": 8, "status": "推进中", "progress": "甲", "经费": "3万元", "序": 1}],
        unit="区应急局",
        filled_on="2024年5月24日",
        columns=order,
    )
    submission = parse_one(PUTUO, as_xlsx(table))
    assert rows(submission) == [{"number": "PT2024-08", "status": "in_progress", "progress": "甲"}]
    assert blamed(submission, "RD-8-04") == ["Sheet1!C3"]
    assert sentence(submission, "RD-8-04").startswith(
        "Sheet1!C3（“经费”）这一列不是《治本攻坚三年行动任务清单完成情况》的列"
    )


def test_heads_of_two_rows_with_groups_above_them() -> None:
    head = ["序号", "工作目标任务", "责任分工", None, "完成情况", None]
    below = [None, None, "责任单位", "配合单位", "状态", "工作进展"]
    body = [[8, "略", "区应急局", "区属国有企业", "已完成", "甲"], [9, "略", "区国资委", None, "推进中", "乙"]]
    top = [[LEAD_TASKS.title], ["填报单位：区应急局", "填报时间：2024年5月24日"]]
    merges = [(2, 0, 3, 0), (2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 2, 5)]
    for content, name in (
        (as_xlsx(Table([*top, head, below, *body], merges)), "任务.xlsx"),
        (as_csv(Table([*top, head, below, *body])), "任务.csv"),
    ):
        submission = parse_one(PUTUO, content, name)
        assert column(submission, "status") == ["done", "in_progress"]
        assert column(submission, "progress") == ["甲", "乙"]
        assert column(submission, "lead_units") == [EMERGENCY_BUREAU, STATE_ASSETS]
        assert column(submission, "co_units") == ["state_enterprises", ""]


def test_bands_subtotals_number_rows_notes_and_repeated_heads_are_no_rows() -> None:
    order = ["number", "goal", "status", "progress"]
    labels = ["序号", "工作目标任务", "完成状态", "完成情况"]
    table = listed(
        LEAD_TASKS,
        [
            [1, 2, 3, 4],
            ["一、年度目标", None, None, None],
            [8, "甲", "推进中", "一"],
            [None, None, None, None],
            ["小计", None, None, "1项"],
            ["开展全民安全素质提升行动", None, None, None],
            labels,
            [9, "乙", "已完成", "二"],
            ["合计2项", None, None, None],
            ["注：1.状态只填三种。", None, None, None],
        ],
        unit="区应急局",
        filled_on="2024年5月24日",
        columns=order,
    )
    for content, name in ((as_xlsx(table), "任务.xlsx"), (as_csv(table), "任务.csv")):
        submission = parse_one(PUTUO, content, name)
        assert column(submission, "number") == ["PT2024-08", "PT2024-09"]
        assert column(submission, "progress") == ["一", "二"]
        assert codes(submission) == []


def test_a_cell_merged_over_several_rows_says_the_same_for_each() -> None:
    order = ["number", "lead_units", "status", "progress"]
    body = [[8, "区应急局", "推进中", "甲"], [9, None, None, "乙"], [3, "区应急局", "已完成", "丙"]]
    table = listed(LEAD_TASKS, body, unit="区应急局", filled_on="2024年5月24日", columns=order)
    table.merges += [(3, 1, 4, 1), (3, 2, 4, 2)]
    submission = parse_one(PUTUO, as_xlsx(table))
    assert column(submission, "lead_units") == [EMERGENCY_BUREAU] * 3
    assert column(submission, "status") == ["in_progress", "in_progress", "done"]
    assert places(submission, 2)["status"] == "Sheet1!C4"
    assert codes(submission) == []


def test_a_number_merged_over_several_lines_makes_them_one_row() -> None:
    order = ["number", "status", "progress", "evidence"]
    body = [[8, "推进中", "甲", "简报"], [None, None, "乙", "照片"], [9, "同上", "丙", None]]
    table = listed(LEAD_TASKS, body, unit="区应急局", filled_on="2024年5月24日", columns=order)
    table.merges += [(3, 0, 4, 0), (3, 1, 4, 1)]
    submission = parse_one(PUTUO, as_xlsx(table))
    assert rows(submission) == [
        {"number": "PT2024-08", "status": "in_progress", "progress": "甲\n乙", "evidence": "简报\n照片"},
        {"number": "PT2024-09", "status": "in_progress", "progress": "丙"},
    ]


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


def test_a_status_may_be_ticked_in_a_column_of_its_own() -> None:
    head = ["序号", "完成状态", None, None, "完成情况"]
    below = [None, "未启动", "推进中", "已完成", None]
    body = [
        [8, None, "√", None, "甲"],
        [9, None, None, 1, "乙"],
        [3, "√", "√", None, "丙"],
        [1, None, None, None, "丁"],
    ]
    top = [[LEAD_TASKS.title], ["填报单位：区应急局", "填报时间：2024年5月24日"]]
    merges = [(2, 0, 3, 0), (2, 1, 2, 3), (2, 4, 3, 4)]
    submission = parse_one(PUTUO, as_xlsx(Table([*top, head, below, *body], merges)), "任务.xlsx")
    assert column(submission, "status") == ["in_progress", "done", "unreadable", ""]
    assert column(submission, "progress") == ["甲", "乙", "丙", "丁"]
    assert (blamed(submission, "RD-8-08"), blamed(submission, "RD-8-07")) == (["调度表!B7"], ["调度表!B8"])
    assert places(submission, 1)["status"] == "调度表!C5"
