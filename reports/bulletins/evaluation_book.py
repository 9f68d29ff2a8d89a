"""进度评估 as a workbook: the same facts as the Word document, a sheet for every unit, and its proof.

Belongs here: the sheets, and how a table of the document becomes one of the workbook. Does not belong here: what the
tables say (unit_review.py), drawing (list_book.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from reports.boards.list_book import ListBook, TablesPage, numbered, verify_list_book, write_list_book
from reports.bulletins.evaluation import evaluation_title
from reports.bulletins.official_text import Table
from reports.bulletins.progress_bulletin import how_read, subjects
from reports.bulletins.review_chapters import reporting_tables
from reports.bulletins.review_rows import Review, load_review
from reports.bulletins.unit_review import unit_sentence, unit_tables
from reports.consolidation.readings_table import READING_COLUMNS, readings_table
from reports.paper.difference import Difference
from reports.paper.printed_table import PrintedTable, columns_on
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_text import Fact, Piece, piece_text
from reports.paper.wording import period_title

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

_WIDTHS: Final = (13.0,) * 12  # sheet columns shared by the tables of a sheet


def write_evaluation_book(target: Path, request: ReportRequest) -> Path:
    """Write the workbook; `verify_evaluation_book` must find no difference before anyone gets it.

    Raises:
        NothingToPrintError: nothing was due within the period.
    """
    return write_list_book(target, _book(load_review(request)))


def verify_evaluation_book(path: Path, request: ReportRequest) -> list[Difference]:
    """Return every place where the finished workbook does not say what the marts say."""
    return verify_list_book(path, _book(load_review(request)))


def _book(review: Review) -> ListBook:
    head = review.head
    cover = {heading: as_printed(table) for heading, table in reporting_tables(review).items()}
    if readings := head.readings_about(*subjects(review)):
        cover["本表采用的口径"] = readings_table(readings, columns_on(_WIDTHS, *READING_COLUMNS))
    return ListBook(
        head=head,
        title=evaluation_title(review),
        caption=safe_text(f"{head.campaign.area}　{period_title(head.period)}"),
        cover=numbered(cover),
        cover_widths=_WIDTHS,
        note=head.provenance(how_read(review), "各单位按名册顺序排列，只列事实，不打分、不排名。"),
        lists=tuple(
            TablesPage(
                name=outside_text(unit.unit_name),
                title=outside_text(unit.unit_name),
                tables=numbered({heading: as_printed(table) for heading, table in unit_tables(review, unit)}),
                widths=_WIDTHS,
                note="".join(map(piece_text, unit_sentence(review, unit))),
            )
            for unit in review.summary.units
        ),
    )


def as_printed(table: Table) -> PrintedTable:
    """The table over the shared sheet columns, as wide in proportion as on the page; whole numbers as numbers."""
    spans = _spans(table.widths_mm)
    columns = [
        (head, span, "left" if head in table.left else "center") for head, span in zip(table.heads, spans, strict=True)
    ]
    rows = tuple(tuple(map(_value, row)) for row in table.rows)
    return PrintedTable(columns_on(_WIDTHS, *columns), rows)


def _spans(widths: tuple[float, ...]) -> list[int]:
    """Whole sheet columns, at least one each; what is over or missing goes to the widest."""
    room = len(_WIDTHS)
    spans = [max(1, round(width / sum(widths) * room)) for width in widths]
    spans[spans.index(max(spans))] += room - sum(spans)
    return spans


def _value(piece: Piece) -> str | int:
    text = piece_text(piece)
    return int(text) if isinstance(piece, Fact) and text.isascii() and text.isdigit() else text
