"""Several units or months in one file: in columns, in rows, on sheets; and columns nobody can tell apart.

Belongs here: which column, row or sheet is whose. Does not belong here: a single form laid out otherwise (layouts.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.corpus.excel_parts import ordinary_table
from tests.corpus.expectation import Case
from tests.corpus.laid_out import NAME, OTHER, TITLED, a_list, figure_of, laid_out
from tests.forms import Table, as_xlsx, headed, listed
from tests.unit.ingest.parsing import CHAGOU, FILLED, FORM, GUSHAN

_BOTH_MONTHS = ((GUSHAN, "2023-06", "12"), (GUSHAN, "2023-07", "20"))
_TWO_UNITS = ((GUSHAN, "2023-06", "12"), (CHAGOU, "2023-06", "20"))
_SUM = {**FILLED, "1.1": 32}


def _units(*lines: tuple[str, dict[str, Any]], filled_on: str = "2023年6月24日") -> Table:
    return headed(FORM, lines, filled_on=filled_on)


def _sheet(unit: str, figures: Mapping[str, Any], name: str, filled_on: str = "2023年6月24日") -> Table:
    return Table(listed(FORM, figures, unit=unit, filled_on=filled_on).rows, name=name)


def _units_in_columns(*headings: str) -> Table:
    """A list with a column of figures for each unit and one for their total."""
    return a_list(("序号", "指标", *headings), lambda n, i: [n, i.name, figure_of(i), OTHER.get(i.code), 32])


def _without_unit(table: Table) -> Table:
    table.rows[1] = [None, None, "填报时间：2023年6月24日"]
    return table


SEVERAL = [
    Case(
        "units in columns, total last",
        lambda: as_xlsx(_without_unit(_units_in_columns("孤山镇", "岔沟镇", "合计"))),
        NAME,
        submissions=_TWO_UNITS,
    ),
    Case(
        "units in columns under a file name of another unit",
        lambda: as_xlsx(_without_unit(_units_in_columns("孤山镇", "岔沟镇", "合计"))),
        "析木镇6月.xlsx",
        submissions=((None, "2023-06", "12"), (None, "2023-06", "20")),
    ),
    Case(
        "a sheet for each unit",
        lambda: as_xlsx(_sheet("孤山镇", FILLED, "一"), _sheet("岔沟镇", OTHER, "二")),
        NAME,
        submissions=_TWO_UNITS,
    ),
    Case(
        "a sheet for each month",
        lambda: as_xlsx(
            *(
                Table(listed(FORM, figures, unit="孤山镇").rows, name=name)
                for name, figures in (("6月", FILLED), ("7月", OTHER))
            )
        ),
        NAME,
        received_on="2023-07-25",
        submissions=_BOTH_MONTHS,
    ),
    Case(
        "units in rows, total last",
        lambda: as_xlsx(_units(("孤山镇", FILLED), ("岔沟镇", OTHER), ("合计", _SUM))),
        NAME,
        submissions=_TWO_UNITS,
    ),
    Case(
        "units in rows, total first",
        lambda: as_xlsx(_units(("合计", _SUM), ("孤山镇", FILLED), ("岔沟镇", OTHER))),
        NAME,
        submissions=_TWO_UNITS,
    ),
    Case(
        "months in rows",
        lambda: as_xlsx(headed(FORM, [("6月", FILLED), ("7月", OTHER)], unit="孤山镇", filled_on="2023年7月24日")),
        NAME,
        received_on="2023-07-25",
        submissions=_BOTH_MONTHS,
    ),
    Case(
        "units in rows without names",
        lambda: as_xlsx(headed(FORM, [("", FILLED), ("", OTHER)], **TITLED)),
        NAME,
        refused="RD-2-08",
        says="分不清是哪个单位",
    ),
    Case(
        "two forms one below the other",
        lambda: as_xlsx(
            Table(
                [
                    *listed(FORM, FILLED, **TITLED).rows,
                    [],
                    *listed(FORM, OTHER, unit="岔沟镇", filled_on="2023年6月24日").rows,
                ]
            )
        ),
        NAME,
        submissions=_TWO_UNITS,
    ),
    Case(
        "equal copies of one form",
        lambda: as_xlsx(_sheet("孤山镇", FILLED, "一"), _sheet("孤山镇", FILLED, "二")),
        NAME,
    ),
    Case(
        "blank copy beside the filled form",
        lambda: as_xlsx(_sheet("孤山镇", FILLED, "一"), _sheet("孤山镇", {}, "二")),
        NAME,
    ),
]


def _months(
    headings: tuple[str, ...], *rows: tuple[str, ...], merges: Any = (), second: Mapping[str, Any] = OTHER
) -> Table:
    """A list with two columns of figures under one or more rows of headings."""
    table = a_list(("序号", "指标", *headings), lambda n, i: [n, i.name, figure_of(i), second.get(i.code)])
    table.rows[1] = ["填报单位：孤山镇", None, "填报时间：2023年7月24日"]
    table.rows[3:3] = [[None, None, *row] for row in rows]
    table.merges = list(merges)
    return table


def _both(name: str, table: Callable[[], Table]) -> Case:
    return laid_out(name, table, received_on="2023-07-25", submissions=_BOTH_MONTHS)


def _crowded(name: str, table: Callable[[], Table], says: str, *also: str) -> Case:
    """Returned as a whole: nobody can say which column counts; `also` are items for which any stands."""
    figures = {c: "unreadable" for c in (*_figures_of_the_form(), *also)}
    return laid_out(name, table, file_name="孤山镇6月调度表.xlsx", figures=figures, returned=("RD-2-10",), says=says)


def _all(state: str, *also: str) -> dict[str, str]:
    return dict.fromkeys((*_figures_of_the_form(), *also), state)


def _figures_of_the_form() -> list[str]:
    from tests.unit.ingest.parsing import READ

    return [code for code in READ if code != "4.4"]


def _side_by_side(first: str, second: str) -> Table:
    """The official layout with two columns of figures beside each label and a row of headings above."""
    rows = []
    for row in ordinary_table().rows:
        wide = len(row) > 5 and isinstance(row[1], int)
        rows.append([*row[:4], 20 if row[1] == 1 and row[0] else row[3], *row[4:7], *row[6:7]] if wide else row)
    rows[2] = ["孤山镇 镇(街)、开发区、市安委会成员单位(加盖公章)。填表时间: 2023年7月24日"]
    rows.insert(3, [None, None, None, first, second, None, None, first, second])
    return Table(rows)


MONTHS = [
    _both("two columns headed by their months", lambda: _months(("6月", "7月"))),
    _both("two columns headed by year and month", lambda: _months(("2023年6月", "2023年7月"))),
    _both("two columns headed by months in Chinese numerals", lambda: _months(("六月份", "七月份"))),
    _both("two columns headed as cumulative", lambda: _months(("6月累计", "7月累计"))),
    _both("months above the word cumulative", lambda: _months(("6月", "7月"), ("累计数", "累计数"))),
    _both("two months with a unit column behind", lambda: _list_with_unit()),
    laid_out(
        "official layout with two months beside each label",
        lambda: _side_by_side("6月", "7月"),
        received_on="2023-07-25",
        submissions=((GUSHAN, "2023-06", "12"), (GUSHAN, "2023-07", "20")),
    ),
    laid_out("this month and cumulative", lambda: _cumulative()),
    laid_out(
        "columns for months to come",
        lambda: a_list(("指标", "6月", "7月", "8月"), lambda _, i: [i.name, figure_of(i), None, None]),
    ),
    laid_out(
        "only this month's figures",
        lambda: a_list(("指标", "本月"), lambda _, i: [i.name, figure_of(i)]),
        figures=_all("blank"),
        returned=("RD-2-12",),
        says="只有 B 列“本月” 的数字",
    ),
    laid_out(
        "only this month's figures beside a blank cumulative column",
        lambda: a_list(("指标", "本月", "累计"), lambda _, i: [i.name, figure_of(i), None]),
        figures=_all("blank"),
        returned=("RD-2-12",),
        says="没有累计数那一列",
    ),
    laid_out(
        "last month and this month",
        lambda: a_list(("指标", "上月", "本月"), lambda _, i: [i.name, 1, figure_of(i)]),
        figures=_all("unreadable", "4.4"),
        returned=("RD-2-12",),
        says="B 列“上月”、C 列“本月”",
    ),
    laid_out(
        "column of another unit than the stamped line",
        lambda: a_list(("指标", "岔沟镇"), lambda _, i: [i.name, figure_of(i)]),
        refused="RD-3-04",
    ),
    _crowded(
        "a unit, a village and a total",
        lambda: _units_in_columns("孤山镇", "某村", "小计"),
        "C 列“孤山镇”、D 列“某村”",
        "4.4",
    ),
    _crowded("two columns without a heading", lambda: _untitled(("", "")), "C 列、D 列"),
    _crowded(
        "two columns with headings that name no month", lambda: _untitled(("数值", "数量")), "C 列“数值”、D 列“数量”"
    ),
    _crowded("two columns of the same month", lambda: _untitled(("6月", "6月")), "C 列“6月”、D 列“6月”"),
    _crowded("one column with its month and one without", lambda: _untitled(("6月", "数值")), "D 列“数值”"),
    laid_out(
        "one column headed by another month than the file name",
        lambda: _other_month(),
        file_name="孤山镇6月调度表.xlsx",
        received_on="2023-07-25",
        refused="RD-4-03",
        noted=("RD-6-03",),
    ),
]


def _list_with_unit() -> Table:
    table = a_list(
        ("序号", "指标", "6月", "7月", "单位"),
        lambda n, i: [n, i.name, figure_of(i), OTHER.get(i.code), i.parts[0].measure_unit],
    )
    table.rows[1] = ["填报单位：孤山镇", None, "填报时间：2023年7月24日"]
    return table


def _cumulative() -> Table:
    return a_list(("序号", "指标", "本月", "累计"), lambda n, i: [n, i.name, 900 + n, figure_of(i)])


def _untitled(headings: tuple[str, str]) -> Table:
    return a_list(("序号", "指标", *headings), lambda n, i: [n, i.name, figure_of(i), OTHER.get(i.code)])


def _other_month() -> Table:
    return listed(FORM, FILLED, unit="孤山镇", headings=("序号", "指标", "单位", "7月"))


CASES = [*SEVERAL, *MONTHS]
