"""The form laid out in other ways: moved, with other headings, several on one sheet, several months side by side.

Belongs here: what is found by labels and headings. Does not belong here: single cells (excel_cells.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.corpus.excel_parts import excel, ordinary_table
from tests.corpus.expectation import Case
from tests.forms import Table, as_csv, as_docx, as_xlsx, headed, listed
from tests.unit.ingest.parsing import CHAGOU, FILLED, FORM, GUSHAN

_TITLED = {"unit": "孤山镇", "filled_on": "2023年6月24日"}
_NAME = "调度表.xlsx"
_BOTH_MONTHS = ((GUSHAN, "2023-06", "12"), (GUSHAN, "2023-07", "20"))
_TWO_UNITS = ((GUSHAN, "2023-06", "12"), (CHAGOU, "2023-06", "20"))


def _with_labels(change: Mapping[str, str]) -> Table:
    table = ordinary_table()
    table.rows = [[change.get(v, v) if isinstance(v, str) else v for v in row] for row in table.rows]
    return table


def _named(name: str, label: str, written: str, **expected: Any) -> Case:
    """A label of the official layout written otherwise."""
    return Case(name, lambda: excel(table=_with_labels({label: written})), **expected)


def _laid_out(name: str, table: Callable[[], Table], **expected: Any) -> Case:
    return Case(name, lambda: as_xlsx(table()), **{"file_name": _NAME, **expected})


_TYPED = {"noted": ("RD-2-05",)}
_FIRST = "企业自查发现的重大事故隐患(个)"

NAMES = [
    _named("one wrong character", _FIRST, "企业自察发现的重大事故隐患(个)", **_TYPED),
    _named("one character left out", _FIRST, "企业自查发现的重大事隐患(个)", **_TYPED),
    _named("one character typed twice", _FIRST, "企业自查发现的的重大事故隐患(个)", **_TYPED),
    _named("two characters swapped", _FIRST, "企业自查现发的重大事故隐患(个)", **_TYPED),
    _named("slip in a short label", "移送司法机关(人)", "移送司法机构(人)", **_TYPED),
    _named("unit of measure left out", _FIRST, "企业自查发现的重大事故隐患"),
    _named("unit of measure in other brackets", _FIRST, "企业自查发现的重大事故隐患【个】"),
    _named("number typed before the label", _FIRST, "1、企业自查发现的重大事故隐患（个）"),
    _named("line break inside the label", _FIRST, "企业自查发现的\n重大事故隐患（个）"),
    _named("spaces inside the label", _FIRST, "企业自查 发现的 重大事故隐患（个）"),
    _named("full-width brackets and traditional spaces", _FIRST, "　企业自查发现的重大事故隐患（　个　）"),
    _named(
        "word that changes the meaning",
        _FIRST,
        "企业自查未发现的重大事故隐患(个)",
        figures={"1.1": "blank"},
        returned=("RD-2-03",),
        noted=("RD-5-08",),
    ),
    _named(
        "word for another period",
        _FIRST,
        "上月企业自查发现的重大事故隐患(个)",
        figures={"1.1": "blank"},
        returned=("RD-2-03",),
        noted=("RD-5-08",),
    ),
    _named(
        "label that could be two items",
        "帮扶指导(个次)",
        "帮扶指导重点(个次)",
        figures={"3.1": "blank"},
        returned=("RD-2-03",),
        noted=("RD-5-08",),
    ),
    _named(
        "label of another kind",
        "帮扶指导(个次)",
        "会议次数(次)",
        figures={"3.1": "blank"},
        returned=("RD-2-03",),
        noted=("RD-5-08",),
        says="3.1 帮扶指导",
    ),
    _named(
        "label that stands twice",
        "企业自查发现重大事故隐患中已完成整改的(个)",
        _FIRST,
        returned=("RD-2-03", "RD-2-04", "RD-5-05"),
        figures={"1.1": "unreadable", "1.2": "blank"},
    ),
]


def _inserted_column(at: int) -> Table:
    return Table([[*row[:at], None, *row[at:]] if len(row) > at else row for row in ordinary_table().rows])


def _inserted_rows() -> Table:
    rows = ordinary_table().rows
    return Table([["海城市孤山镇文件"], ["内部资料"], [], *rows[:3], [], *rows[3:10], [], [], *rows[10:]])


def _list(headings: tuple[str, ...], columns: Callable[[int, Any], list[Any]]) -> Table:
    return listed(FORM, FILLED, **_TITLED, headings=headings, columns=columns)


def _figure(item: Any) -> Any:
    return FILLED.get(item.code)


def _banded() -> Table:
    """A band with the section's title above its items, and a subtotal line without figures below."""
    table = listed(FORM, FILLED, **_TITLED)
    rows, merges = table.rows[:3], []
    body = table.rows[3:-1]
    for section in FORM.sections:
        merges.append((len(rows), 0, len(rows), 3))
        rows.append([f"{'一二三四'[int(section.code) - 1]}、{section.title}"])
        rows += [body.pop(0) for _ in section.items]
    return Table([*rows, table.rows[-1], ["注：本表为累计数。"]], merges)


