"""Drawing a figure sheet: units down, items across, subtotals and total as live formulas with stored values.

Belongs here: heads, totals, legend and page of figure sheets. Does not belong here: what stands where
(figure_grid.py), the units' cells and the comments on them (figure_lines.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from reports.consolidation.figure_grid import (
    BODY_TOP,
    FIRST_FIGURE_COLUMN,
    HEAD_ROWS,
    HEAD_TOP,
    NUMBER_HEAD,
    UNIT_HEAD,
    FigureGrid,
    item_head,
    measure_head,
)
from reports.consolidation.figure_lines import MOST_COMMENTS, FigureLines, write_comments
from reports.consolidation.period_report import ALL
from reports.consolidation.printed_figure import NO_PREVIOUS, View, total_format
from reports.paper.workbook import (
    A3,
    HEAD_FILL,
    HEAD_FONT,
    TITLE_FONT,
    Book,
    Page,
    set_heading_heights,
    set_page,
    write_across,
    write_live,
    write_text,
)
from reports.published import ProgressTotal

SUBTOTAL_FILL: Final = "#F3F6FA"
TOTAL_FILL: Final = "#DDE6F1"

MOST_COLUMNS_ON_A4: Final = 17  # at 9 points; a wider table goes on A3
_A4_CHARACTERS: Final = 132.0  # what a landscape sheet holds at full size
_A3_CHARACTERS: Final = 196.0
_NUMBER_WIDTH: Final = 4.5
_UNIT_WIDTH: Final = 19.0
_NARROWEST: Final = 5.6
_WIDEST: Final = 16.0

_LEGEND: Final = (
    "说明：浅灰空格＝报了表但该项未填（不当作 0）；“/”＝不适用；“未报”＝没有收到能计入的表（退回的见“报送情况”）；"
    "“约”＝原表填的是约数；黄底＝有未通过的校验，见批注和“问题清单”；橙底单位＝迟报。小计、合计为公式，只含已报的数，"
    "不用上期数顶替；“是/否”项的小计、合计为“填是的单位数/有答复的单位数”。"
)
_INCREMENT_LEGEND: Final = (
    f"说明：本期累计数减上期累计数；“{NO_PREVIOUS}”＝本期有数而上期无数，算不出新增；红色负数＝累计数比上期少或现有数减少；"
    "其余记号同前。首期（或首次上报）的新增数等于累计数。小计、合计只含算得出新增数的单位。“是/否”项没有新增数。"
)


def write_figure_sheet(
    book: Book, sheet: Any, grid: FigureGrid, lines: FigureLines, title: str, caption: str, paper: int
) -> None:
    """Draw one figure sheet on an empty worksheet of `Book.add_sheet`, set up for A4 or A3 landscape.

    `lines` are the units' cells in the grid's view, shared by all sheets of that view.
    """
    column_width = _column_width(len(grid.columns), paper)
    _write_heading(book, sheet, grid, title, caption)
    _write_head(book, sheet, grid, column_width)
    lines.write(sheet, grid, _row_height(grid))
    comments_left_out = write_comments(sheet, list(lines.remarks(grid)))
    _write_totals(book, sheet, grid)
    legend_row = grid.last_row + 1
    legend = _INCREMENT_LEGEND if grid.view is View.INCREMENT else _LEGEND
    if comments_left_out:
        legend += f"批注最多 {MOST_COMMENTS} 条，本表另有 {comments_left_out} 条从略，未通过的校验全部列在“问题清单”。"
    write_across(
        sheet, legend_row, 0, grid.last_column, legend, book.style(font_size=8, align="left", font_color="#404040")
    )
    sheet.set_row(legend_row, 36)
    sheet.set_column(0, 0, _NUMBER_WIDTH)
    sheet.set_column(1, 1, _UNIT_WIDTH)
    sheet.set_column(FIRST_FIGURE_COLUMN, grid.last_column, column_width)
    page = Page(paper=paper, head_rows=(HEAD_TOP, BODY_TOP - 1), frozen_columns=FIRST_FIGURE_COLUMN)
    set_page(sheet, page, legend_row, grid.last_column)


def _column_width(columns: int, paper: int) -> float:
    """Fill the paper's width, within what figures need and what a head of a few words can bear."""
    room = (_A3_CHARACTERS if paper == A3 else _A4_CHARACTERS) - _NUMBER_WIDTH - _UNIT_WIDTH
    return max(_NARROWEST, min(_WIDEST, room / columns))


