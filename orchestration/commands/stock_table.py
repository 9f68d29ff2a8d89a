"""A stock or flow of the ledger as people read it: its hazards, each with what makes it count.

Belongs here: the printed form of StockTrace. Does not belong here: the answer (stock_trace.py), the life of one hazard
(hazard_table.py).
"""

from __future__ import annotations

from orchestration.commands.hazard_table import event_name
from orchestration.console import cell_text, print_table, say
from orchestration.tracing.hazard_trace import TracedEvent
from orchestration.tracing.stock_trace import StockRow, StockTrace
from orchestration.words import DEADLINE_COLUMNS, HAZARD_STATUSES, STOCK_CUT_NAMES, STOCK_NAMES


def print_stock_trace(trace: StockTrace) -> None:
    """Write the figure, its hazards added up once more, and the events and lines behind each."""
    of = "全部单位" if trace.cut == "all" else f"{STOCK_CUT_NAMES[trace.cut]}：{trace.cut_name}"
    say(f"{trace.period}　{STOCK_NAMES[trace.figure]}　{trace.form_id}　{of}")
    say(f"上期截止 {trace.previous_cutoff_on}，本期截止 {trace.cutoff_on}；数据截至 {cell_text(trace.as_of)}")
    agrees = "成功" if trace.agrees else "失败"
    print_table(("台账数", "逐处相加", "核对"), [(trace.value, trace.added_up, agrees)], "合计")
    by_column = any(row.cut_cell for row in trace.hazards)
    rows = [
        [
            row.unit_name or row.unit_id,
            row.hazard_number,
            row.enterprise,
            row.hazard_text,
            row.counted,
            HAZARD_STATUSES[row.status],
            row.due_on,
            "；".join([_evidence(event) for event in row.events] + _deadline_told(trace, row)),
            f"{row.file_name} {row.source_row}",
            *([row.cut_cell] if by_column else []),
            row.hazard_id,
        ]
        for row in trace.hazards
    ]
    heads = ["单位", "编号", "企业", "隐患", "计", "截止日状态", "期限", "依据", "最近一次清单"]
    heads += [f"写明{STOCK_CUT_NAMES[trace.cut]}的格"] if by_column else []
    print_table([*heads, "台账编号"], rows, "逐处隐患")


def _deadline_told(trace: StockTrace, row: StockRow) -> list[str]:
    """What is overdue counts by its deadline as well."""
    told = row.deadline if trace.figure == "overdue" else None
    return [f"{DEADLINE_COLUMNS[told.column_id]} {told.due_on} {told.file_name} {told.source_cell}"] if told else []


def _evidence(event: TracedEvent) -> str:
    return f"{event_name(event)} {event.event_on} {event.file_name} {event.source_cell}"
