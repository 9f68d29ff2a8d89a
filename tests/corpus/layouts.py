"""One form laid out in other ways: with other labels, moved, with other headings.

Belongs here: what is found by labels and headings. Does not belong here: single cells (excel_cells.py), several units
or months in one file (several_forms.py), whose form it is (unit_and_month.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.corpus.excel_parts import excel, ordinary_table
from tests.corpus.expectation import Case
from tests.corpus.laid_out import TITLED, a_list, figure_of, laid_out
from tests.forms import Table, as_csv, as_docx, headed, listed
from tests.unit.ingest.parsing import FILLED, FORM


def _with_labels(change: Mapping[str, str]) -> Table:
    table = ordinary_table()
    table.rows = [[change.get(v, v) if isinstance(v, str) else v for v in row] for row in table.rows]
    return table


def _named(name: str, label: str, written: str, **expected: Any) -> Case:
    """A label of the official layout written otherwise."""
    return Case(name, lambda: excel(table=_with_labels({label: written})), **expected)


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


def _banded() -> Table:
    """A band with the section's title above its items, and a subtotal line without figures below."""
    table = listed(FORM, FILLED, **TITLED)
    rows, merges = table.rows[:3], []
    body = table.rows[3:-1]
    for section in FORM.sections:
        merges.append((len(rows), 0, len(rows), 3))
        rows.append([f"{'一二三四'[int(section.code) - 1]}、{section.title}"])
        rows += [body.pop(0) for _ in section.items]
    return Table([*rows, table.rows[-1], ["注：本表为累计数。"]], merges)


def _headed_rows(*rows: list[Any]) -> Table:
    """Labels above figures, with more rows between them."""
    table = headed(FORM, FILLED, **TITLED)
    table.rows[4:4] = rows
    return table


def _two_heading_rows() -> Table:
    """Section titles merged over the labels of their items."""
    table = headed(FORM, FILLED, **TITLED)
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


PLACES = [
    *(laid_out(f"empty column put in as number {at + 1}", lambda at=at: _inserted_column(at)) for at in range(7)),
    laid_out("letterhead and blank rows", _inserted_rows),
    laid_out("list with a heading", lambda: listed(FORM, FILLED, **TITLED)),
    laid_out("list without a heading", lambda: a_list((), lambda n, i: [n, i.label, figure_of(i)])),
    laid_out(
        "list with the figure before the unit of measure",
        lambda: a_list(
            ("序号", "指标", "数值", "计量单位"), lambda n, i: [n, i.name, figure_of(i), i.parts[0].measure_unit]
        ),
    ),
    laid_out("list with codes", lambda: a_list(("代码", "指标", "数值"), lambda n, i: [i.code, i.name, figure_of(i)])),
    laid_out("list under bands of sections", _banded),
    laid_out("labels above figures", lambda: headed(FORM, FILLED, **TITLED), noted=("RD-6-02",)),
    laid_out(
        "labels above figures with a row of numbers", lambda: _headed_rows([None, *range(1, 33)]), noted=("RD-6-02",)
    ),
    laid_out(
        "labels above figures with a row of units",
        lambda: _headed_rows([None, *(item.parts[0].measure_unit for item in FORM.items)]),
        noted=("RD-6-02",),
    ),
    laid_out("two rows of headings", _two_heading_rows, noted=("RD-6-02",)),
    laid_out("four rows of headings", _four_heading_rows, noted=("RD-6-02",)),
    laid_out(
        "notes between and below", lambda: Table([*ordinary_table().rows, ["说明：以上为累计数。"], ["联系电话：略"]])
    ),
    Case("list in Word", lambda: as_docx(listed(FORM, FILLED, **TITLED)), "孤山镇6月.docx"),
    Case("list as text", lambda: as_csv(listed(FORM, FILLED, **TITLED)), "调度表.csv"),
    Case(
        "labels above figures in Word",
        lambda: as_docx(headed(FORM, FILLED, **TITLED)),
        "孤山镇6月.docx",
        noted=("RD-6-02",),
    ),
    laid_out("figure one cell further right", lambda: _moved_figure(), noted=("RD-5-10",)),
    laid_out(
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


CASES = [*NAMES, *PLACES]