def _headed_rows(*rows: list[Any]) -> Table:
    """Labels above figures, with more rows between them."""
    table = headed(FORM, FILLED, **_TITLED)
    table.rows[4:4] = rows
    return table


def _two_heading_rows() -> Table:
    """Section titles merged over the labels of their items."""
    table = headed(FORM, FILLED, **_TITLED)
    sections: list[Any] = [None]
    merges, column = [], 1
    for section in FORM.sections:
        merges.append((3, column, 3, column + len(section.items) - 1))
        sections += [section.title, *[None] * (len(section.items) - 1)]
        column += len(section.items)
    table.rows.insert(3, sections)
    return Table(table.rows, merges)


def _four_heading_rows() -> Table:
    table = _two_heading_rows()
    table.rows[5:5] = [[None, *range(1, 33)], [None, *(item.parts[0].measure_unit for item in FORM.items)]]
    return table


def _units(*lines: tuple[str, dict[str, Any]], filled_on: str = "2023年6月24日") -> Table:
    return headed(FORM, lines, filled_on=filled_on)


_OTHER = {**FILLED, "1.1": 20}
_SUM = {**FILLED, "1.1": 32}

PLACES = [
    *(_laid_out(f"empty column put in as number {at + 1}", lambda at=at: _inserted_column(at)) for at in range(7)),
    _laid_out("letterhead and blank rows", _inserted_rows),
    _laid_out("list with a heading", lambda: listed(FORM, FILLED, **_TITLED)),
    _laid_out("list without a heading", lambda: _list((), lambda n, i: [n, i.label, _figure(i)])),
    _laid_out(
        "list with the figure before the unit of measure",
        lambda: _list(
            ("序号", "指标", "数值", "计量单位"), lambda n, i: [n, i.name, _figure(i), i.parts[0].measure_unit]
        ),
    ),
    _laid_out("list with codes", lambda: _list(("代码", "指标", "数值"), lambda n, i: [i.code, i.name, _figure(i)])),
    _laid_out("list under bands of sections", _banded),
    _laid_out("labels above figures", lambda: headed(FORM, FILLED, **_TITLED), noted=("RD-6-02",)),
    _laid_out(
        "labels above figures with a row of numbers", lambda: _headed_rows([None, *range(1, 33)]), noted=("RD-6-02",)
    ),
    _laid_out(
        "labels above figures with a row of units",
        lambda: _headed_rows([None, *(item.parts[0].measure_unit for item in FORM.items)]),
        noted=("RD-6-02",),
    ),
    _laid_out("two rows of headings", _two_heading_rows, noted=("RD-6-02",)),
    _laid_out("four rows of headings", _four_heading_rows, noted=("RD-6-02",)),
    _laid_out(
        "notes between and below", lambda: Table([*ordinary_table().rows, ["说明：以上为累计数。"], ["联系电话：略"]])
    ),
    Case("list in Word", lambda: as_docx(listed(FORM, FILLED, **_TITLED)), "孤山镇6月.docx"),
    Case("list as text", lambda: as_csv(listed(FORM, FILLED, **_TITLED)), "调度表.csv"),
    Case(
        "labels above figures in Word",
        lambda: as_docx(headed(FORM, FILLED, **_TITLED)),
        "孤山镇6月.docx",
        noted=("RD-6-02",),
    ),
    _laid_out("figure one cell further right", lambda: _moved_figure(), noted=("RD-5-10",)),
    _laid_out(
        "figure beside no label",
        lambda: Table(
            [*ordinary_table().rows[:6], [None, None, None, None, None, None, 55], *ordinary_table().rows[6:]]
        ),
        noted=("RD-5-08",),
    ),
]


def _moved_figure() -> Table:
    table = _inserted_column(4)
    table.rows[4][3:5] = [None, 8]
    return table


