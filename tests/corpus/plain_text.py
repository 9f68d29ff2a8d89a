"""Text files: CSV in the encodings and with the slips of many programs, and web pages under the ending .xls.

Belongs here: cases of text. Does not belong here: workbooks under a wrong ending (excel_containers.py, old_excel.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.corpus.excel_parts import excel, ordinary_table
from tests.corpus.expectation import Case
from tests.forms import as_csv

_NAME, _PAGE = "孤山镇6月调度表.csv", "孤山镇6月调度表.xls"
_BLANK, _UNREADABLE = {"1.1": "blank"}, {"1.1": "unreadable"}
_LABEL = "企业自查发现的重大事故隐患(个)"
_NOTE = ("RD-7-12",)  # a web page under the ending of Excel


def separated(old: str = "", new: str = "", encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """The filled form with one piece of text written otherwise."""
    text = as_csv(ordinary_table(), "utf-8", delimiter).decode()
    assert old in text, old
    return text.replace(old, new, 1).encode(encoding)


def _written(name: str, figure: str, **expected: Any) -> Case:
    return Case(name, lambda: separated(f"{_LABEL},12,", f"{_LABEL},{figure},"), _NAME, **expected)


def _csv(name: str, make: Callable[[], bytes], file_name: str = _NAME, **expected: Any) -> Case:
    return Case(name, make, file_name, **expected)


SEPARATED = [
    *(
        _csv(f"separated values in {encoding}", lambda encoding=encoding: separated(encoding=encoding))
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16")
    ),
    _csv("tabs in UTF-16", lambda: separated(encoding="utf-16", delimiter="\t"), "孤山镇6月调度表.txt"),
    _csv("semicolons", lambda: separated(delimiter=";")),
    _csv("declared separator", lambda: b"sep=|\r\n" + separated(encoding="utf-8", delimiter="|")),
    _csv("line ends of Unix", lambda: separated(encoding="utf-8").replace(b"\r\n", b"\n")),
    _csv("line ends of old Macs", lambda: separated(encoding="utf-8").replace(b"\r\n", b"\r")),
    _csv("blank lines at the end", lambda: separated() + b"\r\n,,,\r\n\r\n"),
    _csv(
        "more separators than columns", lambda: separated(f"{_LABEL},12,", f"{_LABEL},12,").replace(b"\r\n", b",,,\r\n")
    ),
    _csv("text under the ending of Excel", separated, "孤山镇6月调度表.xlsx", noted=_NOTE),
    _csv("workbook under the ending of text", excel, _NAME, noted=_NOTE),
    _csv(
        "figure beside no label in a text",
        lambda: separated("\r\n,5,", "\r\n,,,,,,55\r\n,5,"),
        noted=("RD-5-08",),
    ),
    _written("quoted figure", '"12"'),
    _written("figure kept as text by an equals sign", '="12"'),
    _written("quoted figure kept as text by an equals sign", '"=""12"""'),
    _written("figure with a tab behind it", "12\t"),
    _written("figure with thousands in quotes", '"1,012"', figures={"1.1": "1012"}),
    _written("figure with decimals", "12.00"),
    _written("figure in scientific notation", "1.2E+01"),
    _written("blank figure", "", figures=_BLANK),
    _written("figure of white space", "　 ", figures=_BLANK),
    _written("error as text", "#REF!", figures=_UNREADABLE, returned=("RD-5-02",)),
    _written("date instead of a figure", "2023/6/12", figures=_UNREADABLE, returned=("RD-5-02",), says="日期"),
    _written("code as Excel writes it to text", "2.10381E+17", figures=_UNREADABLE, returned=("RD-5-02",)),
    _written("formula as text", "=5+7", figures=_UNREADABLE, returned=("RD-5-02",)),
    _written("label of two lines", "12", figures={}),
    _written("thousands without quotes push the row on", "1,012", figures=_UNREADABLE, returned=("RD-5-05",)),
    _csv("label over two lines", lambda: separated(_LABEL, '"企业自查发现的\n重大事故隐患(个)"')),
    _csv(
        "quotation mark that nobody closed",
        lambda: separated(f"{_LABEL},12", f'{_LABEL},"12'),
        refused="RD-1-03",
        says="引号",
    ),
    _csv(
        "quotation mark closed by that of another field",
        lambda: separated(f"{_LABEL},12", f'"{_LABEL},12').replace(b"\r\n,3,", b'\r\n,"3",', 1),
        refused="RD-1-03",
        says="引号",
    ),
    _csv("text after a closed quotation mark", lambda: separated(f"{_LABEL},12", f'{_LABEL},"1"2'), refused="RD-1-03"),
    _csv(
        "broken off inside a character",
        lambda: separated(encoding="utf-8")[:-1] + "镇".encode()[:2],
        refused="RD-1-03",
        says="一个字中间",
    ),
    _csv("broken off inside a character of UTF-16", lambda: separated(encoding="utf-16")[:-1], refused="RD-1-03"),
    _csv("UTF-16 without its mark", lambda: separated(encoding="utf-16-le"), refused="RD-1-04"),
    _csv("zero bytes in the text", lambda: separated(encoding="utf-8").replace(b"12", b"1\x002", 1), refused="RD-1-04"),
    _csv(
        "control characters in the text",
        lambda: separated(encoding="utf-8").replace(b"12", b"1\x022", 1),
        refused="RD-1-04",
    ),
    _csv(
        "only half of the lines",
        lambda: b"\r\n".join(separated().split(b"\r\n")[:10]),
        refused="RD-2-02",
        says="没有找到",
    ),
    _csv("only white space", lambda: b" \r\n\t\r\n", refused="RD-1-12"),
    _csv("text about something else", lambda: "会议通知\r\n请各单位参加\r\n".encode(), refused="RD-2-01"),
    _csv("text in another encoding", lambda: "重大事故".encode("big5") * 9, refused="RD-2-01"),
]


