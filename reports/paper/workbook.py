"""A finished Excel workbook: fonts, formats, page set-up and safe writing shared by every sheet we make.

Belongs here: what holds for all workbooks. Does not belong here: what a sheet says.
"""

from __future__ import annotations

import io
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from reports.paper.finished_file import write_whole
from reports.paper.safe_text import safe_text

BODY_FONT: Final = "宋体"
HEAD_FONT: Final = "黑体"
TITLE_FONT: Final = "方正小标宋简体"

A3: Final = 8
A4: Final = 9

HEAD_FILL: Final = "#E7ECF3"
GRID_LINE: Final = "#8C96A5"
FAINT: Final = "#7F7F7F"
LATE_FILL: Final = "#FBE3D0"
MISSING_FILL: Final = "#EDEDED"
DONE_FILL: Final = "#E6F2E3"

TITLE_HEIGHT, CAPTION_HEIGHT = 30.0, 18.0
PAGE_NUMBER: Final = "&C&8第 &P 页 共 &N 页"


@dataclass(slots=True)
class Book:
    """An XlsxWriter workbook in memory with each format made once; `save` writes it whole or not at all."""

    title: str
    made_at: datetime
    subject: str = ""
    author: str = ""
    keywords: str = ""
    _buffer: io.BytesIO = field(default_factory=io.BytesIO)
    _formats: dict[Hashable, Any] = field(default_factory=dict)
    workbook: Any = None

    def __post_init__(self) -> None:
        import xlsxwriter

        self.workbook = xlsxwriter.Workbook(self._buffer, {"in_memory": True})
        self.workbook.set_properties(
            {
                "title": safe_text(self.title),
                "subject": safe_text(self.subject),
                "author": safe_text(self.author),
                "keywords": self.keywords,
                "created": self.made_at,
            }
        )

    def add_sheet(self, name: str) -> Any:
        """Return a new worksheet that also takes whole rows of finished cells (bulk_sheet.py)."""
        from reports.paper.bulk_sheet import BulkSheet

        return self.workbook.add_worksheet(name, BulkSheet)

    def style(self, **properties: Any) -> Any:
        """Return the format with these properties over the house's defaults (宋体 9, centred, wrapped)."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            defaults = {"font_name": BODY_FONT, "font_size": 9, "valign": "vcenter", "text_wrap": True}
            self._formats[key] = self.workbook.add_format({**defaults, **properties})
        return self._formats[key]

    def boxed(self, **properties: Any) -> Any:
        """Return `style` with the thin border of a printed table."""
        return self.style(**{"border": 1, "border_color": GRID_LINE, "align": "center", **properties})

    def save(self, target: Path) -> Path:
        self.workbook.close()
        return write_whole(target, self._buffer.getvalue())


def write_text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    """Write text as text: never a formula, a link or a number. Empty text stays a formatted blank cell."""
    if text:
        sheet.write_string(row, column, safe_text(text), style)
    else:
        sheet.write_blank(row, column, None, style)


def write_across(sheet: Any, row: int, first: int, last: int, text: str, style: Any, *, rows: int = 1) -> None:
    """Write text over the columns `first`…`last` of one or more rows, merged when that is more than one cell."""
    if first != last or rows > 1:
        # merge_range guesses types like write() does, so it is given nothing to guess
        sheet.merge_range(row, first, row + rows - 1, last, "", style)
    write_text(sheet, row, first, text, style)


def write_value(sheet: Any, row: int, column: int, value: Decimal | str | None, style: Any) -> None:
    if isinstance(value, Decimal):
        sheet.write_number(row, column, as_number(value), style)
    else:
        write_text(sheet, row, column, value or "", style)


def write_live(sheet: Any, row: int, column: int, formula: str, stored: Decimal | str | None, style: Any) -> None:
    """Write a formula with the value it must show, so that previews and readers that do not calculate show it too."""
    sheet.write_formula(row, column, formula, style, as_number(stored) if isinstance(stored, Decimal) else stored or "")


def as_number(value: Decimal) -> int | float:
    """Return the number as Excel stores it: 18, not 18.0."""
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet is printed: paper, direction, repeated rows, and how many of the first columns stay in view."""

    paper: int = A4
    landscape: bool = True
    head_rows: tuple[int, int] | None = None  # first and last repeated row, counted from 0
    frozen_columns: int = 0
    pages_high: int = 0  # 0: as many as it takes
    margins: Mapping[str, float] = field(
        default_factory=lambda: {"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.75}
    )
    footer: str = PAGE_NUMBER
    open_ended: bool = False  # people add rows: whatever they fill in is printed


def set_page(sheet: Any, page: Page, last_row: int, last_column: int) -> None:
    """Apply `page` and print the cells up to `last_row`, `last_column` (from 0), or all filled ones if open-ended."""
    sheet.set_paper(page.paper)
    if page.landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.fit_to_pages(1, page.pages_high)
    sheet.set_margins(**page.margins)
    sheet.set_footer(page.footer, {"margin": 0.3})
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    if not page.open_ended:
        sheet.print_area(0, 0, last_row, last_column)
    if page.head_rows:
        first, last = page.head_rows
        sheet.repeat_rows(first, last)
        sheet.freeze_panes(last + 1, page.frozen_columns)


def set_heading_heights(sheet: Any) -> None:
    """Give the title and the caption below it, the first two rows of a sheet, their room."""
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.set_row(1, CAPTION_HEIGHT)


def escape_footer(text: str) -> str:
    """Return text for a page header or footer, where & starts a command."""
    return text.replace("&", "&&")
