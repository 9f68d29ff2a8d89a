"""数据字典.xlsx: what every published table, column and indicator means.

Belongs here: layout of the dictionary. Does not belong here: reading dbt's manifest (orchestration passes the tables
in), the meaning itself (the models' descriptions and the campaigns).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from campaigns.vocabulary import Aggregation, IndicatorKind
from reports.paper.printed_table import PrintedTable, TableColumn, draw_table, set_widths
from reports.paper.safe_text import safe_text, sheet_names
from reports.paper.wording import moment_text
from reports.paper.workbook import TITLE_FONT, Book, Page, set_heading_heights, set_page, write_across
from reports.published import find_snapshot, open_snapshot, read_rows

_KINDS = {
    IndicatorKind.CUMULATIVE_COUNT: "累计数",
    IndicatorKind.CUMULATIVE_AMOUNT: "累计金额",
    IndicatorKind.STOCK: "时点数",
    IndicatorKind.YES_NO: "是否",
}
_AGGREGATIONS = {
    Aggregation.SUM: "相加",
    Aggregation.SUM_OF_STOCKS: "时点数相加",
    Aggregation.N_OF_M: "n/m（填“是”的单位数/有答复的单位数）",
    Aggregation.NONE: "不汇总",
}


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """One column of a published table; `measure_unit` is empty where there is none."""

    name: str
    data_type: str
    description: str
    measure_unit: str = ""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One published table: what one row is (`grain`), what it is for, and its columns in order."""

    name: str
    grain: str
    columns: tuple[ColumnEntry, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    campaign_name: str
    form_title: str
    item_code: str
    part: str
    section_name: str
    indicator_name: str
    part_name: str | None
    measure_unit: str
    kind: str
    aggregation: str
    applies_to_territory: bool
    applies_to_city_level: bool
    definition: str | None


def write_dictionary(target: Path, tables: Sequence[TableEntry], published: Path, made_at: datetime) -> Path:
    """Write the dictionary of one published version; returns `target`.

    Args:
        target: the .xlsx file, written whole or not at all.
        tables: the published tables in the order they are to be listed.
        published: the published folder, one version's folder, or its database; the indicators are read from it.
        made_at: printed on every sheet and stored as the file's creation time.

    Raises:
        ReportError: there is no published snapshot.
    """
    snapshot = find_snapshot(published)
    with open_snapshot(snapshot) as connection:
        indicators = read_rows(connection, IndicatorRow, _INDICATORS)
    book = Book(title="数据字典", made_at=made_at)
    sheets = {"表": _table_list(tables), "字段": _column_list(tables), "指标": _indicator_list(indicators)}
    for name, (heading, table) in zip(sheet_names(sheets), sheets.items(), strict=True):
        caption = f"数据版本：{snapshot.version}　生成时间：{moment_text(made_at)}"
        _write_sheet(book, book.add_sheet(name), f"数据字典（{heading}）", caption, table)
    return book.save(target)


_INDICATORS = """(
    select i.*, c.campaign_name, f.form_title
    from marts.dim_indicators as i
    inner join marts.dim_campaigns as c on i.campaign_id = c.campaign_id
    inner join marts.dim_forms as f on i.campaign_id = f.campaign_id and i.form_id = f.form_id
) order by campaign_id, form_id, position"""


def _write_sheet(book: Book, sheet: Any, title: str, caption: str, table: PrintedTable) -> None:
    heading = book.style(font_name=TITLE_FONT, font_size=16, align="center", text_wrap=False)
    write_across(sheet, 0, 0, table.last_column, title, heading)
    write_across(sheet, 1, 0, table.last_column, caption, book.style(align="left", text_wrap=False))
    set_heading_heights(sheet)
    set_widths(sheet, table)
    below = draw_table(book, sheet, 2, table)
    if table.rows:
        sheet.autofilter(2, 0, below - 1, table.last_column)
    set_page(sheet, Page(head_rows=(2, 2), frozen_columns=2), below - 1, table.last_column)


def _table_list(tables: Sequence[TableEntry]) -> PrintedTable:
    return PrintedTable(
        columns=(
            TableColumn("序号", 5),
            TableColumn("表名", 30, "left"),
            TableColumn("一行是什么", 46, "left"),
            TableColumn("用途", 46, "left"),
            TableColumn("字段数", 7),
        ),
        rows=tuple(
            (order, table.name, safe_text(table.grain), safe_text(table.description), len(table.columns))
            for order, table in enumerate(tables, start=1)
        ),
    )


def _column_list(tables: Sequence[TableEntry]) -> PrintedTable:
    return PrintedTable(
        columns=(
            TableColumn("表名", 28, "left"),
            TableColumn("字段", 24, "left"),
            TableColumn("类型", 16),
            TableColumn("计量单位", 9),
            TableColumn("含义", 64, "left"),
        ),
        rows=tuple(
            (table.name, column.name, column.data_type, safe_text(column.measure_unit), safe_text(column.description))
            for table in tables
            for column in table.columns
        ),
    )


def _indicator_list(indicators: Sequence[IndicatorRow]) -> PrintedTable:
    return PrintedTable(
        columns=(
            TableColumn("行动", 22, "left"),
            TableColumn("报表", 22, "left"),
            TableColumn("编号", 6),
            TableColumn("分项", 8),
            TableColumn("部分", 18, "left"),
            TableColumn("指标", 30, "left"),
            TableColumn("计量单位", 8),
            TableColumn("性质", 9),
            TableColumn("汇总方法", 18, "left"),
            TableColumn("填报单位", 16),
            TableColumn("口径", 36, "left"),
        ),
        rows=tuple(_indicator_line(row) for row in indicators),
    )


def _indicator_line(row: IndicatorRow) -> tuple[str, ...]:
    reporters = [("属地", row.applies_to_territory), ("本级部门", row.applies_to_city_level)]
    texts = (
        row.campaign_name,
        row.form_title,
        row.item_code,
        row.part,
        row.section_name,
        f"{row.indicator_name}（{row.part_name}）" if row.part_name else row.indicator_name,
        row.measure_unit,
        _KINDS[IndicatorKind(row.kind)],
        _AGGREGATIONS[Aggregation(row.aggregation)],
        "、".join(name for name, applies in reporters if applies),
        row.definition or "",
    )
    return tuple(safe_text(text) for text in texts)