def _sheet(unit: str, figures: Mapping[str, Any], name: str, filled_on: str = "2023年6月24日") -> Table:
    return Table(listed(FORM, figures, unit=unit, filled_on=filled_on).rows, name=name)


def _units_in_columns(*headings: str) -> Table:
    """A list with a column of figures for each unit and one for their total."""
    return _list(("序号", "指标", *headings), lambda n, i: [n, i.name, _figure(i), _OTHER.get(i.code), 32])


def _without_unit(table: Table) -> Table:
    table.rows[1] = [None, None, "填报时间：2023年6月24日"]
    return table


SEVERAL = [
    Case(
        "units in columns, total last",
        lambda: as_xlsx(_without_unit(_units_in_columns("孤山镇", "岔沟镇", "合计"))),
        _NAME,
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
        lambda: as_xlsx(_sheet("孤山镇", FILLED, "一"), _sheet("岔沟镇", _OTHER, "二")),
        _NAME,
        submissions=_TWO_UNITS,
    ),
    Case(
        "a sheet for each month",
        lambda: as_xlsx(
            *(
                Table(listed(FORM, figures, unit="孤山镇").rows, name=name)
                for name, figures in (("6月", FILLED), ("7月", _OTHER))
            )
        ),
        _NAME,
        received_on="2023-07-25",
        submissions=_BOTH_MONTHS,
    ),
    Case(
        "units in rows, total last",
        lambda: as_xlsx(_units(("孤山镇", FILLED), ("岔沟镇", _OTHER), ("合计", _SUM))),
        _NAME,
        submissions=_TWO_UNITS,
    ),
    Case(
        "units in rows, total first",
        lambda: as_xlsx(_units(("合计", _SUM), ("孤山镇", FILLED), ("岔沟镇", _OTHER))),
        _NAME,
        submissions=_TWO_UNITS,
    ),
    Case(
        "months in rows",
        lambda: as_xlsx(headed(FORM, [("6月", FILLED), ("7月", _OTHER)], unit="孤山镇", filled_on="2023年7月24日")),
        _NAME,
        received_on="2023-07-25",
        submissions=_BOTH_MONTHS,
    ),
    Case(
        "units in rows without names",
        lambda: as_xlsx(headed(FORM, [("", FILLED), ("", _OTHER)], **_TITLED)),
        _NAME,
        refused="RD-2-08",
        says="分不清是哪个单位",
    ),
    Case(
        "two forms one below the other",
        lambda: as_xlsx(
            Table(
                [
                    *listed(FORM, FILLED, **_TITLED).rows,
                    [],
                    *listed(FORM, _OTHER, unit="岔沟镇", filled_on="2023年6月24日").rows,
                ]
            )
        ),
        _NAME,
        submissions=_TWO_UNITS,
    ),
    Case(
        "equal copies of one form",
        lambda: as_xlsx(_sheet("孤山镇", FILLED, "一"), _sheet("孤山镇", FILLED, "二")),
        _NAME,
    ),
    Case(
        "blank copy beside the filled form",
        lambda: as_xlsx(_sheet("孤山镇", FILLED, "一"), _sheet("孤山镇", {}, "二")),
        _NAME,
    ),
]


def _months(
    headings: tuple[str, ...], *rows: tuple[str, ...], merges: Any = (), second: Mapping[str, Any] = _OTHER
) -> Table:
    """A list with two columns of figures under one or more rows of headings."""
    table = _list(("序号", "指标", *headings), lambda n, i: [n, i.name, _figure(i), second.get(i.code)])
    table.rows[1] = ["填报单位：孤山镇", None, "填报时间：2023年7月24日"]
    table.rows[3:3] = [[None, None, *row] for row in rows]
    table.merges = list(merges)
    return table


def _both(name: str, table: Callable[[], Table]) -> Case:
    return _laid_out(name, table, received_on="2023-07-25", submissions=_BOTH_MONTHS)


