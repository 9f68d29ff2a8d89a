"""Word documents: the cell of 1.1 (R1C4 of the table, 12) written in every way Word can write it, and other tables.

Belongs here: documents and the containers around them, also under the endings of WPS.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

from tests.corpus.excel_parts import ordinary_table
from tests.corpus.expectation import Case
from tests.forms import as_docx, with_part

_DOCUMENT = "word/document.xml"
_CELL = "<w:p><w:r><w:t>12</w:t></w:r></w:p>"
_BLANK, _UNREADABLE = {"1.1": "blank"}, {"1.1": "unreadable"}
_NAME = "孤山镇6月调度表.docx"
_WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


@cache
def ordinary() -> bytes:
    return as_docx(ordinary_table())


def run(text: str, properties: str = "") -> str:
    marks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{marks}<w:t>{text}</w:t></w:r>"


def document(old: str, new: str, times: int = 1) -> bytes:
    """The filled form with one piece of its XML written otherwise."""

    def change(part: bytes) -> bytes:
        assert old.encode() in part, old
        return part.replace(old.encode(), new.encode(), times)

    return with_part(ordinary(), _DOCUMENT, change)


def _cell(name: str, content: str, **expected: object) -> Case:
    return Case(name, lambda: document(_CELL, content), _NAME, **expected)  # type: ignore[arg-type]


def _runs(name: str, runs: str, **expected: object) -> Case:
    return _cell(name, f"<w:p>{runs}</w:p>", **expected)


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(text: str) -> str:
    """A text box with its stand-in for old programs."""
    inner = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><wps:txbx>{inner}</wps:txbx></mc:Choice>'
    return (
        f"<w:r><mc:AlternateContent {_MC} {_WPS}>{choice}<mc:Fallback>{inner}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def table(*texts: str) -> str:
    cells = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in texts)
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl><w:p/>"


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PICTURE = f'<w:r><w:drawing><wp:{{0}} xmlns:wp="{_DRAWING}"/></w:drawing></w:r>'
_MATHS = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>12</m:t></m:r></m:oMath>'
)
_TRACK = 'w:id="9" w:author="测试员甲" w:date="2023-06-24T09:00:00Z"'
_HIDING_STYLE = '<w:style w:type="character" w:styleId="h"><w:rPr><w:{0}/></w:rPr></w:style>'
_CHILD_STYLE = '<w:style w:type="character" w:styleId="c"><w:basedOn w:val="h"/></w:style></w:styles>'


def _styled(mark: str, style: str) -> bytes:
    content = document(_CELL, f"<w:p>{run('3', f'<w:rStyle w:val={chr(34)}{style}{chr(34)}/>')}{run('12')}</w:p>")
    rules = (_HIDING_STYLE.format(mark) + _CHILD_STYLE).encode()
    return with_part(content, "word/styles.xml", lambda part: part.replace(b"</w:styles>", rules))


TEXTS = [
    _runs("figure in two runs", run("1") + run("2", "<w:b/>")),
    _runs("figure with a proofing mark inside", f'{run("1")}<w:proofErr w:type="spellStart"/>{run("2")}'),
    _runs("figure with a bookmark inside", f'{run("1")}<w:bookmarkStart w:id="3" w:name="a"/>{run("2")}'),
    _runs("figure in a link", f'<w:hyperlink w:anchor="a">{run("12")}</w:hyperlink>'),
    _runs("figure in a smart tag", f'<w:smartTag w:element="a">{run("12")}</w:smartTag>'),
    _runs("result of a field", f'<w:fldSimple w:instr="=SUM(ABOVE)">{run("12")}</w:fldSimple>'),
    _runs(
        "result of a field in parts",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> =5+7 </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
    _runs("inserted under tracked changes", f"<w:ins {_TRACK}>{run('12')}</w:ins>", noted=("RD-5-09",)),
    _runs(
        "deleted and inserted under tracked changes",
        f"<w:del {_TRACK}><w:r><w:delText>9</w:delText></w:r></w:del><w:ins {_TRACK}>{run('12')}</w:ins>",
        noted=("RD-5-09",),
    ),
    _runs(
        "digit inserted into a figure",
        f"{run('1')}<w:ins {_TRACK}>{run('3')}</w:ins>{run('2')}",
        figures={"1.1": "132"},
        noted=("RD-5-09",),
    ),
    _runs(
        "wholly deleted",
        f"<w:del {_TRACK}><w:r><w:delText>12</w:delText></w:r></w:del>",
        figures=_BLANK,
        noted=("RD-5-09",),
    ),
    _runs("moved away", f"<w:moveFrom {_TRACK}>{run('9')}</w:moveFrom>{run('12')}", noted=("RD-5-09",)),
    _runs(
        "change of looks under tracked changes",
        run("12", f"<w:rPrChange {_TRACK}><w:rPr><w:strike/></w:rPr></w:rPrChange>"),
    ),
    _runs("content control around a run", control(run("12"))),
    _cell("content control around a paragraph", control(f"<w:p>{run('12')}</w:p>")),
    _runs("prompt of an empty content control", control(run("单击此处输入文字"), "<w:showingPlcHdr/>"), figures=_BLANK),
    _cell(
        "prompt of an empty content control around a paragraph",
        control(f"<w:p>{run('单击此处输入文字')}</w:p>", "<w:showingPlcHdr/>"),
        figures=_BLANK,
    ),
    _runs("hidden digit", run("9", "<w:vanish/>") + run("12")),
    _runs("hidden text switched off", run("12", '<w:vanish w:val="0"/>')),
    _runs("wholly hidden", run("12", "<w:vanish/>"), figures=_BLANK),
    _runs("struck-out digit", run("3", "<w:strike/>") + run("12"), noted=("RD-5-06",)),
    _runs("doubly struck-out digit", run("3", "<w:dstrike/>") + run("12"), noted=("RD-5-06",)),
    _runs("wholly struck out", run("12", "<w:strike/>"), figures=_UNREADABLE, returned=("RD-5-02",), says="划掉"),
    Case("digit hidden by a style", lambda: _styled("vanish", "h"), _NAME),
    Case("digit struck out by a style", lambda: _styled("strike", "h"), _NAME, noted=("RD-5-06",)),
    Case("digit struck out by a style's own style", lambda: _styled("strike", "c"), _NAME, noted=("RD-5-06",)),
    _runs(
        "raised number of a note",
        run("12") + run("1", '<w:vertAlign w:val="superscript"/>'),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
        says="12^1",
    ),
    _runs("mark of a footnote", f'{run("12")}<w:r><w:footnoteReference w:id="2"/></w:r>'),
    _runs("text box on a blank cell", box("12")),
    _runs("text box beside a figure", run("1") + box("2"), figures=_UNREADABLE, returned=("RD-5-02",)),
    _cell(
        "figures in two paragraphs",
        f"<w:p>{run('1')}</w:p><w:p>{run('2')}</w:p>",
        figures=_UNREADABLE,
        returned=("RD-5-02",),
        says="空格",
    ),
    _cell("blank paragraphs around the figure", f"<w:p/><w:p>{run('12')}</w:p><w:p/>"),
    _runs("line break behind the figure", "<w:r><w:t>12</w:t><w:br/></w:r>"),
    _runs("tab before the figure", "<w:r><w:tab/><w:t>12</w:t></w:r>"),
    _runs("full-width figure with a unit", run("１２ 个")),
    _runs(
        "figure as a picture in the line",
        _PICTURE.format("inline"),
        figures=_UNREADABLE,
        returned=("RD-5-02",),
        says="图片",
    ),
    _runs("seal that floats over a blank cell", _PICTURE.format("anchor"), figures=_BLANK),
    _runs("seal that floats over a figure", run("12") + _PICTURE.format("anchor")),
    _runs("embedded object", "<w:r><w:object/></w:r>", figures=_UNREADABLE, returned=("RD-5-02",)),
    _runs("formula of mathematics", _MATHS),
    _runs("blank cell of spaces", run("　 "), figures=_BLANK),
]

TABLES = [
    _cell("one-cell table inside the cell", table("12")),
    _cell("table inside the cell", table("1", "2"), figures=_UNREADABLE, returned=("RD-5-02",), says="套着"),
    _cell(
        "table inside the cell beside a figure",
        f"<w:p>{run('1')}</w:p>{table('2')}",
        figures=_UNREADABLE,
        returned=("RD-5-02",),
    ),
    _cell("blank table inside the cell", f"<w:p>{run('12')}</w:p>{table('')}"),
    Case("row in a content control", lambda: _around_rows(control("{}")), _NAME),
    Case("figure beside no label in Word", lambda: _with_stray_figure(), _NAME, noted=("RD-5-08",)),
    Case("row deleted under tracked changes", lambda: _with_deleted_row(), _NAME, noted=("RD-5-09",)),
    Case("form inside the one cell of another table", lambda: _wrapped(), _NAME),
    Case("form without tables", lambda: _paragraphs(), _NAME, refused="RD-2-01"),
    Case(
        "cell deleted under tracked changes",
        lambda: with_part(ordinary(), _DOCUMENT, lambda part: _marked_cell(part, f"<w:cellDel {_TRACK}/>")),
        _NAME,
        figures=_BLANK,
        noted=("RD-5-09",),
    ),
]


def _around_rows(around: str) -> bytes:
    before, after = around.split("{}")

    def change(part: bytes) -> bytes:
        return part.replace(b"<w:tr>", before.encode() + b"<w:tr>", 1).replace(
            b"</w:tr>", b"</w:tr>" + after.encode(), 1
        )

    return with_part(ordinary(), _DOCUMENT, change)


def _with_deleted_row() -> bytes:
    """The row of 1.3 and 1.4 stands twice, once deleted under tracked changes."""

    def change(part: bytes) -> bytes:
        first_end = part.index(b"</w:tr>") + len(b"</w:tr>")
        end = part.index(b"</w:tr>", first_end) + len(b"</w:tr>")
        row = part[first_end:end]
        deleted = row.replace(b"<w:tr>", f"<w:tr><w:trPr><w:del {_TRACK}/></w:trPr>".encode(), 1)
        return part[:first_end] + deleted.replace(b">8<", b">99<") + part[first_end:]

    return with_part(ordinary(), _DOCUMENT, change)


def _with_stray_figure() -> bytes:
    """Behind the row of 1.3 and 1.4 stands a row that holds nothing but a number in its last cell."""

    def change(part: bytes) -> bytes:
        at = part.index(b"</w:tr>", part.index(b"</w:tr>") + 1) + len(b"</w:tr>")
        blank = "<w:tc><w:p/></w:tc>" * 6
        row = f"<w:tr>{blank}<w:tc><w:p>{run('55')}</w:p></w:tc></w:tr>"
        return part[:at] + row.encode() + part[at:]

    return with_part(ordinary(), _DOCUMENT, change)


def _marked_cell(part: bytes, mark: str) -> bytes:
    at = part.index(_CELL.encode())
    properties = part.rindex(b"</w:tcPr>", 0, at)
    return part[:properties] + mark.encode() + part[properties:]


def _wrapped() -> bytes:
    """Everything before the section's properties inside a table of one cell."""

    def change(part: bytes) -> bytes:
        start, end = part.index(b"<w:body>") + len(b"<w:body>"), part.rindex(b"<w:sectPr")
        return part[:start] + b"<w:tbl><w:tr><w:tc>" + part[start:end] + b"<w:p/></w:tc></w:tr></w:tbl>" + part[end:]

    return with_part(ordinary(), _DOCUMENT, change)


