"""The first sheet of the 调度汇总表: who reported, the main totals, the readings relied on, and where it comes from.

Belongs here: the cover's tables and how they stand on the page. Does not belong here: figures of single units.
"""

from __future__ import annotations

from typing import Any, Final

from campaigns.duty_model import Disclosure
from campaigns.vocabulary import ReportingScope, Subject
from reports.consolidation.consolidated_plan import Plan
from reports.consolidation.figure_grid import FigureGrid, measure_head, reference_formula
from reports.consolidation.overlap_table import SUMMARY_COLUMNS, overlap_summary
from reports.consolidation.period_report import ALL, PeriodReport
from reports.consolidation.printed_figure import View, total_format
from reports.consolidation.readings_table import READING_COLUMNS, readings_table
from reports.paper.printed_table import Formula, PrintedTable, columns_on, draw_table, section_line
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import (
    DUE_SOURCE,
    GRAND_TOTAL,
    date_text,
    disclosure_text,
    increment_title,
    moment_text,
    period_title,
    some_names,
    subtotal_text,
)
from reports.paper.workbook import TITLE_FONT, Book, Page, set_page, write_across
from reports.published import ProgressTotal

SUBJECTS: Final = (Subject.DEADLINES, Subject.FIGURES)  # what the table rests on; the cover prints those readings
_WIDTHS: Final = (15, 15, 9, 9, 10, 11, 9, 14, 14, 14, 14, 14)  # sheet columns shared by all tables of the cover
_LAST: Final = len(_WIDTHS) - 1
_NUMERALS: Final = "一二三四"
_MOST_NAMES: Final = 20  # of late or missing units; the cover stays one page however large the area is


def workbook_title(report: PeriodReport) -> str:
    """…调度表 → …调度汇总表."""
    return f"{safe_text(report.form.form_title).removesuffix('表')}汇总表"


def period_caption(report: PeriodReport, view: View = View.CUMULATIVE) -> str:
    """期别 and 截至日 as printed above every table."""
    span = f"{increment_title(report.period)}，" if view is View.INCREMENT else ""
    ending = "" if view is View.INCREMENT else "的累计情况"
    until = f"（{span}截至{date_text(report.cutoff_on)}{ending}）" if report.cutoff_on else ""
    return f"{safe_text(report.campaign.area)}　{period_title(report.period)}{until}"


def cover_tables(report: PeriodReport, plan: Plan) -> dict[str, PrintedTable]:
    """The cover's tables by heading, in printed order."""
    tables = {
        "报送情况（家）": _reporting_counts(report),
        f"主要数据（{_what_is_shown(plan)}，其余见各分表）": _main_totals(report, plan),
    }
    if totals := report.overlap_totals:
        heading = "几个单位报了同一处隐患的合计（两种口径，上列合计不扣减；逐处见“重复统计”）"
        tables[heading] = overlap_summary(totals, columns_on(_WIDTHS, *SUMMARY_COLUMNS))
    if readings := report.readings_about(*SUBJECTS):
        tables["本表采用的口径"] = readings_table(readings, columns_on(_WIDTHS, *READING_COLUMNS))
    numbered = zip(_NUMERALS, tables.items(), strict=False)
    return {safe_text(f"{numeral}、{heading}"): table for numeral, (heading, table) in numbered}


