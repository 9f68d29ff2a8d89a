"""A trace as people read it: the total, how it adds up, and every cell behind it.

Belongs here: the printed form of a Trace. Does not belong here: the trace itself (orchestration/tracing/trace.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orchestration.commands.hazard_table import print_ledger, print_overlap
from orchestration.console import cell_text, print_table, say
from orchestration.tracing.ranking import RankedValue
from orchestration.tracing.rate_trace import RateTrace, TracedRate
from orchestration.tracing.task_trace import TaskTrace, TracedStatus
from orchestration.tracing.trace import Trace, TracedTotal
from orchestration.tracing.traced_cells import TracedCell
from orchestration.words import SAID_NOTHING, SCOPES, SHORT_HASH, STATES, STATUSES


def print_trace(trace: Trace) -> None:
    """Write totals with their sum check, the cells that count, those that do not, and earlier versions."""
    part = f".{trace.part}" if trace.other_parts else ""
    say(f"{trace.period}　{trace.item_code}{part}　{trace.indicator_name}（{trace.measure_unit}）　{trace.form_id}")
    say(f"数据截至 {cell_text(trace.as_of)}")
    if trace.other_parts:
        others = "、".join(f"{trace.item_code}.{other}" for other in trace.other_parts)
        say(f"这一项还有：{others}")
    _print_totals(trace)
    with_previous = any(cell.previous for cell in trace.cells)
    counted = [cell for cell in trace.cells if cell.is_counted]
    _print_cells("计入的单元格", counted, with_previous)
    _print_cells("没有计入的单位", [cell for cell in trace.cells if not cell.is_counted], with_previous)
    _print_cells("其他版本（没有计入）", trace.earlier_versions, with_previous=False)
    print_ledger(trace)
    print_overlap(trace)
    print_ranks(trace.ranks)
    differing = [cell.unit_name for cell in trace.cells if cell.matches_raw is False]
    if differing:
        say(f"核对失败：与收到的原始数不一致：{'、'.join(differing)}")


def print_rate_trace(trace: RateTrace) -> None:
    """Write the rate of every scope and unit, then both figures with their cells."""
    above, below = trace.numerator, trace.denominator
    say(f"{above.period}　{above.item_code}/{below.item_code}　{above.indicator_name} ÷ {below.indicator_name}")
    heads = ("范围", "分子", "分母", "比率")
    totals = [(SCOPES.get(rate.name, rate.name), *_rate_columns(rate)) for rate in trace.totals]
    print_table(heads, totals, "合计", right_from=1)
    print_table(heads, [(rate.name, *_rate_columns(rate)) for rate in trace.units], "各单位", right_from=1)
    print_ranks(trace.ranks)
    for figure in (above, below):
        print_trace(replace(figure, ranks=()))


def print_ranks(ranks: Sequence[RankedValue]) -> None:
    """Write who stands where; nothing where nobody asked."""
    if ranks:
        rows = [(one.place, one.unit_name, one.value) for one in ranks]
        print_table(("名次", "单位", "所比的数"), rows, "名次（由大到小，同数同名次；没有数的不排）")


def _rate_columns(rate: TracedRate) -> tuple[object, ...]:
    return (rate.numerator, rate.denominator, "不能计算" if rate.rate is None else f"{rate.rate:.2%}")


def print_task_trace(trace: TaskTrace) -> None:
    """Write the task, its state over all units, and what each unit said in which cell."""
    say(f"{trace.period}　任务 {trace.number or trace.task_id}　{trace.goal}　{trace.form_id}")
    due = f"时限 {trace.due_on}，" if trace.due_on else ""
    say(f"{due}{trace.task_state_name}；数据截至 {cell_text(trace.as_of)}")
    rows = []
    for unit in trace.units:
        sent = unit.returned or unit
        role = {"lead": "牵头", "co": "配合"}.get(unit.role or "", "—")
        rows.append(
            [
                unit.unit_name,
                role,
                _status_text(unit),
                unit.raw_text,
                unit.source_cell,
                sent.file_name,
                (sent.file_sha256 or "")[:SHORT_HASH],
            ]
        )
    print_table(("单位", "角色", "状态", "原文", "单元格", "文件", "校验码"), rows, "各单位")
    differing = [unit.unit_name or unit.unit_id for unit in trace.units if unit.matches_raw is False]
    if differing:
        say(f"核对失败：与收到的原文不一致：{'、'.join(differing)}")


def _status_text(unit: TracedStatus) -> str:
    said = unit.status_name or SAID_NOTHING.get(unit.status, unit.status)
    if unit.returned:
        said = f"{STATUSES[unit.returned.status]}：{unit.returned.status_reason}"
    return f"{said}（逾期）" if unit.is_overdue else said


def _print_totals(trace: Trace) -> None:
    rows = [
        [
            SCOPES.get(total.total_scope, total.total_scope),
            _total_text(total),
            total.month_value,
            f"应报 {total.units_expected}，已报 {total.units_received}，有数 {total.units_counted}",
            _added_up_text(total),
            "成功" if total.agrees else "失败",
        ]
        for total in trace.totals
    ]
    print_table(("范围", "累计", "本期新增", "单位", "逐格相加", "核对"), rows, "合计")


def _total_text(total: TracedTotal) -> str:
    if total.of_units is not None:
        return f"{cell_text(total.value)}/{total.of_units}（是/有数）"
    return cell_text(total.value)


def _added_up_text(total: TracedTotal) -> str:
    if total.of_units is not None:
        return f"{cell_text(total.added_up)}/{total.added_up_units}"
    return cell_text(total.added_up)


def _print_cells(title: str, cells: list[TracedCell] | tuple[TracedCell, ...], with_previous: bool) -> None:
    if not cells:
        return
    heads = ["单位", "范围", "状态", "累计", "本期新增", "原文", "文件", "位置", "版", "收到", "文件指纹"]
    with_reason = any((cell.returned or cell).status_reason for cell in cells)
    if with_reason:
        heads.append("缘由")
    if with_previous:
        heads += ["上期累计", "上期文件", "上期位置"]
    print_table(heads, [_cell_row(cell, with_reason, with_previous) for cell in cells], title)


def _cell_row(cell: TracedCell, with_reason: bool, with_previous: bool) -> list[object]:
    sent = cell.returned or cell
    row: list[object] = [
        cell.unit_name,
        SCOPES.get(cell.reporting_scope, cell.reporting_scope),
        _state_text(cell),
        f"{cell_text(cell.value)}（更正 {cell.correction_id}）" if cell.correction_id else cell.value,
        cell.month_value,
        cell.raw_text,
        sent.file_name,
        cell.source_cell,
        sent.version,
        sent.received_at,
        (sent.file_sha256 or "")[:SHORT_HASH],
    ]
    if with_reason:
        row.append(sent.status_reason)
    if with_previous:
        before = cell.previous
        row += [before.value, before.file_name, before.source_cell] if before else [None, None, None]
    return row


def _state_text(cell: TracedCell) -> str:
    if cell.returned:
        return STATUSES[cell.returned.status]
    state = STATES.get(cell.value_state, cell.value_state)
    if cell.status is None or cell.status == "accepted":
        return state
    return f"{STATUSES[cell.status]} {state}"
