"""Old Excel workbooks (.xls, and .et as WPS saves it): cells, formulas, hidden and merged places, broken files.

Belongs here: BIFF files. Does not belong here: web pages and text under the ending .xls (plain_text.py).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from datetime import date
from typing import Any

from tests.corpus.excel_parts import ordinary_table
from tests.corpus.expectation import Case
from tests.forms import Table, as_xls

_NAME = "孤山镇6月调度表.xls"
_BLANK, _UNREADABLE = {"1.1": "blank"}, {"1.1": "unreadable"}
_FIGURE = (3, 3)  # D4, the figure of 1.1
_ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
_EMPTY_RESULT = struct.pack("<Q", 0xFFFF000000000003)


def workbook(value: Any = 12, style: str = "", change: Callable[[Any], None] | None = None) -> bytes:
    """The filled form with another figure of 1.1; `change` may alter the xlwt sheet."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("调度表", cell_overwrite_ok=True)
    table = ordinary_table()
    merged = {(top, left): (top, bottom, left, right) for top, left, bottom, right in table.merges}
    plain, own = xlwt.easyxf(""), xlwt.easyxf(*_style(style))
    for row, values in enumerate(table.rows):
        for column, standing in enumerate(values):
            if (row, column) == _FIGURE:
                _write(sheet, value, own)
            elif (row, column) in merged:
                sheet.write_merge(*merged[row, column], standing, plain)
            elif standing is not None:
                sheet.write(row, column, standing, plain)
    if change is not None:
        change(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _style(style: str) -> tuple[str, str]:
    """A style text, or a number format after `format `."""
    return ("", style.removeprefix("format ")) if style.startswith("format ") else (style, "General")


def _write(sheet: Any, value: Any, style: Any) -> None:
    if isinstance(value, list):
        sheet.write_rich_text(*_FIGURE, value, style)
    elif value in _ERRORS:
        sheet.row(_FIGURE[0]).set_cell_error(_FIGURE[1], _ERRORS[value], style)
    elif value is not None:
        sheet.write(*_FIGURE, value, style)


def formula(text: str, result: bytes = b"", flags: int = 0, *, uncalculated_sheet: bool = False) -> bytes:
    """The filled form with a formula for 1.1, its stored result and its flags."""
    import xlwt

    content = bytearray(workbook(xlwt.Formula(text)))
    at = content.index(_EMPTY_RESULT)
    if result:
        content[at : at + 8] = result
    struct.pack_into("<H", content, at + 8, flags)
    if uncalculated_sheet:  # the record before the formulas that sets the iteration count is not needed: take its place
        start = content.index(struct.pack("<HH", 0x000C, 2), content.index(b"\x09\x08\x10\x00\x00\x06\x10\x00"))
        struct.pack_into("<H", content, start, 0x005E)
    return bytes(content)


def number(value: float) -> bytes:
    return struct.pack("<d", value)


def _runs(*runs: tuple[str, str]) -> list[Any]:
    import xlwt

    return [(text, xlwt.easyfont(font)) for text, font in runs]


def _case(name: str, make: Callable[[], bytes], **expected: Any) -> Case:
    return Case(name, make, **{"file_name": _NAME, **expected})


def _returned(name: str, make: Callable[[], bytes], code: str = "RD-5-02", says: str = "") -> Case:
    return _case(name, make, figures=_UNREADABLE, returned=(code,), says=says)


CELLS = [
    _case("ordinary old workbook", workbook),
    _case("ordinary workbook of WPS", workbook, file_name="孤山镇6月调度表.et"),
    *(
        _returned(f"error {text} in an old workbook", lambda text=text: workbook(text), "RD-5-03", text)
        for text in _ERRORS
    ),
    _returned("true in an old workbook", lambda: workbook(True), says="逻辑值"),
    _returned("date in an old workbook", lambda: workbook(date(2023, 6, 24), "format YYYY-MM-DD"), says="2023-06-24"),
    _returned("count shown as a date in an old workbook", lambda: workbook(12, 'format m"月"d"日"'), says="日期"),
    _returned("percentage in an old workbook", lambda: workbook(0.12, "format 0%"), says="百分数"),
    _returned("number shown in thousands in an old workbook", lambda: workbook(12_000, "format 0.0,"), says="显示"),
    _returned("number shown with the unit 人 in an old workbook", lambda: workbook(12, 'format 0"人"'), says="12人"),
    _case("number shown with the unit 个 in an old workbook", lambda: workbook(12, 'format 0"个"')),
    _case("number with two decimals in an old workbook", lambda: workbook(12, "format 0.00")),
    _case("text number in an old workbook", lambda: workbook("12")),
    _case("full-width number in an old workbook", lambda: workbook("　１２个")),
    _case("nothing in an old workbook", lambda: workbook(None), figures=_BLANK),
    _case("blank text in an old workbook", lambda: workbook("　 "), figures=_BLANK),
    _case("dash in an old workbook", lambda: workbook("—"), figures=_BLANK),
    _case("slash in an old workbook", lambda: workbook("/"), figures={"1.1": "not_applicable"}),
    _returned("code of 18 digits in an old workbook", lambda: workbook("210381199001011230"), says="210381****"),
    _returned("negative count in an old workbook", lambda: workbook(-12), says="负数"),
    _returned("count with a fraction in an old workbook", lambda: workbook(12.5), says="整数"),
    _returned("struck-out figure in an old workbook", lambda: workbook(12, "font: struck_out on"), says="划掉"),
    _case(
        "struck-out digit in an old workbook",
        lambda: workbook(_runs(("3", "struck_out on"), ("12", ""))),
        noted=("RD-5-06",),
    ),
    _returned("wholly struck-out runs in an old workbook", lambda: workbook(_runs(("12", "struck_out on"), (" ", "")))),
    _returned(
        "raised digit in an old workbook",
        lambda: workbook(_runs(("12", ""), ("1", "escapement superscript"))),
        says="^1",
    ),
]

FORMULAS = [
    _case("formula of an old workbook with its result", lambda: formula("5+7", number(12.0))),
    _case(
        "formula of an old workbook whose result is zero", lambda: formula("D5-8", number(0.0)), figures={"1.1": "0"}
    ),
    _returned("formula of an old workbook that xlwt wrote", lambda: formula("SUM(D5:D6)"), "RD-5-04", "没有计算结果"),
    _returned("formula to be calculated on opening", lambda: formula("SUM(D5:D6)", number(0.0), 2), "RD-5-04"),
    _case("formula calculated on every opening, with its result", lambda: formula("5+7", number(12.0), 2)),
    _returned(
        "formula on a sheet that was never calculated",
        lambda: formula("SUM(D5:D6)", number(0.0), uncalculated_sheet=True),
        "RD-5-04",
    ),
    _case("formula of an old workbook that yields no text", lambda: formula('IF(D5>0,"",D5)'), figures=_BLANK),
    _returned(
        "formula of an old workbook with an error", lambda: formula("1/0", b"\x02\0\x07\0\0\0\xff\xff"), "RD-5-03"
    ),
    _returned(
        "formula of an old workbook that is true", lambda: formula("1=1", b"\x01\0\x01\0\0\0\xff\xff"), says="逻辑值"
    ),
]


def _hidden_row(sheet: Any) -> None:
    sheet.row(3).hidden = True


def _hidden_column(sheet: Any) -> None:
    sheet.col(3).hidden = True


def _behind_a_merge(sheet: Any) -> None:
    sheet.merge(3, 3, 2, 3)


def _cut(share: float) -> bytes:
    content = workbook()
    return content[: int(len(content) * share)]


def _encrypted() -> bytes:
    content = bytearray(workbook())
    struct.pack_into("<H", content, content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20, 0x2F)
    return bytes(content)


def _hidden_form() -> bytes:
    return as_xls(Table([["说明"]], name="说明"), Table(ordinary_table().rows, hidden=True))


def _no_height(sheet: Any) -> None:
    sheet.row(3).height_mismatch = True
    sheet.row(3).height = 0


PLACES = [
    _case("row of no height in an old workbook", lambda: workbook(change=_no_height), noted=("RD-5-07",)),
    _case("hidden row in an old workbook", lambda: workbook(change=_hidden_row), noted=("RD-5-07",)),
    _case("hidden column in an old workbook", lambda: workbook(change=_hidden_column), noted=("RD-5-07",)),
    _case("figure behind a merge in an old workbook", lambda: workbook(change=_behind_a_merge), figures=_BLANK),
    _case("form on a hidden sheet of an old workbook", _hidden_form, refused="RD-2-06"),
    _case("old workbook under the new ending", workbook, file_name="孤山镇6月调度表.xlsx", noted=("RD-7-12",)),
    _case("old workbook with a password", _encrypted, refused="RD-1-02"),
    *(
        _case(f"old workbook cut off after {share:.0%}", lambda share=share: _cut(share), refused="RD-1-03")
        for share in (0.1, 0.3, 0.5, 0.7, 0.9)
    ),
    _case("nothing but the head of an old file", lambda: _cut(0.001) + bytes(600), refused="RD-1-04"),
]

CASES = [*CELLS, *FORMULAS, *PLACES]