def _paragraphs() -> bytes:
    import docx

    word = docx.Document()
    for text in ("会议通知", "请各单位参加。"):
        word.add_paragraph(text)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _refused(name: str, make: Callable[[], bytes], code: str, file_name: str = _NAME) -> Case:
    return Case(name, make, file_name, refused=code)


def _old_word() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le").ljust(64, b"\0")


def _without_body() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ordinary())) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, b"<x/>" if info.filename == _DOCUMENT else old.read(info))
    return target.getvalue()


FILES = [
    Case("form of WPS writer in the new format", ordinary, "孤山镇6月调度表.wps"),
    Case("form of Word under the ending of Excel", ordinary, "孤山镇6月调度表.xlsx", noted=("RD-7-12",)),
    _refused("old Word document", _old_word, "RD-1-11", "孤山镇6月调度表.doc"),
    _refused("form of WPS writer in the old format", _old_word, "RD-1-11", "孤山镇6月调度表.wps"),
    *(
        _refused(f"Word document cut off after {share:.0%}", lambda share=share: _share(share), "RD-1-03")
        for share in (0.05, 0.3, 0.6, 0.95)
    ),
    _refused("Word document without a body", _without_body, "RD-1-03"),
    _refused(
        "Word document with a DTD",
        lambda: document("<w:document", '<!DOCTYPE x [<!ENTITY a "12">]><w:document'),
        "RD-1-05",
    ),
    _refused("rich text", lambda: b"{\\rtf1\\ansi 12}", "RD-1-13", "孤山镇6月调度表.rtf"),
]


def _share(share: float) -> bytes:
    return ordinary()[: int(len(ordinary()) * share)]


CASES = [*TEXTS, *TABLES, *FILES]
