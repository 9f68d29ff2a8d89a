"""The quick reading of sheets that are written as plainly as office programs write forms.

Belongs here: one strict expression for the rows of a sheet and one for a table of texts. What they match as a whole is
read without an XML parser; what they do not match is not read here. Does not belong here: everything else
(xlsx_sheets.py), choosing the way (read_xlsx.py).

Nothing is searched for and hence nothing overlooked: an error, a formula without a result, rich text, a hidden row or
two cells at one place are not in the expressions. What stands around the rows is parsed, and remembered: it is the
same in all forms that were made from one template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.files.grid import MOST_COLUMNS, Grid, clean_text, column_letters, dense, without_covered
from ingest.files.office_parts import local_name, parsed, remember_small
from ingest.files.xlsx_frame import SheetFrame, frame_of
from ingest.files.xlsx_known import NUMBER, TEXT, Filled, KnownSheets, split
from ingest.files.xlsx_styles import as_shown
from ingest.files.xlsx_texts import unescaped
from ingest.files.xlsx_workbook import Workbook
from ingest.files.zip_members import DamagedError

_START, _END = b"<sheetData>", b"</sheetData>"
_FORMULA = b"<f"
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=.(?!utf-8)", re.IGNORECASE)
_TEXT = rb'<t(?: xml:space="preserve")?+>(' + TEXT + rb")</t>"
_STYLE = rb'(?: s="(0|[1-9]\d{0,4})")?+'
_VALUE = rb"(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?+<v>(" + NUMBER + rb")</v>"
_FILLED = rb'(?: t="inlineStr"><is>' + _TEXT + rb'</is>|(?: t="([snb])")?+>' + _VALUE + rb")</c>"
_CELL = rb'<c r="([A-Z]{1,2})(\d{1,4})"' + _STYLE + rb'(?:(?: t="[a-zA-Z]+")?(?: ?/>|></c>)|' + _FILLED + rb")"
_ROW = rb'<row r="(\d{1,4})"(?: (?!r=|ht="0"|hidden="(?!0"|false"))[\w:]+="[^"<>&]*")*+(?:/>|>)'
_PIECE = re.compile(_ROW + b"|" + _CELL)
_CAPTURING = re.compile(rb"\((?!\?)")
_ROWS = re.compile(_CAPTURING.sub(b"(?:", rb"(?:" + _ROW + rb"(?:(?<=/>)|(?:" + _CELL + rb")*+</row>))*+"))
_COLUMNS = {column_letters(number).encode(): number for number in range(MOST_COLUMNS)}

_SHARED_TEXT = re.compile(rb"<si>" + _TEXT + rb"(?:<phoneticPr [^<>]*/>)?+</si>")
_TABLE = (
    rb'(?:<\?xml version="1\.0" encoding="(?:UTF|utf)-8"(?: standalone="yes")?\?>\s*)?'
    rb'<sst xmlns="http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"(?: [\w:]+="[^"<>&]*")*+>'
)
_SHARED_TEXTS = re.compile(_TABLE + rb"(?:" + _CAPTURING.sub(b"(?:", _SHARED_TEXT.pattern) + rb")*+</sst>\s*")
_OPENING, _BETWEEN, _CLOSING = re.compile(_TABLE + rb"<si><t>"), b"</t></si><si><t>", b"</t></si></sst>"
_NO_TEXT = re.compile(rb"[\r\x00-\x08\x0b\x0c\x0e-\x1f]")
_ENTITY = re.compile(r"&(#(\d{1,6})|[^;]*);?")
_CHARACTERS = (range(0x20, 0xD800), range(0xE000, 0xFFFE))  # all others are left to the parser
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "#10": "\n"}
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
_LONGEST_REMEMBERED, _MOST_REMEMBERED = 200, 4096


class _NotPlainError(Exception):
    """Cells out of order, crossed out, or with a text that does not exist: the careful way says what is wrong."""


def plain_texts(part: bytes) -> list[str | None] | None:
    """The table of texts; None when it holds anything but plain text."""
    head, tail = _OPENING.match(part), part.find(_CLOSING)
    if head is not None and tail >= head.end() and not part[tail + len(_CLOSING) :].strip():
        written = part[head.end() : tail].split(_BETWEEN)
        signs = part.count(b"<", head.end(), tail)
        is_plain = signs == 4 * (len(written) - 1)
    else:
        is_plain = False
    if not is_plain:
        if not _SHARED_TEXTS.fullmatch(part):
            return None
        written = _SHARED_TEXT.findall(part)
    try:
        return [*map(_texts.__getitem__, written)]
    except _NotPlainError:
        return None


def read_plain_sheet(sheet: bytes, name: str, texts: Sequence[str | None], book: Workbook) -> Grid | None:
    """A sheet as a grid; None when it is not written plainly."""
    found = split(sheet)
    if found is not None and (grid := known_sheets.grid(found, name, texts, book)) is not None:
        return grid
    start, end = sheet.find(_START) + len(_START), sheet.rfind(_END)
    if start < len(_START) or end < start:
        return None
    frame = _frame_around(sheet[:start] + sheet[end:])
    rows = sheet[start:end]
    if frame is None or _OTHER_ENCODING.match(sheet) or not _ROWS.fullmatch(rows):
        return None
    if book.calculates_on_opening and _FORMULA in rows:  # a result of 0 may be none
        return None
    try:
        filled = list(_filled(rows))
        grid = Grid(name, without_covered(dense(_seen(filled, texts, book)), frame.merges), frame.merges)
    except _NotPlainError:
        return None
    grid.hidden_columns = frame.hidden_columns
    if found is not None:
        known_sheets.add(found, filled, grid, book)
    return grid


@remember_small
def _frame_around(sheet: bytes) -> SheetFrame | None:
    """The frame of a sheet whose rows were taken out; None when rows were not all that was taken out."""
    try:
        root = parsed(sheet)
    except DamagedError:  # of the sheet as a whole the careful way knows more
        return None
    frame = frame_of(root)
    row_sets = list(root.iter("{*}sheetData"))
    is_whole = len(row_sets) == 1 and row_sets[0].getparent() is root and len(row_sets[0]) == 0
    is_plain = local_name(root) == "worksheet" and not frame.rows_are_hidden
    return frame if is_whole and is_plain and row_sets[0].tag == f"{frame.namespace}sheetData" else None


def _filled(rows: bytes) -> Iterator[Filled]:
    """The filled cells in order."""
    row, column, row_text = 0, -1, b""
    for of_row, letters, of_cell, style, written, kind, value in _PIECE.findall(rows):
        if of_row:
            if int(of_row) <= row:
                raise _NotPlainError
            row, column, row_text = int(of_row), -1, of_row
            continue
        before, column = column, _COLUMNS.get(letters, -1)
        if column <= before or of_cell != row_text:
            raise _NotPlainError
        if value or written:
            yield Filled((row - 1, column), kind.decode() or "n" if value else "t", int(style or 0), value or written)


def _seen(filled: Sequence[Filled], texts: Sequence[str | None], book: Workbook) -> dict[tuple[int, int], Any]:
    """What is seen in the filled cells, by place."""
    cells: dict[tuple[int, int], Any] = {}
    for place, kind, style, content in filled:
        shown = _texts[content] if kind == "t" else _value(kind, content, texts)
        if shown is not None:
            cells[place] = _as_styled(shown, style, book)
    return cells


def _value(kind: str, value: bytes, texts: Sequence[str | None]) -> Any:
    if kind == "s":
        if not value.isdigit() or int(value) >= len(texts):
            raise _NotPlainError
        return texts[int(value)]
    if kind == "b":
        return value == b"1"
    return int(value) if value.isdigit() else float(value)


def _as_styled(shown: Any, style: int, book: Workbook) -> Any:
    """What is seen of a value in a cell of a style."""
    if style in book.styles.struck:
        raise _NotPlainError
    number_format = book.styles.formats.get(style)
    is_number = isinstance(shown, int | float) and not isinstance(shown, bool)
    return as_shown(shown, number_format, book.starts_1904) if number_format and is_number else shown


def _read_text(written: bytes) -> str | None:
    """What is seen of a text as it stands in the XML; None when that is nothing."""
    if _NO_TEXT.search(written):
        raise _NotPlainError
    try:
        text = written.decode()
        if "&" in text:
            text = _ENTITY.sub(_character, text)
    except (UnicodeDecodeError, KeyError) as error:
        raise _NotPlainError from error
    if _NO_CHARACTERS.search(text):
        raise _NotPlainError
    return clean_text(unescaped(text))


def _character(entity: re.Match[str]) -> str:
    number = int(entity[2] or 0)
    if any(number in characters for characters in _CHARACTERS):
        return chr(number)
    return _ENTITIES[entity[1]]


class _Texts(dict[bytes, str | None]):
    """What is seen of texts that were read before: the labels stand on every form."""

    def __missing__(self, written: bytes) -> str | None:
        text = _read_text(written)
        if len(written) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[written] = text
        return text


_texts = _Texts()
known_sheets = KnownSheets(_texts.__getitem__)  # of this process
