"""What the sheet 清单重述 says: rows of lists that changed since the report of the period before.

Belongs here: the rows as printed, and what is said where not all, or none, can be. Does not belong here: which rows
changed and why (orchestration), figures (restated_table.py), drawing (printed_table.py).
"""

from __future__ import annotations

from datetime import datetime

from reports.paper.printed_table import PrintedTable, TableColumn
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import moment_text, period_title
from reports.restated_lists import RestatedLists

_COLUMNS = (
    TableColumn("序号", 5),
    TableColumn("类别", 10),
    TableColumn("报送期", 12),
    TableColumn("单位", 14, "left"),
    TableColumn("哪一条", 24, "left"),
    TableColumn("性质", 7),
    TableColumn("变动", 9),
    TableColumn("原为 → 现为（位置）", 44, "left"),
    TableColumn("缘由", 14, "left"),
    TableColumn("文件", 24, "left"),
    TableColumn("收到时间", 17),
    TableColumn("行或格", 12),
)
_NATURES = "更正：上一期截止日以前已报的，改了或不再列出；迟报：截止日以前就有的，现在才报；进展：截止日以后的事。"


def restated_lists_table(lists: RestatedLists) -> PrintedTable:
    """One row per changed row of a list, with the file and cell that restate it."""
    rows = [
        (
            order,
            row.fact,
            period_title(row.period) if row.period else "",
            outside_text(row.unit_name),
            outside_text(row.row_name),
            row.nature,
            row.change,
            outside_text(row.words),
            outside_text(row.because),
            outside_text(row.file_name),
            moment_text(row.received_at),
            outside_text(row.source_cell),
        )
        for order, row in enumerate(lists.rows, start=1)
    ]
    return PrintedTable(columns=_COLUMNS, rows=tuple(rows), empty=_why_none(lists), note=_note(lists))


def _why_none(lists: RestatedLists) -> str:
    return (
        "上一期汇总表所依据的那一版数据没有保留，无从逐条比较；"
        f"任意两个时点之间的改动，用 {_command(lists)} --from … --to … 列出。"
    )


def _note(lists: RestatedLists) -> str:
    if lists.since is None:
        return ""
    counts = "、".join(f"{nature} {count} 条" for nature, count in lists.natures)
    compared = (
        f"与上一期汇总表所依据的数据（截至{moment_text(lists.since)}）相比，共 {lists.total} 条：{counts}。{_NATURES}"
    )
    more = lists.total - len(lists.rows)
    return f"{compared}另有 {more} 条没有列，用 {_command(lists)} 列出。" if more else compared


def _command(lists: RestatedLists) -> str:
    moments = (("--from", lists.since), ("--to", lists.until))
    options = "".join(f" {name} {_moment(moment)}" for name, moment in moments if moment)
    return safe_text(f"taizhang restated {lists.campaign_id}{options}")


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes" if moment.second == 0 and moment.microsecond == 0 else "auto")
