"""Hazards as people read them: the ledger's side of a figure, several units' reports of one, the life of one hazard.

Belongs here: the printed form of LedgerSide, Overlap and HazardTrace. Does not belong here: the answers
(ledger_trace.py, overlap_trace.py, hazard_trace.py), other traces (stock_table.py, trace_table.py).
"""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.console import cell_text, print_table, say
from orchestration.tracing.hazard_criterion import TracedCriterion
from orchestration.tracing.hazard_deadlines import TracedDeadline
from orchestration.tracing.hazard_trace import HazardTrace, TracedEvent, TracedLine, TracedPair
from orchestration.tracing.ledger_trace import LedgerRow, LedgerSide
from orchestration.tracing.overlap_trace import OverlapReport
from orchestration.tracing.trace import Trace
from orchestration.words import (
    ADDRESSEES,
    DEADLINE_COLUMNS,
    HAZARD_EVENTS,
    HAZARD_STATUSES,
    SHORT_HASH,
    STATUSES,
)
from reports.paper.wording import LEDGER_REASON, OVERLAP_READING, OVERLAP_STANDING

_PAIR_KINDS = {"same": "同一单位", "overlap": "两个单位", "repeat": "屡查屡犯"}
_USED = {False: "采用", True: "同一清单中另有一行", None: "同一清单中有几行，采用哪一行不详"}
_DECISIONS = {"same": "是同一处", "different": "不是同一处"}


def print_ledger(trace: Trace) -> None:
    """Write what the ledger counts beside the forms, and every hazard where one unit was asked for."""
    if not trace.ledger:
        return
    cells = {cell.unit_id: cell for cell in trace.cells}
    rows = []
    for side in trace.ledger:
        cell = cells.get(side.unit_id)
        value, name = (cell.value, cell.unit_name) if cell else (None, side.unit_id)
        difference = None if value is None else value - side.ledger_value
        place = cell.source_cell if cell else None
        rows.append([name, value, place, side.ledger_value, difference, side.cutoff_on])
    print_table(("单位", "表上的数", "位置", "台账数", "差", "截止日"), rows, "数账核对")
    for side in trace.ledger:
        _print_hazards(side)


def print_overlap(trace: Trace) -> None:
    """Write the total under both readings of X7 and every report between them; nothing where no two units told one."""
    totals = [
        [
            total.summed_items,
            OVERLAP_READING[total.reading] + ("（采用）" if total.is_in_force else ""),
            total.value,
            total.added_up,
            "成功" if total.agrees else "失败",
        ]
        for total in trace.overlap.totals
    ]
    if not totals:
        return
    print_table(("项目", "口径", "合计", "逐处相加", "核对"), totals, "几个单位报了同一处隐患（X7）：两种口径的合计")
    of_form, of_list = ("计入", "表上的数", "位置", "台账数"), ("编号", "企业", "隐患", "清单", "行", "文件指纹")
    heads = ("项目", "共同编号", "单位", "怎么计", *of_form, *of_list)
    print_table(heads, [_overlap_row(report) for report in trace.overlap.reports], "报了同一处的各单位")


def _overlap_row(report: OverlapReport) -> list[object]:
    return [
        report.summed_items,
        report.shared_hazard_id,
        report.unit_name or report.unit_id,
        OVERLAP_STANDING[report.standing],
        report.item_code,
        report.form_value,
        report.source_cell,
        report.ledger_value,
        report.hazard_number,
        report.enterprise,
        report.hazard_text,
        report.list_file_name,
        report.list_row,
        (report.list_file_sha256 or "")[:SHORT_HASH],
    ]


def _print_hazards(side: LedgerSide) -> None:
    heads = ("计入", "缘由", "编号", "企业", "隐患", "发现", "截止日状态", "清单", "行", "文件指纹", "台账编号")
    if side.rows:
        print_table(heads, [_hazard_row(row) for row in side.rows], f"台账中的隐患（截至 {side.cutoff_on}）")
    if not side.agrees:
        say(f"核对失败：{side.unit_id} 计入的隐患与台账数 {cell_text(side.ledger_value)} 不一致。")


def _hazard_row(row: LedgerRow) -> list[object]:
    return [
        row.is_counted,
        LEDGER_REASON[row.reason],
        row.hazard_number,
        row.enterprise,
        row.hazard_text,
        row.found_on,
        HAZARD_STATUSES[row.status_at_cutoff],
        row.file_name,
        row.source_row,
        (row.file_sha256 or "")[:SHORT_HASH],
        row.hazard_id,
    ]


def event_name(event: TracedEvent) -> str:
    """What happened, and of a notice to whom."""
    to = f"（{ADDRESSEES[event.addressee]}）" if event.addressee else ""
    return f"{HAZARD_EVENTS[event.event]}{to}"


