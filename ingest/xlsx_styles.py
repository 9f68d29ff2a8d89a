"""Which cell formats of a workbook show dates, percentages or struck-out text.

Belongs here: number formats and fonts of xl/styles.xml, dates behind serial numbers. Does not belong here: cells
(read_xlsx.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ingest.office_parts import local_name

# Built-in formats that show a date or a time; 27–36 and 50–58 are those of Chinese Excel (ECMA-376 18.8.30).
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_FORMATS = frozenset({9, 10})
_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.')
_DATE_CODE = re.compile(r"[ymdhse]|年|月|日", re.IGNORECASE)
_LAST_SERIAL = 2_958_465  # 9999-12-31


@dataclass(frozen=True, slots=True)
class CellStyles:
    """Indexes of cell formats (attribute `s` of a cell)."""

    dates: frozenset[int] = frozenset()
    percentages: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()


def read_styles(root: Any | None) -> CellStyles:
    """Sort the cell formats of xl/styles.xml."""
    if root is None:
        return CellStyles()
    parts = {local_name(child): child for child in root}
    codes = {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in parts.get("numFmts", ())}
    struck_fonts = {index for index, font in enumerate(parts.get("fonts", ())) if _is_struck(font)}
    dates, percentages, struck = set(), set(), set()
    for index, cell_format in enumerate(parts.get("cellXfs", ())):
        number_format = int(cell_format.get("numFmtId", 0))
        if number_format in codes:
            code = _NOT_A_CODE.sub("", codes[number_format]).split(";")[0]
            is_percent = "%" in code
            is_date = not is_percent and _DATE_CODE.search(code.replace("General", "")) is not None
        else:
            is_date, is_percent = number_format in _DATE_FORMATS, number_format in _PERCENT_FORMATS
        if is_date:
            dates.add(index)
        if is_percent:
            percentages.add(index)
        if int(cell_format.get("fontId", 0)) in struck_fonts:
            struck.add(index)
    return CellStyles(frozenset(dates), frozenset(percentages), frozenset(struck))


def _is_struck(font: Any) -> bool:
    return any(local_name(child) == "strike" and child.get("val", "1") not in ("0", "false") for child in font)


def date_of(serial: float, starts_1904: bool) -> date | datetime | None:
    """The day behind an Excel serial number; None when there is none."""
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    start = datetime(1904, 1, 1) if starts_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    moment = start + timedelta(days=int(serial), seconds=round((serial % 1) * 86_400))
    return moment if serial % 1 else moment.date()
