"""Which cells of a workbook are shown otherwise than they are stored, by their format and font.

Belongs here: cell formats of xl/styles.xml, dates behind serial numbers. Does not belong here: what a number format
means (number_formats.py), cells (xlsx_sheets.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from ingest.files.grid import Unusual
from ingest.files.number_formats import NumberFormat, built_in_format, custom_format
from ingest.files.office_parts import local_name

_LAST_SERIAL = 2_958_465  # 9999-12-31


@dataclass(frozen=True, slots=True)
class CellStyles:
    """By the index of a cell format (attribute `s` of a cell): formats that change what is seen, struck-out fonts."""

    formats: dict[int, NumberFormat] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()


def read_styles(root: Any) -> CellStyles:
    """Sort the cell formats of xl/styles.xml."""
    parts = {local_name(child): child for child in root}
    codes = {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in parts.get("numFmts", ())}
    struck_fonts = {index for index, font in enumerate(parts.get("fonts", ())) if _is_struck(font)}
    formats: dict[int, NumberFormat] = {}
    struck = set()
    plain = NumberFormat("plain")
    for index, cell_format in enumerate(parts.get("cellXfs", ())):
        identifier = int(cell_format.get("numFmtId", 0))
        code = codes.get(identifier)
        number_format = built_in_format(identifier) if code is None else custom_format(code)
        if number_format != plain:
            formats[index] = number_format
        if int(cell_format.get("fontId", 0)) in struck_fonts:
            struck.add(index)
    return CellStyles(formats, frozenset(struck))


def _is_struck(font: Any) -> bool:
    return any(local_name(child) == "strike" and child.get("val", "1") not in ("0", "false") for child in font)


def date_of(serial: float, starts_1904: bool) -> date | datetime | None:
    """The day behind an Excel serial number; None when there is none."""
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    start = datetime(1904, 1, 1) if starts_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    moment = start + timedelta(days=int(serial), seconds=round((serial % 1) * 86_400))
    return moment if serial % 1 else moment.date()


def as_shown(number: int | float, number_format: NumberFormat, starts_1904: bool) -> Any:
    """A number as its format shows it: a date, a text with a unit, or a mark that nobody can take it as it is."""
    if number_format.kind == "percent":
        return Unusual("percent", f"{number * 100:.10g}%")
    if number_format.kind == "date":
        return date_of(number, starts_1904) or Unusual("date", str(number))
    if number_format.kind == "scaled" or number_format.kind == "unseen":
        return Unusual(number_format.kind, f"{number:.15g}")
    has_words = number_format.prefix or number_format.suffix
    return number_format.shown(number) if has_words and number >= 0 else number
