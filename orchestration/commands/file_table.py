"""A file's trace as people read it: what it is, what became of its cells, the figures it reached.

Belongs here: the printed form of a FileTrace. Does not belong here: the trace itself
(orchestration/tracing/file_trace.py).
"""

from __future__ import annotations

from orchestration.console import cell_text, print_table, say
from orchestration.tracing.file_figures import FileFigure
from orchestration.tracing.file_trace import FileCell, FileTrace
from orchestration.tracing.received_files import FileReceipt
from orchestration.words import FILE_RESULTS, SCOPES, STATES, STATUSES

_FATES = {
    "reached": "已用",
    "kept": "已收存，没有数据表用到",
    "personal": "个人信息，另存，不发布",
    "later_line": "后来的清单又说到这一处，以后来的为准",
    "other_line": "同一清单中另有一行，台账按那一行计",
    "not_asked": "该单位本期不必报这张表，没有计入",
    "not_published": "上次发布之后才收到",
    **{status: f"整份{words}，没有计入" for status, words in STATUSES.items()},
    "stamp": "认单位、日期、签名用，不是数",
    "label": "项目名称或序号",
    "head": "表头",
    "measure": "计量单位",
    "note": "标题、说明文字",
    "number": "不在任何项目或栏目里的数",
    "problem": "收表时已提出的问题",
    "struck_out": "已划去",
    "hidden_sheet": "在隐藏的工作表上",
    "no_form": "所在的表不是本行动的报表",
}
_STAMPS = {
    "unit": "填报单位",
    "period": "报送期",
    "filled_on": "填表时间",
    "filler": "填表人",
    "reviewer": "审核人",
    "explanation": "情况说明",
}
_PRINTED_ELSEWHERE = frozenset({"reached", "label", "head", "measure"})  # many, and counted above


def print_file_trace(trace: FileTrace) -> None:
    """Write receipts, forms, the account of all filled cells, those that were not used, and the figures."""
    say(f"文件指纹 {trace.file_sha256}")
    say(f"存档 {trace.archive_path}")
    heads = ("收到", "结果", "文件")
    print_table(heads, [_receipt_row(one) for one in trace.receipts], "收到记录")
    if trace.members:
        print_table(heads, [_receipt_row(one) for one in trace.members], "拆出的文件（各自可查）")
    forms = [
        [one.form_id, one.unit_name, one.period, one.version, STATUSES.get(one.status or "", ""), one.status_reason]
        for one in trace.submissions
    ]
    print_table(("报表", "单位", "报送期", "版", "状态", "原因"), forms, "其中的报表")
    for problem in trace.problems:
        say(problem)
    counts = [(_FATES[fate], number) for fate, number in trace.fates.items()]
    print_table(("去向", "格数"), [*counts, ("合计（所有有内容的格）", trace.filled)], "每一格的去向")
    _print_cells(trace)
    _print_figures(trace)
    if trace.not_found_again:
        say(f"核对失败：收到时存下、重新读时没有读到的格：{'、'.join(trace.not_found_again)}")


def _receipt_row(receipt: FileReceipt) -> list[object]:
    return [receipt.received_at, FILE_RESULTS.get(receipt.result, receipt.result), receipt.file_path]


def _print_cells(trace: FileTrace) -> None:
    rows = [_cell_row(cell) for cell in trace.cells if cell.fate not in _PRINTED_ELSEWHERE]
    if rows:
        print_table(("位置", "内容", "去向", "说的是"), rows, "没有用到的格（表头、项目名称和计量单位不列）")


def _cell_row(cell: FileCell) -> list[object]:
    about = "、".join(_STAMPS.get(word, word) for word in cell.about.split("、"))
    return [f"{cell.sheet_name}!{cell.cell_ref}", cell.text, _FATES[cell.fate], about]


def _print_figures(trace: FileTrace) -> None:
    rows = [_figure_row(figure) for figure in trace.figures]
    if rows:
        heads = ("单位", "报送期", "项目", "位置", "状态", "累计", "本期新增", "计入的合计", "下期新增减去它")
        print_table(heads, rows, "用到的数")


def _figure_row(figure: FileFigure) -> list[object]:
    value = cell_text(figure.cumulative_value)
    if figure.correction_id:
        value = f"{value}（更正 {figure.correction_id}，表上 {cell_text(figure.reported_value)}）"
    return [
        figure.unit_name,
        figure.period,
        f"{figure.item_code}.{figure.part}",
        figure.source_cell,
        STATES[figure.value_state],
        value,
        figure.month_value,
        "、".join(SCOPES[scope] for scope in figure.total_scopes) or "—",
        figure.next_period,
    ]
