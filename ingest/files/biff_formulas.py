"""Which formulas of an old Excel workbook (.xls, .et) were never calculated.

Belongs here: the FORMULA records of a BIFF stream ([MS-XLS] 2.4.127), which xlrd reads without telling them from plain
cells. Does not belong here: values and texts (read_xls.py).

A FORMULA record always carries some result, so this is told by what programs write who do not calculate: an empty text
where the formula holds no empty text (xlwt), a 0 to be calculated on opening (POI), a 0 on a sheet marked UNCALCED. A
program that stores a wrong figure without such a mark cannot be told from Excel.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

_BOF, _EOF, _BOUNDSHEET, _UNCALCED = 0x0809, 0x000A, 0x0085, 0x005E
_FORMULA = frozenset({0x0006, 0x0206, 0x0406})
_FORMULA_HEAD = struct.Struct("<HHH8sHI")
_SHEET = struct.Struct("<IBB")
_WORKSHEET = 0
_CALCULATE_ON_OPENING = 0x0002
_EMPTY_TEXT = b"\x03"
_NO_NUMBER = b"\xff\xff"
_EMPTY_STRING_TOKEN = b"\x17\x00"  # ptgStr of length 0: the formula itself may yield an empty text

Place = tuple[int, int]


def uncalculated_formulas(content: bytes) -> list[set[Place]]:
    """For each worksheet, in the workbook's order, the cells (row, column) whose formula has no result."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(content)) as container:
        name = next((name for name in ("Workbook", "Book") if container.exists(name)), None)
        stream = container.openstream(name).read() if name else b""
    starts = [
        start
        for record, data in _records(stream, 0)
        if record == _BOUNDSHEET and len(data) >= _SHEET.size
        for start, _, kind in [_SHEET.unpack_from(data)]
        if kind == _WORKSHEET
    ]
    return [_uncalculated(stream, start) for start in starts]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream; those of charts inside it are passed over."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (record == _BOF) - (record == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield record, data


def _uncalculated(stream: bytes, start: int) -> set[Place]:
    found: set[Place] = set()
    whole_sheet = False
    for record, data in _records(stream, start):
        whole_sheet = whole_sheet or record == _UNCALCED
        if record in _FORMULA and len(data) >= _FORMULA_HEAD.size:
            row, column, _, result, flags, _ = _FORMULA_HEAD.unpack_from(data)
            if result.endswith(_NO_NUMBER):
                is_empty = result.startswith(_EMPTY_TEXT) and _EMPTY_STRING_TOKEN not in data[_FORMULA_HEAD.size :]
            else:
                is_empty = not any(result) and (whole_sheet or bool(flags & _CALCULATE_ON_OPENING))
            if is_empty:
                found.add((row, column))
    return found
