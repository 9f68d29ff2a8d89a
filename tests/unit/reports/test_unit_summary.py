"""The 单位情况汇总 workbook: three enterprises and their office in one month, worked out on paper.

企业甲 is ordinary, 企业乙 of high risk and short of an inspection, 企业丙 sent nothing; 国资委 reports on all of them.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from campaigns.load import load_campaign
from reports.boards.unit_summary import verify_unit_summary, write_unit_summary
from reports.paper.workbook import LATE_FILL, MISSING_FILL
from reports.published import NothingToPrintError
from reports.report_request import ReportRequest
from tests.unit.reports.hand_made_marts import publish_marts

Row = dict[str, Any]
BAOSHAN = load_campaign("baoshan_soe_2024")
CAMPAIGN: Row = {"campaign_id": "baoshan_soe_2024"}
A, B, C, OFFICE = ((1, "企业甲"), (2, "企业乙"), (3, "企业丙"), (9, "国资委"))


def unit_keys(unit: tuple[int, str]) -> Row:
    number, name = unit
    return {**CAMPAIGN, "unit_id": f"u{number}", "unit_position": number, "unit_name": name}


def report(unit: tuple[int, str], form_id: str, day: int, timeliness: str, **more: Any) -> Row:
    due_on = date(2024, 5, day)
    return {
        **unit_keys(unit),
        "form_id": form_id,
        "period": "2024-05",
        "due_on": due_on,
        "timeliness": timeliness,
        **more,
    }


def tasks(unit: tuple[int, str], owed: int, done: int, overdue: int) -> Row:
    return {
        **unit_keys(unit),
        "form_id": "task_progress",
        "period": "2024-05",
        "cutoff_on": date(2024, 5, 20),
        "tasks_owed": owed,
        "tasks_done": done,
        "tasks_in_progress": owed - done,
        "tasks_not_started": 0,
        "tasks_unknown": 0,
        "tasks_overdue": overdue,
    }


def obligation(unit: tuple[int, str], risk: str, period: str, days: tuple[date, date], done: int, state: str) -> Row:
    return {
        **unit_keys(unit),
        "obligation_id": "leader_inspection",
        "obligation_name": "带队检查（每季度至少1次，高危每月至少1次）",
        "event_name": "带队检查",
        "risk_class_name": risk,
        "period": period,
        "starts_on": days[0],
        "ends_on": days[1],
        "times": 1,
        "done_count": done,
        "shortfall": 1 - done,
        "obligation_state": state,
        "last_done_on": date(2024, 5, 9) if done else None,
        "clause": "二7",
    }


def site(name: str, column: tuple[int, str], value: str, cell: str) -> Row:
    position, column_id = column
    return {
        **unit_keys(A),
        "form_id": "site_register",
        "row_key": name,
        "entry_first_period": "2024",
        "column_position": position,
        "column_id": column_id,
        "cell_position": 1,
        "printed_value": value,
        "file_name": "甲网点.xlsx",
        "source_cell": cell,
    }


def hop(unit: tuple[int, str], timeliness: str, **more: Any) -> Row:
    return {
        **CAMPAIGN,
        "chain_id": "enterprises_to_district",
        "period": "2024-05",
        "downstream_unit_name": "国资委",
        "upstream_form_id": "work_report",
        "upstream_unit_name": unit[1],
        "upstream_unit_position": unit[0],
        "upstream_due_on": date(2024, 5, 20),
        "upstream_timeliness": timeliness,
        **more,
    }


QUARTER, MAY, APRIL = (
    (date(2024, 4, 1), date(2024, 6, 30)),
    (date(2024, 5, 1), date(2024, 5, 31)),
    (date(2024, 4, 1), date(2024, 4, 30)),
)
LATE: Row = {"days_late": 2, "received_at": datetime(2024, 5, 22, 9)}
MARTS: dict[str, list[Row]] = {
    "dim_campaigns": [
        {**CAMPAIGN, "campaign_name": "国资行动", "area": "宝山区", "office": "国资委", "document_number": "11号"}
    ],
    "dim_contradictions": [
        {**CAMPAIGN, "code": "X2", "setting": "before", "about": "deadlines", "sentence": "20日前含20日。"}
    ],
    "dim_forms": [
        {**CAMPAIGN, "form_id": form_id, "form_title": title}
        for form_id, title in (
            ("work_report", "工作开展情况"),
            ("district_return", "报区里"),
            ("site_register", "网点"),
        )
    ],
    "rpt_timeliness": [
        report(A, "work_report", 20, "on_time", received_at=datetime(2024, 5, 20, 15), last_status="accepted"),
        report(B, "work_report", 20, "late", **LATE),
        report(C, "work_report", 20, "missing"),
        report(OFFICE, "district_return", 25, "on_time", upstream_complete=False, upstream_late_units="企业乙、企业丙"),
        report(A, "work_report", 20, "on_time") | {"period": "2024-06", "due_on": date(2024, 6, 20)},  # not this month
    ],
    "rpt_unit_progress": [tasks(A, 2, 1, 0), tasks(B, 3, 3, 0)],
    "fct_obligations": [
        obligation(A, "一般", "2024Q2", QUARTER, 1, "met"),
        obligation(B, "高危", "2024-05", MAY, 0, "short"),
        obligation(B, "高危", "2024-04", APRIL, 1, "met"),  # over before this month
        obligation(C, "一般", "2024Q2", QUARTER, 0, "open"),
    ],
    "fct_upstream_reports": [hop(A, "on_time"), hop(C, "missing"), hop(B, "late", upstream_days_late=2)],
    "rpt_registers": [
        site("一号店", (1, "site_name"), "一号店", "填报表!A6"),
        site("一号店", (3, "use"), "出租出借", "填报表!C6"),
        site("二号店", (1, "site_name"), "=二号店", "填报表!A7"),
        site("二号店", (3, "use"), "自营", "填报表!C7"),
    ],
}


@pytest.fixture(scope="module")
def request_of_may(tmp_path_factory: pytest.TempPathFactory) -> ReportRequest:
    published = publish_marts(tmp_path_factory.mktemp("published"), "2024-05-26T01:30:00", MARTS)
    return ReportRequest(published, BAOSHAN, "2024-05")


@pytest.fixture(scope="module")
def summary(request_of_may: ReportRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_unit_summary(tmp_path_factory.mktemp("summary") / "汇总.xlsx", request_of_may)


def rows_of(path: Path, sheet: str, first: int = 4) -> list[tuple[Any, ...]]:
    worksheet = openpyxl.load_workbook(path)[sheet]
    return [tuple(cell.value for cell in row) for row in worksheet.iter_rows(min_row=first)]


def test_the_units_at_a_glance(summary: Path) -> None:
    heads = rows_of(summary, "各单位", 3)[0]
    assert heads == (
        "序号", "单位", "风险类别", "应报", "按时", "迟报", "未报", "未到期", "应报任务", "已完成", "推进中", "未启动",
        "没有状态", "逾期", "带队检查", "网点清单（条）",
    )  # fmt: skip
    assert rows_of(summary, "各单位") == [
        (1, "企业甲", "一般", 1, 1, 0, 0, 0, 2, 1, 1, 0, 0, 0, "2024年第2季度：1/1次，已做够", 2),
        (2, "企业乙", "高危", 1, 0, 1, 0, 0, 3, 3, 0, 0, 0, 0, "2024年5月：0/1次，没有做够", 0),
        (3, "企业丙", "一般", 1, 0, 0, 1, 0, *[None] * 6, "2024年第2季度：0/1次，期限未到", 0),
        (4, "国资委", None, 1, 1, 0, 0, 0, *[None] * 6, None, 0),
    ]
    sheet = openpyxl.load_workbook(summary)["各单位"]
    fills = [f"#{sheet.cell(row, 1).fill.fgColor.rgb[2:]}" for row in (4, 5, 6, 7)]
    assert fills == ["#000000", LATE_FILL, MISSING_FILL, "#000000"]


def test_the_cover_counts_by_form_and_by_risk_class_and_names_who_is_late(summary: Path) -> None:
    printed = [[value for value in row if value is not None] for row in rows_of(summary, "总览", 1)]
    assert printed[0] == ["国资行动单位情况汇总"]
    assert ["工作开展情况", "2024年5月", "2024年5月20日", 3, 1, 1, 1, 0, "迟报：企业乙\n未报：企业丙"] in printed
    name = "带队检查（每季度至少1次，高危每月至少1次）"
    assert [name, "二7", "2024年第2季度", "一般", 2, 1, 0, 1] in printed
    assert [name, "二7", "2024年5月", "高危", 1, 0, 1, 0] in printed
    assert ["国资委", "报区里", "2024年5月", "按时", "不齐", "企业乙、企业丙"] in printed
    assert ["X2", "20日前含20日。"] in printed


def test_the_lists_behind_the_counts(summary: Path) -> None:
    assert [(row[1], row[4], *row[6:10]) for row in rows_of(summary, "规定动作")] == [
        ("企业甲", "2024年第2季度", 1, 1, 0, "已做够"),
        ("企业乙", "2024年5月", 1, 0, 1, "没有做够"),
        ("企业丙", "2024年第2季度", 1, 0, 1, "期限未到"),
    ]
    assert [(row[1], row[2], row[6], row[7]) for row in rows_of(summary, "报送明细")] == [
        ("企业甲", "工作开展情况", "按时", "已接收"),
        ("企业乙", "工作开展情况", "迟报2天", None),
        ("企业丙", "工作开展情况", "未报", None),
        ("国资委", "报区里", "按时", None),
    ]
    assert [(row[1], row[3], row[4], row[8]) for row in rows_of(summary, "上一环报送")] == [
        ("区管企业 → 区国资委 → 区", "国资委", "企业甲", "按时"),
        ("区管企业 → 区国资委 → 区", "国资委", "企业乙", "迟报2天"),
        ("区管企业 → 区国资委 → 区", "国资委", "企业丙", "未报"),
    ]


def test_a_register_is_printed_in_the_columns_of_its_form_and_counted_by_choice(summary: Path) -> None:
    heads = rows_of(summary, "网点清单", 3)[0]
    assert heads == ("序号", "单位", "网点名称", "地址", "经营方式", "首次报", "文件", "位置")  # 承租单位等没有人填
    assert rows_of(summary, "网点清单") == [
        (1, "企业甲", "一号店", None, "出租出借", "2024年", "甲网点.xlsx", "填报表!A6"),
        (2, "企业甲", "=二号店", None, "自营", "2024年", "甲网点.xlsx", "填报表!A7"),
    ]
    assert rows_of(summary, "清单分类") == [
        ("网点清单", "经营方式", "出租出借", 1, "企业甲 1"),
        ("网点清单", "经营方式", "自营", 1, "企业甲 1"),
    ]


def test_columns_of_people_are_not_printed(summary: Path) -> None:
    personal = {column.label for column in BAOSHAN.form("site_register").columns if column.personal}
    heads = {value for value in rows_of(summary, "网点清单", 3)[0] if value}
    assert personal & heads == set()


def test_the_finished_summary_agrees_and_a_changed_one_is_found_out(
    summary: Path, request_of_may: ReportRequest, tmp_path: Path
) -> None:
    assert verify_unit_summary(summary, request_of_may) == []
    workbook = openpyxl.load_workbook(summary)
    workbook["规定动作"]["H5"] = 1  # 企业乙 did not inspect in May
    workbook.save(tmp_path / "changed.xlsx")
    (difference,) = verify_unit_summary(tmp_path / "changed.xlsx", request_of_may)
    assert str(difference).startswith("规定动作!H5 规定动作 第 2 行 已做次数：文件为“1”，数据为“0”。")


def test_a_month_in_which_nothing_was_owed_is_refused_with_a_sentence(tmp_path: Path) -> None:
    published = publish_marts(tmp_path / "published", "2024-05-26T01:30:00", MARTS | {"rpt_registers": []})
    march = ReportRequest(published, BAOSHAN, "2024-03")
    with pytest.raises(NothingToPrintError, match="没有 baoshan_soe_2024 2024年3月的应报的报表、任务和规定动作。"):
        write_unit_summary(tmp_path / "march.xlsx", march)
