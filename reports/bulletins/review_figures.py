"""The figures of indicator tables in a look back: totals of every item, and the first section unit by unit.

Belongs here: which figures are printed, each bound to its fact. Does not belong here: how a figure prints
(printed_figure.py), the whole table (the 调度汇总表).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from reports.bulletins.official_text import Block, Table, body, caption, figure, row
from reports.bulletins.review_rows import Review
from reports.consolidation.period_report import ALL, PeriodReport
from reports.consolidation.printed_figure import Printed, View, for_each_figure, printed_figure, printed_total
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_text import Fact, Piece
from reports.paper.wording import date_text, increment_title, item_title, number_text, period_title
from reports.published import ProgressTotal

_MOST_COLUMNS = 8  # beside the unit's name on an A4 page


def figures(review: Review) -> Iterator[Block]:
    """Of each indicator table its last period within the stretch."""
    for report in review.tables:
        count = next(one for one in report.counts if one.total_scope == ALL)
        key = (report.form.form_id, report.period)
        until = f"截至{date_text(report.cutoff_on)}的" if report.cutoff_on else ""
        yield body(
            f"《{safe_text(report.form.form_title)}》{period_title(report.period)}{until}数：应报",
            figure(count.expected, "rpt_timeliness", "expected", *key),
            "家，已报",
            figure(count.received, "rpt_timeliness", "received", *key),
            "家；合计为各单位上报数相加，未报单位不估算、不顶替。",
        )
        yield caption(f"{safe_text(report.form.form_title)}合计")
        yield _totals(report)
        section = report.columns[0].section_name
        yield caption(f"各单位{safe_text(section)}（累计）")
        yield _units(report)


def item_name(column: ProgressTotal) -> str:
    return safe_text(item_title(column.item_code, column.indicator_name, column.part_name))


def unit_figures(report: PeriodReport, view: View = View.CUMULATIVE) -> dict[str, tuple[Fact, ...]]:
    """unit_id → its figures in the form's order."""
    column_name = "month_value" if view is View.INCREMENT else "cumulative_value"
    found = {}
    for line, printed in for_each_figure(report, view, lambda one: printed_figure(one, view)):
        found[line.unit_id] = tuple(
            Fact(_text(value), _name(column_name, line.unit_id, column, report))
            for column, value in zip(report.columns, printed, strict=True)
        )
    return found


def _totals(report: PeriodReport) -> Table:
    rows: list[tuple[Piece, ...]] = []
    for column in report.columns:
        total = report.total(ALL, column)
        key = (report.period, f"{column.item_code}/{column.part}")
        numbers = [
            figure(_text(printed_total(total, view)), "rpt_progress_totals", name, *key)
            for name, view in (("cumulative_value", View.CUMULATIVE), ("month_value", View.INCREMENT))
        ]
        rows.append((item_name(column), safe_text(column.measure_unit), *numbers))
    heads = ("项目", "单位", "累计", increment_title(report.period))
    return Table(heads, (100, 14, 21, 21), tuple(rows), left=("项目",))


def _units(report: PeriodReport) -> Table:
    """The first section only, as many of its columns as the page holds."""
    section = report.columns[0].section_code
    shown = [n for n, column in enumerate(report.columns) if column.section_code == section][:_MOST_COLUMNS]
    facts = unit_figures(report)
    rows = tuple(
        row(outside_text(line.unit_name), *(facts[line.unit_id][place] for place in shown)) for line in report.units
    )
    heads = ("单位", *(item_name(report.columns[place]) for place in shown))
    width = (156 - 36) / len(shown)
    return Table(heads, (36, *[width] * len(shown)), rows, left=("单位",))


def _text(value: Printed) -> str:
    """A blank stays blank: it is not the dash of what the mart does not know."""
    return number_text(value) if isinstance(value, Decimal) else value or ""


def _name(column_name: str, unit_id: str, column: ProgressTotal, report: PeriodReport) -> str:
    return figure(
        "", "rpt_progress_table", column_name, report.period, unit_id, f"{column.item_code}/{column.part}"
    ).name