def _crowded(name: str, table: Callable[[], Table], says: str, *also: str) -> Case:
    """Returned as a whole: nobody can say which column counts; `also` are items for which any stands."""
    figures = {c: "unreadable" for c in (*_figures_of_the_form(), *also)}
    return _laid_out(name, table, file_name="孤山镇6月调度表.xlsx", figures=figures, returned=("RD-2-10",), says=says)


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
    _laid_out(
        "official layout with two months beside each label",
        lambda: _side_by_side("6月", "7月"),
        received_on="2023-07-25",
        submissions=((GUSHAN, "2023-06", "12"), (GUSHAN, "2023-07", "20")),
    ),
    _laid_out("this month and cumulative", lambda: _cumulative()),
    _laid_out(
        "columns for months to come",
        lambda: _list(("指标", "6月", "7月", "8月"), lambda _, i: [i.name, _figure(i), None, None]),
    ),
    _laid_out(
        "only this month's figures",
        lambda: _list(("指标", "本月"), lambda _, i: [i.name, _figure(i)]),
        figures=_all("blank"),
        returned=("RD-2-12",),
        says="只有 B 列“本月” 的数字",
    ),
    _laid_out(
        "only this month's figures beside a blank cumulative column",
        lambda: _list(("指标", "本月", "累计"), lambda _, i: [i.name, _figure(i), None]),
        figures=_all("blank"),
        returned=("RD-2-12",),
        says="没有累计数那一列",
    ),
    _laid_out(
        "last month and this month",
        lambda: _list(("指标", "上月", "本月"), lambda _, i: [i.name, 1, _figure(i)]),
        figures=_all("unreadable", "4.4"),
        returned=("RD-2-12",),
        says="B 列“上月”、C 列“本月”",
    ),
    _laid_out(
        "column of another unit than the stamped line",
        lambda: _list(("指标", "岔沟镇"), lambda _, i: [i.name, _figure(i)]),
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
    _laid_out(
        "one column headed by another month than the file name",
        lambda: _other_month(),
        file_name="孤山镇6月调度表.xlsx",
        received_on="2023-07-25",
        refused="RD-4-03",
        noted=("RD-6-03",),
    ),
]


def _list_with_unit() -> Table:
    table = _list(
        ("序号", "指标", "6月", "7月", "单位"),
        lambda n, i: [n, i.name, _figure(i), _OTHER.get(i.code), i.parts[0].measure_unit],
    )
    table.rows[1] = ["填报单位：孤山镇", None, "填报时间：2023年7月24日"]
    return table


def _cumulative() -> Table:
    return _list(("序号", "指标", "本月", "累计"), lambda n, i: [n, i.name, 900 + n, _figure(i)])


def _untitled(headings: tuple[str, str]) -> Table:
    return _list(("序号", "指标", *headings), lambda n, i: [n, i.name, _figure(i), _OTHER.get(i.code)])


def _other_month() -> Table:
    return listed(FORM, FILLED, unit="孤山镇", headings=("序号", "指标", "单位", "7月"))


NOBODY_KNOWS = [
    _laid_out("no unit anywhere", lambda: listed(FORM, FILLED, filled_on="2023年6月24日"), refused="RD-3-01"),
    _laid_out(
        "unit that is not on the roster",
        lambda: listed(FORM, FILLED, unit="无名镇", filled_on="2023年6月24日"),
        refused="RD-3-02",
        says="无名镇",
    ),
    _laid_out(
        "two units on the stamped line",
        lambda: listed(FORM, FILLED, unit="孤山镇、岔沟镇", filled_on="2023年6月24日"),
        refused="RD-3-03",
    ),
    _laid_out(
        "unit that the file name contradicts",
        lambda: listed(FORM, FILLED, **_TITLED),
        file_name="岔沟镇6月调度表.xlsx",
        refused="RD-3-04",
        says="岔沟镇",
    ),
    _laid_out("no month anywhere", lambda: listed(FORM, FILLED, unit="孤山镇"), refused="RD-4-01", noted=("RD-6-03",)),
    _laid_out(
        "two months on the form",
        lambda: Table([["2023年6月、7月"], *listed(FORM, FILLED, unit="孤山镇").rows]),
        refused="RD-4-02",
        noted=("RD-6-03",),
    ),
    _laid_out(
        "month that the fill date contradicts",
        lambda: listed(FORM, FILLED, **_TITLED),
        file_name="孤山镇9月调度表.xlsx",
        refused="RD-4-03",
    ),
    _laid_out(
        "month before the campaign",
        lambda: listed(FORM, FILLED, unit="孤山镇"),
        file_name="孤山镇2023年3月调度表.xlsx",
        refused="RD-4-04",
        noted=("RD-6-03",),
    ),
    _laid_out(
        "month that is yet to come",
        lambda: listed(FORM, FILLED, unit="孤山镇"),
        file_name="孤山镇2023年9月调度表.xlsx",
        refused="RD-4-05",
        noted=("RD-6-03",),
    ),
]

CASES = [*NAMES, *PLACES, *SEVERAL, *MONTHS, *NOBODY_KNOWS]