def page(old: str = "", new: str = "", head: str = "", encoding: str = "utf-8") -> bytes:
    """The filled form as a web page with one piece of it written otherwise."""
    merged = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in ordinary_table().merges}
    rows = []
    for row, values in enumerate(ordinary_table().rows):
        cells, column = [], 0
        while column < len(values):
            height, width = merged.get((row, column), (1, 1))
            span = f' rowspan="{height}"' * (height > 1) + f' colspan="{width}"' * (width > 1)
            covered = any(top < row < top + h and left == column for (top, left), (h, _) in merged.items())
            if not covered:
                cells.append(f"<td{span}>{'' if values[column] is None else values[column]}</td>")
            column += width
        rows.append(f"<tr>{''.join(cells)}</tr>")
    text = f"<html><head><meta charset='{encoding}'>{head}</head><body><table>{''.join(rows)}</table></body></html>"
    assert old in text, old
    return text.replace(old, new, 1).encode(encoding)


def _cell(name: str, cell: str, head: str = "", **expected: Any) -> Case:
    expected["noted"] = (*expected.get("noted", ()), *_NOTE)
    return Case(name, lambda: page("<td>12</td>", cell, head), _PAGE, **expected)


PAGES = [
    _cell("picture on a page", "<td><img src='a.png'></td>", figures=_UNREADABLE, returned=("RD-5-02",), says="图片"),
    *(
        Case(f"web page in {encoding}", lambda encoding=encoding: page(encoding=encoding), _PAGE, noted=_NOTE)
        for encoding in ("utf-8", "gb18030", "utf-16")
    ),
    Case("web page under its own ending", page, "孤山镇6月调度表.html"),
    _cell("cell with a non-breaking space", "<td>&nbsp;12&nbsp;</td>"),
    _cell("cell in a paragraph", "<td><p>12</p></td>"),
    _cell("cell with runs of looks", "<td><b>1</b><span>2</span></td>"),
    _cell("digits in two paragraphs", "<td><p>1</p><p>2</p></td>", figures=_UNREADABLE, returned=("RD-5-02",)),
    _cell("number as Excel puts it into a page", '<td x:num="12">12</td>'),
    _cell("blank cell of a page", "<td>&nbsp;</td>", figures=_BLANK),
    _cell("cell that nobody closed", "<td>12"),
    _cell("deleted digit on a page", "<td><del>3</del>12</td>", noted=("RD-5-06",)),
    _cell("struck-out digit on a page", "<td><s>3</s>12</td>", noted=("RD-5-06",)),
    _cell(
        "digit struck out by its style",
        '<td><span style="text-decoration: line-through">3</span>12</td>',
        noted=("RD-5-06",),
    ),
    _cell(
        "digit struck out by its class",
        '<td><font class="x7">3</font>12</td>',
        "<style>.x7 {color:red;text-decoration:line-through;}</style>",
        noted=("RD-5-06",),
    ),
    _cell(
        "cell struck out by its class",
        '<td class="x7">12</td>',
        "<style>.x7{text-decoration:line-through}</style>",
        figures=_UNREADABLE,
        returned=("RD-5-02",),
        says="划掉",
    ),
    _cell("wholly struck-out cell of a page", "<td><s>12</s></td>", figures=_UNREADABLE, returned=("RD-5-02",)),
    _cell("raised digit on a page", "<td>12<sup>1</sup></td>", figures=_UNREADABLE, returned=("RD-5-02",), says="12^1"),
    _cell("hidden digit on a page", '<td><span style="display:none">9</span>12</td>'),
    _cell("hidden cell on a page", '<td style="display:none">99</td><td>12</td>'),
    _cell("comment on a page", "<td>1<!-- 0 -->2</td>"),
    _cell("script on a page", "<td>12<script>document.write(0)</script></td>"),
    _cell("field of an entry page", '<td><input type="text" value="12"></td>'),
    _cell("one-cell table inside a cell", "<td><table><tr><td>12</td></tr></table></td>"),
    _cell(
        "table inside a cell",
        "<td><table><tr><td>1</td><td>2</td></tr></table></td>",
        figures=_UNREADABLE,
        returned=("RD-5-02",),
    ),
    Case(
        "hidden row on a page",
        lambda: page('<tr><td rowspan="3">', '<tr style="display:none"><td rowspan="3">'),
        _PAGE,
        noted=("RD-5-07", *_NOTE),
    ),
    Case(
        "page cut off inside the table",
        lambda: page()[: page().index(b"<td>17</td>") + 5],
        _PAGE,
        refused="RD-1-03",
        noted=_NOTE,
    ),
    Case("page without a table", lambda: b"<html><body>x</body></html>", _PAGE, refused="RD-1-12", noted=_NOTE),
    Case(
        "page of frames",
        lambda: b"<html><frameset><frame src='a'></frameset></html>",
        _PAGE,
        refused="RD-1-12",
        noted=_NOTE,
    ),
    Case(
        "page saved as one file",
        lambda: b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + page(),
        _PAGE,
        refused="RD-1-13",
        noted=_NOTE,
    ),
    Case(
        "Excel 2003 XML",
        lambda: b"<?xml version='1.0'?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>",
        _PAGE,
        refused="RD-1-13",
        noted=_NOTE,
    ),
    Case(
        "page in a form of another system",
        lambda: page("<table>", "<table><tr><td>系统导出</td></tr>"),
        _PAGE,
        noted=_NOTE,
    ),
]

CASES = [*SEPARATED, *PAGES]