def write_cover(book: Book, sheet: Any, report: PeriodReport, plan: Plan, disclosure: Disclosure) -> None:
    """Draw the cover on an empty worksheet, with its page set-up."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    title = book.style(font_name=TITLE_FONT, font_size=20, align="center")
    write_across(sheet, 0, 0, _LAST, workbook_title(report), title)
    sheet.set_row(0, 40)
    write_across(sheet, 1, 0, _LAST, period_caption(report), book.style(font_size=12, align="center"))
    sheet.set_row(1, 22)
    row = 2
    for heading, table in cover_tables(report, plan).items():
        section_line(book, sheet, row, heading)
        row = draw_table(book, sheet, row + 1, table)
    note = book.style(font_size=9, align="left", font_color="#404040")
    write_across(sheet, row, 0, _LAST, _provenance(report, disclosure), note)
    sheet.set_row(row, 46)
    set_page(sheet, Page(pages_high=1), row, _LAST)


def _provenance(report: PeriodReport, disclosure: Disclosure) -> str:
    """Who issued the figures, up to when they were received, and which build printed them."""
    dates = "、".join(dict.fromkeys(_due_text(row.due_on, row.due_source) for row in report.dates))
    based_on = f"（依据 {report.campaign.document_number}）" if report.campaign.document_number else ""
    known_until = moment_text(report.snapshot.as_of) or "见数据版本"
    return safe_text(
        f"编制单位：{report.campaign.office}{based_on}　上报日：{dates}\n"
        f"数据截至：{known_until} 前收到的报表　数据版本：{report.snapshot.version}　"
        f"表式：{report.form.form_id} {report.form.form_version}　{disclosure_text(disclosure)}\n"
        "合计为各单位上报数相加，未报单位不估算、不顶替；收到的文件见“数据来源”，每个数在哪一格见“出处”。"
    )


def _due_text(due_on: Any, due_source: str) -> str:
    return f"{date_text(due_on)}（按{DUE_SOURCE[due_source]}）" if due_source == "estimate" else date_text(due_on)


def _reporting_counts(report: PeriodReport) -> PrintedTable:
    """应报、已报、迟报、未报 per scope, with the names of who is late or missing."""
    counts = {count.total_scope: count for count in report.counts}
    rows = []
    for scope in [*(scope.value for scope in ReportingScope if scope in counts), ALL]:
        count = counts[scope]
        rows.append(
            (
                GRAND_TOTAL if scope == ALL else subtotal_text(ReportingScope(scope), report.campaign.area),
                count.expected,
                count.received,
                count.late,
                count.missing,
                count.not_due,
                "" if scope == ALL else _names(report, scope, "late"),
                "" if scope == ALL else _names(report, scope, "missing"),
            )
        )
    return PrintedTable(
        columns=columns_on(
            _WIDTHS,
            ("范围", 2, "left"),
            ("应报", 1, "center"),
            ("已报", 1, "center"),
            ("其中迟报", 1, "center"),
            ("未报", 1, "center"),
            ("未到期", 1, "center"),
            ("迟报单位", 2, "left"),
            ("未报单位", 3, "left"),
        ),
        rows=tuple(rows),
    )


def _names(report: PeriodReport, scope: str, timeliness: str) -> str:
    names = [
        outside_text(row.unit_name)
        for row in report.timeliness
        if row.reporting_scope == scope and row.timeliness == timeliness
    ]
    where = "，见“报送情况”" if len(names) > _MOST_NAMES else ""
    return some_names(names, _MOST_NAMES) + where or "无"


def _headlines(plan: Plan) -> list[tuple[str, FigureGrid, int, ProgressTotal]]:
    """Return sheet, grid, sheet column and figure: the first section whole, of the others first and two-part items."""
    chosen = []
    for number, (sheet, grid) in enumerate(plan.sections):
        items = [column.item_code for column in grid.columns]
        for place, column in grid.numbered_columns():
            if number == 0 or column.item_code == items[0] or items.count(column.item_code) > 1:
                chosen.append((sheet, grid, place, column))
    return chosen


def _what_is_shown(plan: Plan) -> str:
    first, *others = (grid.columns[0].section_name for _, grid in plan.sections)
    return f"{first}各项，其他部分列首项和分两个数的项" if others else first


def _main_totals(report: PeriodReport, plan: Plan) -> PrintedTable:
    """The headline figures in totals: live references to the sheets that hold them."""
    increments_sheet, increments = plan.increments
    scopes = [*(scope.value for scope in report.scopes), ALL]
    step_columns = {(column.item_code, column.part): number for number, column in increments.numbered_columns()}
    rows: list[tuple[str | int | Formula, ...]] = []
    for sheet, grid, number, column in _headlines(plan):
        figures: list[str | Formula] = [_reference(sheet, grid, scope, number, column) for scope in scopes]
        step = step_columns.get((column.item_code, column.part))
        figures.append("—" if step is None else _reference(increments_sheet, increments, ALL, step, column))
        rows.append((f"{column.item_code} {safe_text(column.indicator_name)}", measure_head(column), *figures))
    heads = [subtotal_text(scope, report.campaign.area) for scope in report.scopes]
    label_span = len(_WIDTHS) - 2 * len(heads) - 4
    return PrintedTable(
        columns=columns_on(
            _WIDTHS,
            ("指标", label_span, "left"),
            ("计量单位", 2, "center"),
            *((head, 2, "center") for head in heads),
            (GRAND_TOTAL, 1, "center"),
            (increment_title(report.period), 1, "center"),
        ),
        rows=tuple(rows),
    )


def _reference(sheet: str, grid: FigureGrid, scope: str, number: int, column: ProgressTotal) -> Formula:
    printed = grid.printed_total(scope, column)
    return Formula(reference_formula(sheet, grid.total_rows[scope], number), printed, total_format(column, printed))