def _write_heading(book: Book, sheet: Any, grid: FigureGrid, title: str, caption: str) -> None:
    title_style = book.style(font_name=TITLE_FONT, font_size=16, align="center", text_wrap=False)
    write_across(sheet, 0, 0, grid.last_column, title, title_style)
    write_across(sheet, 1, 0, grid.last_column, caption, book.style(align="left", text_wrap=False))
    set_heading_heights(sheet)


def _write_head(book: Book, sheet: Any, grid: FigureGrid, column_width: float) -> None:
    head = book.boxed(font_name=HEAD_FONT, bg_color=HEAD_FILL)
    small = book.boxed(font_size=8, bg_color=HEAD_FILL)
    write_across(sheet, HEAD_TOP, 0, 0, NUMBER_HEAD, head, rows=HEAD_ROWS)
    write_across(sheet, HEAD_TOP, 1, 1, UNIT_HEAD, head, rows=HEAD_ROWS)
    for first, last, column in _spans(grid, by_item=False):
        write_across(sheet, HEAD_TOP, first, last, column.section_name, head)
    deepest = 1
    for first, last, column in _spans(grid, by_item=True):
        write_across(sheet, HEAD_TOP + 1, first, last, item_head(column), small)
        characters_per_line = max(2, int((last - first + 1) * column_width * 0.62))  # at 8 points
        deepest = max(deepest, -(-len(item_head(column)) // characters_per_line))
    for number, column in grid.numbered_columns():
        write_text(sheet, HEAD_TOP + 2, number, measure_head(column), small)
    sheet.set_row(HEAD_TOP, 18)
    sheet.set_row(HEAD_TOP + 1, max(30, 11.5 * deepest + 4))
    sheet.set_row(HEAD_TOP + 2, 36 if any(column.part_name for column in grid.columns) else 16)


def _spans(grid: FigureGrid, *, by_item: bool) -> Iterator[tuple[int, int, ProgressTotal]]:
    """Yield first and last column of each section, or of each item, with one of its columns."""

    def owner(numbered: tuple[int, ProgressTotal]) -> str:
        return numbered[1].item_code if by_item else numbered[1].section_code

    for _, group in groupby(grid.numbered_columns(), key=owner):
        members = list(group)
        yield members[0][0], members[-1][0], members[0][1]


def _write_totals(book: Book, sheet: Any, grid: FigureGrid) -> None:
    for scope, row in grid.total_rows.items():
        look = {"bg_color": TOTAL_FILL if scope == ALL else SUBTOTAL_FILL, "font_name": HEAD_FONT}
        sheet.set_row(row, _row_height(grid) + 3)
        write_across(sheet, row, 0, 1, grid.total_label(scope), book.boxed(**look))
        for number, column in grid.numbered_columns():
            formula = grid.formula(scope, number, column)
            if formula is None:
                write_text(sheet, row, number, "", book.boxed(**look))
                continue
            printed = grid.printed_total(scope, column)
            style = book.boxed(**look, num_format=total_format(column, printed))
            write_live(sheet, row, number, formula, printed, style)


def _row_height(grid: FigureGrid) -> float:
    """A3 sheets are scaled down to fit their width and have height to spare."""
    return 15.0 if len(grid.columns) <= MOST_COLUMNS_ON_A4 else 19.0
