"""The closed word lists and small records that the whole house shares.

Belongs here: enumerations that are stored in tables, and the records passed between packages. Does not belong here:
anything read from a campaign's folder (model.py) or computed from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class ValueState(StrEnum):
    """What a cell says. A number exists only for `value`, `approximate` and `zero` (DESIGN §3)."""

    VALUE = "value"
    APPROXIMATE = "approximate"
    ZERO = "zero"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"
    NOT_RECEIVED = "not_received"  # facts only: the unit sent nothing

    @property
    def has_number(self) -> bool:
        return self in NUMBER_STATES


NUMBER_STATES = frozenset({ValueState.VALUE, ValueState.APPROXIMATE, ValueState.ZERO})


class IndicatorKind(StrEnum):
    """How a figure behaves over time: cumulative figures never fall, a stock may, yes/no is 1 or 0."""

    CUMULATIVE_COUNT = "cumulative_count"
    CUMULATIVE_AMOUNT = "cumulative_amount"
    STOCK = "stock"
    YES_NO = "yes_no"

    @property
    def is_cumulative(self) -> bool:
        return self in (IndicatorKind.CUMULATIVE_COUNT, IndicatorKind.CUMULATIVE_AMOUNT)


class Aggregation(StrEnum):
    """How a figure rolls up over units."""

    SUM = "sum"
    SUM_OF_STOCKS = "sum_of_stocks"
    N_OF_M = "n_of_m"
    NONE = "none"


class ReportingScope(StrEnum):
    """What a unit's figures cover: everything on its soil, or the city-level body's own work (海城方案 五（六）)."""

    TERRITORY = "territory"
    CITY_LEVEL = "city_level"


class OverlapReading(StrEnum):
    """What the total over all units is where two of them told one hazard (X7)."""

    AS_REPORTED = "as_reported"  # 照报合计: what the units reported, added up
    COUNTED_ONCE = "counted_once"  # 只计一处: less what is shown to be counted twice


class Subject(StrEnum):
    """What rests on a reading of the documents; a report prints the readings about its own subjects."""

    DEADLINES = "deadlines"
    FIGURES = "figures"
    UPWARD_TOTALS = "upward_totals"
    HAZARDS = "hazards"
    TASKS = "tasks"
    GROUPS = "groups"
    ACCIDENTS = "accidents"
    NARRATIVES = "narratives"
    SINGLE_FORMS = "single_forms"

    @property
    def chinese(self) -> str:
        return _SUBJECTS[self]


_SUBJECTS = {
    Subject.DEADLINES: "期限",
    Subject.FIGURES: "指标数",
    Subject.UPWARD_TOTALS: "向上汇总",
    Subject.HAZARDS: "隐患",
    Subject.TASKS: "任务",
    Subject.GROUPS: "单位群",
    Subject.ACCIDENTS: "事故",
    Subject.NARRATIVES: "文字材料",
    Subject.SINGLE_FORMS: "单项报送",
}


class OutputKind(StrEnum):
    """What an office's own product is; the kind selects the report files that are written for it.

    For a supervision (专项督导), which is held, the list of units worth a visit is written; for a kind without a report
    nothing falls due.
    """

    CONSOLIDATED = "consolidated"  # 调度汇总表
    AREA_TOTAL = "area_total"  # 本级汇总表
    TASK_BOARD = "task_board"  # 任务清单进展
    UNIT_SUMMARY = "unit_summary"  # 单位情况汇总：报送、任务、检查演练、清单
    ACCIDENT_BULLETIN = "accident_bulletin"  # 事故通报
    BULLETIN = "bulletin"  # 通报
    EVALUATION = "evaluation"  # 进度评估
    SUMMARY = "summary"  # 总结评估报告
    SUPERVISION = "supervision"  # 专项督导：督导建议
    UNCLOSED_HAZARDS = "unclosed_hazards"  # 未完成整改隐患清单


class RuleClass(StrEnum):
    """The four classes of the national direct-report system."""

    MANDATORY = "mandatory"  # 强制性: returned, not counted
    QUASI_MANDATORY = "quasi_mandatory"  # 准强制性: counted, needs an explanation
    VERIFICATION = "verification"  # 核实性: asks for confirmation
    ADVISORY = "advisory"  # 提示性

    @property
    def chinese(self) -> str:
        return _RULE_CLASS_CHINESE[self]


_RULE_CLASS_CHINESE = {
    RuleClass.MANDATORY: "强制性",
    RuleClass.QUASI_MANDATORY: "准强制性",
    RuleClass.VERIFICATION: "核实性",
    RuleClass.ADVISORY: "提示性",
}


class Gate(StrEnum):
    """When a rule runs: on one submission at intake, or on the facts of all units."""

    SUBMISSION = "submission"
    FACTS = "facts"


class OutcomeKind(StrEnum):
    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"


class Verdict(StrEnum):
    """What gate 1 decided about a submission; it never changes afterwards."""

    ACCEPTED = "accepted"
    RETURNED = "returned"  # read and understood, but it breaks a mandatory rule
    QUARANTINED = "quarantined"  # cannot be read, or nobody can say whose or for when it is


class Cell(NamedTuple):
    """One figure as sent: its number, its state, the text it was read from, and where that stood.

    A tuple, in the order of the raw table's columns: a night makes a hundred thousand of them.
    """

    item_code: str
    part: str
    state: ValueState
    value: Decimal | None
    raw_text: str
    sheet_name: str
    cell_ref: str

    @property
    def address(self) -> str:
        return f"{self.sheet_name}!{self.cell_ref}" if self.cell_ref else self.sheet_name


@dataclass(frozen=True, slots=True)
class Outcome:
    """One rule applied to one subject, with the sentence a clerk reads (Chinese and English).

    `source_cell` is `sheet!A1` (Excel), `表格1!R4C5` (Word) or `CSV!R4C5`; empty when no single cell is to blame.
    `rule_version` names the text of the rule that judged (rule_question.py); reading problems have none.
    """

    rule_code: str
    rule_class: RuleClass
    outcome: OutcomeKind
    message: str = ""
    message_en: str = ""
    item_code: str = ""
    part: str = ""
    source_cell: str = ""
    rule_version: str | None = None
    is_trial: bool = False
