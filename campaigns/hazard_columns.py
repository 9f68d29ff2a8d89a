"""What a hazard list may hold: the closed set of its columns, their types and the codes of their choices.

Belongs here: the names that the hazard ledger knows in every campaign, and the check that a form keeps to them. Does
not belong here: heads and aliases of one office's list (forms/*.yml), reading (the ingest package), events (SQL).

A form may leave columns out (the element set is per form version, X10); it may not invent one, for a column that the
ledger does not know would be read and never used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from campaigns.form_columns import Column

# column → its type; texts unless said otherwise
HAZARD_COLUMNS: Mapping[str, str] = {
    "hazard_number": "text",  # 隐患编号
    "enterprise": "text",  # 企业（单位）名称
    "place": "unit",  # 属地
    "address": "text",
    "sector": "text",  # 行业领域
    "hazard": "text",  # 隐患描述
    "criterion": "text",  # 判定依据
    "level": "choice",
    "source": "choice",  # 企业自查、部门检查、群众举报 (R51)
    "found_by": "text",  # 检查单位
    "inspectors": "text",  # 检查人员，谁检查、谁签名 (R69): personal
    "found_on": "date",
    "enterprise_reported_on": "date",  # “双报告”: the enterprise's own report (R59, R66) …
    "regulator_reported_on": "date",  # … and the regulator's
    "listed_level": "choice",  # 挂牌督办
    "listed_by": "text",
    "listed_on": "date",
    "listed_due_on": "date",
    "delisted_on": "date",  # 摘牌 (R62): ends the listing, does not close the hazard
    "supervised_by": "text",  # 督办（交办）函、函告 (R63): another thing than 挂牌督办
    "supervision_number": "text",
    "supervised_on": "date",
    "notified_role": "choice",  # 通知到主要负责人、实际控制人 (R67)
    "notified_person": "text",  # personal
    "notified_on": "date",
    "extended_to": "date",
    "responsible": "text",  # 责任人: personal
    "measures": "text",
    "funds": "decimal",  # 万元
    "due_on": "date",  # 整改期限
    "emergency_plan": "text",
    "interim_control": "text",  # 整改期间管控措施 (R58)
    "rectified_on": "date",
    "verified_on": "date",
    "verified_by": "text",
    "closed_on": "date",
    "signed_off_by": "text",  # 销号签字的监管部门 (R60)
    "looked_back_on": "date",  # 回头看 (R64)
    "lookback_result": "choice",
    "reopened_on": "date",
    "penalties": "integer",  # 处罚次数 (R68)
    "note": "text",
}

HAZARD_CHOICES: Mapping[str, tuple[str, ...]] = {
    "level": ("general", "major"),
    "source": ("self_check", "inspection", "informant"),
    "listed_level": ("county", "city", "province"),
    "lookback_result": ("holds", "relapsed"),
    "notified_role": ("principal", "controller", "both"),
}

# Names of persons: kept apart, published to nobody. The ledger knows of each only whether somebody is named.
PERSONAL_COLUMNS = ("responsible", "inspectors", "notified_person")

# Of these a line says, too, whether they name anybody or anything: 无, 待定, / do not.
NAMING_COLUMNS = (*PERSONAL_COLUMNS, "measures", "emergency_plan")

# Days of what has happened: none of them can lie after the day a list is received. Deadlines can.
HAPPENED = frozenset(
    {
        *("found_on", "enterprise_reported_on", "regulator_reported_on", "listed_on", "delisted_on", "supervised_on"),
        *("notified_on", "rectified_on", "verified_on", "closed_on", "looked_back_on", "reopened_on"),
    }
)

# 五落实: the plan elements a hazard that takes time to rectify needs (R56); a form version may hold fewer (X10).
PLAN_ELEMENTS = ("responsible", "measures", "funds", "due_on", "emergency_plan")


def check_hazard_columns(columns: Sequence[Column]) -> None:
    """Refuse a hazard list with a column the ledger does not know, or without what makes a line a hazard.

    Raises:
        ValueError: an unknown column, a wrong type or choice, a missing description, or names of persons not marked.
    """
    by_id = {column.column_id: column for column in columns}
    for name, column in by_id.items():
        if HAZARD_COLUMNS.get(name) != column.type:
            wanted = HAZARD_COLUMNS.get(name)
            raise ValueError(
                f"hazard list: column {name!r} of type {column.type} (known: {wanted or 'no such column'})"
            )
        unknown = [choice.code for choice in column.choices if choice.code not in HAZARD_CHOICES[name]]
        if unknown:
            raise ValueError(f"hazard list: column {name!r} cannot hold {unknown}, only {HAZARD_CHOICES[name]}")
    if "hazard" not in by_id:
        raise ValueError("hazard list: the column `hazard` (隐患描述) is needed")
    for name in PERSONAL_COLUMNS:
        if name in by_id and not by_id[name].personal:
            raise ValueError(f"hazard list: `{name}` names persons and must be `personal: true`")
