"""Lists of three units by hand, for the 未完成整改隐患清单: 甲镇 sent one in May, 乙镇 in April, 丙局 never.

Belongs here: rows of the marts as literals. Does not belong here: what the list makes of them
(test_unclosed_hazards.py).
"""

from datetime import date, datetime
from typing import Any

from tests.unit.reports.putuo_head import CAMPAIGN, Row, head_of_reports, reading

KEY: Row = {**CAMPAIGN, "form_id": "hazard_list", "period": "2024-05", "cutoff_on": date(2024, 5, 25)}
COUNTS = (
    "total_found_count",
    "total_closed_count",
    "unclosed_count",
    "open_count",
    "open_again_count",
    "overdue_count",
    "unverified_count",
    "unsigned_count",
    "listed_count",
    "undated_count",
)
NONE: tuple[int | None, ...] = (None,) * 10
A, B, C = ("u1", 1, "甲镇", "territory"), ("u2", 2, "乙镇", "territory"), ("u3", 3, "丙局", "city_level")


def unit(who: tuple[str, int, str, str], last_period: str | None, *counts: int | None, **other: Any) -> Row:
    unit_id, position, name, scope = who
    said = dict(zip(COUNTS, counts, strict=True))
    place = {"unit_id": unit_id, "unit_position": position, "unit_name": name, "reporting_scope": scope}
    return KEY | place | {"has_list": counts[0] is not None, "last_list_period": last_period} | said | other


def hazard(who: tuple[str, int, str, str], number: str, standing: str, standing_name: str, **other: Any) -> Row:
    unit_id, position, name, _ = who
    place = {"unit_id": unit_id, "unit_position": position, "unit_name": name}
    told = {
        "hazard_id": number,
        "hazard_number": number,
        "enterprise": "某厂",
        "hazard_text": "出口上锁",
        "sector": "消防",
        "source_name": "企业自查",
        "level_name": "重大",
        "found_on": date(2024, 4, 1),
        "submission_id": f"s-{unit_id}",
        "file_name": f"{name}.xlsx",
        "source_cell": "表!E4",
    }
    flags = {"is_extended": False, "is_closed_unsigned": False, "is_overdue": False, "is_listed": False}
    return KEY | place | told | flags | {"standing": standing, "standing_name": standing_name} | other


def month(unit_id: str, is_open: bool, is_overdue: bool = False, period: str = "2024-05") -> Row:
    return KEY | {"unit_id": unit_id, "is_open": is_open, "is_overdue": is_overdue, "period": period}


def list_of(who: tuple[str, int, str, str], period: str, submission_id: str, is_current: bool = True) -> Row:
    return {
        **CAMPAIGN,
        "form_id": "hazard_list",
        "unit_id": who[0],
        "unit_name": who[2],
        "period": period,
        "submission_id": submission_id,
        "is_current": is_current,
        "file_name": f"{who[2]}.xlsx",
        "file_format": "xlsx",
        "sheet_name": "表",
        "file_sha256": "ab" * 32,
        "received_at": datetime(2024, 5, 24, 9, 0),
        "version": 1,
    }


HEAD = head_of_reports(
    [reading("X8", "hazards", "三类来源。"), reading("X14", "narratives", "字数怎么算。")], {"hazard_list": "清单"}
)
MARTS: dict[str, list[Row]] = HEAD | {
    "rpt_unclosed_units": [
        unit(A, "2024-05", 6, 2, 4, 2, 1, 1, 1, 1, 1, 1),
        unit(B, "2024-04", 1, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        unit(C, None, *NONE),
        unit(A, "2024-04", 9, 0, 9, 9, 0, 0, 0, 0, 0, 0, period="2024-04", cutoff_on=date(2024, 4, 25)),
    ],
    "rpt_unclosed_hazards": [
        hazard(A, "1", "verified", "已验收未销号", due_on=date(2024, 4, 2), is_closed_unsigned=True),
        hazard(A, "2", "undated", "未写发现日期", found_on=None, listed_level_name="区级"),
        hazard(A, "3", "reopened", "重新挂账", hazard_text="=联系 13800000000", penalties=2, plan_missing="资金、预案"),
        hazard(
            A,
            "4",
            "open",
            "未整改",
            due_on=date(2024, 5, 10),
            is_extended=True,
            is_overdue=True,
            overdue_days=15,
            overdue_workdays=11,
            is_listed=True,
            listed_level_name="区级",
            listed_by="区安委会",
            listed_on=date(2024, 5, 1),
            delisted_on=None,
        ),
        hazard(A, "5", "rectified", "已整改未验收", due_on=date(2024, 4, 1)),
        hazard(A, "6", "open", "未整改", period="2024-04", cutoff_on=date(2024, 4, 25)),
    ],
    "fct_hazard_months": [
        month("u1", True, True),
        month("u1", True),
        month("u1", False),
        month("u1", True, period="2024-04"),
    ],
    "fct_submissions": [
        list_of(A, "2024-05", "s-u1"),
        list_of(A, "2024-05", "s-before", is_current=False),
        list_of(A, "2024-04", "s-april"),
        list_of(B, "2024-04", "s-u2"),
    ],
}