def print_hazard_trace(trace: HazardTrace) -> None:
    """Write the hazard, its status, its events with cells, its lines, and the comparisons around it."""
    say(
        f"{trace.unit_name}　{trace.hazard_number or '（无编号）'}　{trace.enterprise or ''}　{trace.hazard_text or ''}"
    )
    due = f"，整改期限 {trace.due_on}" if trace.due_on else ""
    say(f"台账编号 {trace.hazard_id}{due}；现状 {HAZARD_STATUSES[trace.status]}；数据截至 {cell_text(trace.as_of)}")
    if trace.on:
        say(f"{trace.on} 当日：{HAZARD_STATUSES[trace.status_on_day]}")
    if trace.criterion:
        say(f"判定依据：{trace.criterion}{_judged_by(trace.judged_by)}")
    if trace.shared_hazard_id != trace.hazard_id:
        say(f"另有单位也报了这一处（共同编号 {trace.shared_hazard_id}），上报数的合计不因此扣减（X7）。")
    _print_events(trace)
    _print_deadlines(trace.deadlines)
    heads = ("报送期", "版", "是否采用", "编号", "企业", "隐患", "怎么认出", "文件", "行", "收到", "文件指纹")
    first = next((line for line in trace.lines if line.signature == trace.hazard_id), None)
    rows = [_line_row(line, trace.pairs, is_first=line is first) for line in trace.lines]
    print_table(heads, rows, "说到它的各行")
    _print_pairs(trace)


def _judged_by(judged_by: TracedCriterion | None) -> str:
    if judged_by is None:
        return ""
    until = f"，自 {judged_by.in_force_until} 起不再施行" if judged_by.in_force_until else ""
    successor = f"，由“{judged_by.superseded_by}”接替" if judged_by.superseded_by else ""
    called = "重点事项" if judged_by.is_interim else "判定标准"
    number = f"（{judged_by.document_number}）" if judged_by.document_number else ""
    held = "" if judged_by.was_in_force else "；发现之日并未施行"
    return f" → {called}“{judged_by.criterion_name}”{number}，{judged_by.in_force_from} 施行{until}{successor}{held}"


def _print_events(trace: HazardTrace) -> None:
    rows = [
        [
            event_name(event),
            event.event_on,
            event.actor,
            event.period,
            event.file_name,
            event.source_cell,
            (event.file_sha256 or "")[:SHORT_HASH],
        ]
        for event in trace.events
    ]
    print_table(("事件", "日期", "由谁", "报送期", "文件", "单元格", "文件指纹"), rows, "经过")


def _print_deadlines(deadlines: Sequence[TracedDeadline]) -> None:
    rows = [
        [
            DEADLINE_COLUMNS[deadline.column_id],
            deadline.due_on,
            deadline.from_on or "发现",
            deadline.until_on or "今",
            deadline.period,
            deadline.file_name,
            deadline.source_cell,
            (deadline.file_sha256 or "")[:SHORT_HASH],
        ]
        for deadline in deadlines
    ]
    if rows:
        print_table(("写在", "期限", "自", "至", "报送期", "文件", "单元格", "文件指纹"), rows, "期限")


def _line_row(line: TracedLine, pairs: Sequence[TracedPair], *, is_first: bool) -> list[object]:
    used = _USED[line.is_repeated]
    by = next((pair for pair in pairs if pair.pair_id == line.joined_by), None)
    return [
        line.period,
        line.version,
        used if line.status == "accepted" else STATUSES.get(line.status or "", "未采用"),
        line.hazard_number,
        line.enterprise,
        line.hazard,
        f"{_how(by)}（{by.pair_id}）" if by else "首次报来的文字" if is_first else "与首次报来的相同",
        line.file_name,
        line.source_row,
        line.received_at,
        (line.file_sha256 or "")[:SHORT_HASH],
    ]


def _how(pair: TracedPair) -> str:
    if pair.decision:
        return f"{pair.decided_by} {pair.decided_on} 认定{_DECISIONS[pair.decision]}：{pair.decision_reason}"
    return f"{pair.reason}，相似度 {pair.score:.2f}"


def _print_pairs(trace: HazardTrace) -> None:
    if trace.pairs:
        rows = [[pair.pair_id, _PAIR_KINDS[pair.kind], _outcome(pair), _how(pair)] for pair in trace.pairs]
        print_table(("比对编号", "比的是", "结果", "依据"), rows, "文字比对")


def _outcome(pair: TracedPair) -> str:
    if not pair.is_joined:
        return "没有并"
    return "并为一处" if pair.kind == "same" else "视为同一处，各单位各计一处"
