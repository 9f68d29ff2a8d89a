"""Builds lists and narratives for any campaign's form, neat and awkward, as tables that tests/forms.py writes to files.

Belongs here: laying lists and texts out in the ways people send them. Does not belong here: file formats (forms.py),
what must be read from them (the tests say that in literal values).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from campaigns.model import Form
from tests.forms import Table

Row = Mapping[str, Any]  # column_id → what is written in its cell


def stamp_row(unit: str = "", filled_on: str = "", period: str = "") -> list[Any]:
    """The stamped line as offices write it: unit, period and fill date, each with its label."""
    said = [f"填报单位：{unit}" if unit else None, f"报送期：{period}" if period else None]
    return [*said, f"填报时间：{filled_on}" if filled_on else None]


def listed(
    form: Form,
    rows: Sequence[Row | Sequence[Any]],
    *,
    unit: str = "",
    filled_on: str = "",
    period: str = "",
    columns: Sequence[str] = (),
    name: str = "Sheet1",
    title: str | None = None,
) -> Table:
    """Title, stamped line, one row of headings, the rows, and who filled it in.

    Args:
        form: whose columns head the list.
        rows: cells by column, or whole rows as they stand (bands, subtotals, repeated heads).
        unit: as stamped.
        filled_on: as stamped.
        period: as stamped.
        columns: the columns in their order; all of the form when left out.
        name: of the sheet.
        title: the form's own unless given; empty for none.
    """
    order = columns or [column.column_id for column in form.columns]
    labels = {column.column_id: column.label for column in form.columns}
    table: list[list[Any]] = [[form.title if title is None else title or None], stamp_row(unit, filled_on, period)]
    table.append([labels.get(column, column) for column in order])
    for row in rows:
        table.append([row.get(column) for column in order] if isinstance(row, Mapping) else list(row))
    table.append(["填报人：测试员甲", None, "审核人：测试员乙"])
    return Table(table, name=name)


def as_written(*paragraphs: str | tuple[str, str], change: Callable[[Any], None] | None = None) -> bytes:
    """A Word document of paragraphs; a pair is a bold run and what follows it."""
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            document.add_paragraph(paragraph)
        else:
            added = document.add_paragraph()
            added.add_run(paragraph[0]).bold = True
            added.add_run(paragraph[1])
    if change is not None:
        change(document)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
