"""Builds submissions for any campaign's form, neat and awkward, as real .xlsx, .xls, .docx, .csv and .html files.

Belongs here: laying a form out in the ways people send it, and writing it in every format. Does not belong here: what
must be read from it (the tests say that in literal values).
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from campaigns.model import Form, Item

Entries = Mapping[str, Any]  # "1.1" → what is written in its cell; "3.3.count" for a part with a cell of its own


@dataclass
class Table:
    """One sheet or table: rows of values, merged ranges (top, left, bottom, right from 0), and sheet properties."""

    rows: list[list[Any]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    name: str = "调度表"
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()

    def width(self) -> int:
        return max(map(len, self.rows))


def stamped(form: Form, unit: str = "", filled_on: str = "") -> str:
    """The form's own stamped line with the unit typed before the printed words and the date behind them."""
    line = form.stamp_line or "____ (加盖公章)。填表时间: 年 月 日"
    line = line.replace("____", unit, 1) if unit else line
    return line.replace(" 年 月 日", filled_on, 1) if filled_on else line


def pairs(
    form: Form,
    entries: Entries,
    *,
    unit: str = "",
    filled_on: str = "",
    filler: str = "",
    reviewer: str = "",
    numbers: bool = True,
    stamp: str | None = None,
) -> Table:
    """The official layout: section, then twice number, label, figure in each row."""
    rows: list[list[Any]] = [
        [form.attachment_label],
        [form.title],
        [stamped(form, unit, filled_on) if stamp is None else stamp],
    ]
    merges = [(1, 0, 1, 6), (2, 0, 2, 6)]
    for section in form.sections:
        first = len(rows)
        for left in range(0, len(section.items), 2):
            row: list[Any] = [section.title if left == 0 else None]
            for offset, item in enumerate(section.items[left : left + 2], start=left + 1):
                row += [*([offset] if numbers else []), item.label, entries.get(item.code)]
            rows.append(row)
        merges.append((first, 0, len(rows) - 1, 0))
    rows.append([f"填表人: {filler or '_____'}", None, None, None, f"审核人: {reviewer or '_____'}"])
    rows.append(["注: " + " ".join(form.notes)] if form.notes else [])
    return Table(rows, merges)


def listed(
    form: Form,
    entries: Entries,
    *,
    unit: str = "",
    filled_on: str = "",
    headings: tuple[str, ...] = ("序号", "指标", "单位", "数值"),
    columns: Callable[[int, Item], list[Any]] | None = None,
) -> Table:
    """One item in each row: number, label, unit of measure, figure."""
    rows: list[list[Any]] = [[form.title], [f"填报单位：{unit}", None, f"填报时间：{filled_on}"], list(headings)]
    for number, item in enumerate(form.items, start=1):
        if columns is not None:
            rows.append(columns(number, item))
        else:
            unit_of_measure = "、".join(dict.fromkeys(part.measure_unit for part in item.parts))
            rows.append([number, item.name, unit_of_measure, entries.get(item.code)])
    rows.append(["填报人：甲", None, "审核人：乙"])
    return Table(rows)


def headed(
    form: Form, entries: Entries | Iterable[tuple[str, Entries]], *, unit: str = "", filled_on: str = ""
) -> Table:
    """Labels in one heading row, figures below: one row, or one row for each (name, entries)."""
    lines = [("", entries)] if isinstance(entries, Mapping) else list(entries)
    rows: list[list[Any]] = [[form.title], [f"填报单位：{unit}"] if unit else [], [f"填报时间：{filled_on}"]]
    rows.append(["单位名称", *(item.label for item in form.items)])
    rows.extend([name, *(line.get(item.code) for item in form.items)] for name, line in lines)
    rows.append(["填报人：甲"])
    return Table(rows)


def as_xlsx(*tables: Table, marker: str = "", change: Callable[[Any], None] | None = None) -> bytes:
    """An Excel workbook; `change` may alter the openpyxl workbook before it is saved."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name)
        for row, values in enumerate(table.rows, start=1):
            for column, value in enumerate(values, start=1):
                if value is not None:
                    sheet.cell(row, column).value = value
        for top, left, bottom, right in table.merges:
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        sheet.sheet_state = "hidden" if table.hidden else "visible"
        for row in table.hidden_rows:
            sheet.row_dimensions[row + 1].hidden = True
        for column in table.hidden_columns:
            sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
    book.properties.keywords = marker or None
    if change is not None:
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_xls(*tables: Table, styles: Mapping[tuple[int, int], str] | None = None) -> bytes:
    """An old Excel workbook; `styles` gives xlwt style texts for single cells of the first table."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for table in tables:
        sheet = book.add_sheet(table.name)
        sheet.visibility = 1 if table.hidden else 0
        covered = {(top, left): (top, bottom, left, right) for top, left, bottom, right in table.merges}
        for row, values in enumerate(table.rows):
            for column, value in enumerate(values):
                style = xlwt.easyxf((styles or {}).get((row, column), ""))
                if (row, column) in covered:
                    sheet.write_merge(*covered[row, column], value, style)
                elif value is not None:
                    sheet.write(row, column, value, style)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def as_docx(*tables: Table, marker: str = "", change: Callable[[Any], None] | None = None) -> bytes:
    """A Word document: rows with a single text become paragraphs, the rows between them tables with merged cells."""
    import docx

    document = docx.Document()
    for table in tables:
        width = table.width()
        body: list[tuple[int, list[Any]]] = []
        for number, values in enumerate(table.rows):
            texts = [value for value in values if value is not None]
            if len(texts) > 1 and not str(texts[0]).startswith("填表人"):
                body.append((number, values))
                continue
            _add_word_table(document, body, table, width)
            body = []
            for text in texts:
                document.add_paragraph(str(text))
        _add_word_table(document, body, table, width)
    document.core_properties.keywords = marker
    if change is not None:
        change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _add_word_table(document: Any, body: list[tuple[int, list[Any]]], table: Table, width: int) -> None:
    if not body:
        return
    grid = document.add_table(rows=len(body), cols=width)
    place = {number: index for index, (number, _) in enumerate(body)}
    for index, (_, values) in enumerate(body):
        for cell, value in zip(grid.rows[index].cells, values, strict=False):
            if value is not None:
                cell.text = str(value)
    for top, left, bottom, right in table.merges:
        if top in place and bottom in place:
            grid.cell(place[top], left).merge(grid.cell(place[bottom], right))


def as_csv(table: Table, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """Separated values, quoted as Excel does."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=delimiter)
    writer.writerows(["" if value is None else value for value in values] for values in table.rows)
    return target.getvalue().encode(encoding)


def as_html(table: Table) -> bytes:
    """A web page with one table, as some systems export under the name .xls."""
    body = "".join(
        "<tr>" + "".join(f"<td>{'' if value is None else value}</td>" for value in values) + "</tr>"
        for values in table.rows
    )
    return f"<html><head><meta charset='gb2312'></head><body><table>{body}</table></body></html>".encode("gb18030")


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same zip container with one member changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename == name else data)
    return target.getvalue()
