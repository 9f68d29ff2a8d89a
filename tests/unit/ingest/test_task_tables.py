"""Task tables: the same rows read from every format and layout."""

import pytest

from tests.forms import Table, as_csv, as_docx, as_html, as_xls, as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.lead_tasks import EMERGENCY_BUREAU, LEAD_TASKS, STATE_ASSETS, UNIONS
from tests.unit.ingest.reading_lists import PUTUO, blamed, codes, column, keys, parse_one, places, rows, sentence

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
