"""A scan of a workbook's XML for anything that the quick way of reading would read wrongly or not see.

Belongs here: what calamine is blind for, found by plain search, which is ten times faster than parsing. Does not belong
here: reading in either way (read_xlsx.py, xlsx_sheets.py), refusing files (guard.py).

Whatever is not known to be ordinary is unusual: a mistake here may cost time, never a figure.
"""

from __future__ import annotations

import re

from ingest.office_parts import OfficeParts

_LARGEST_QUICK_PART = 2 * 1024 * 1024
_MARKS = {  # a cell's error, formula, date type; things hidden; struck-out and raised text; XML that hides a text
    "xl/workbook.xml": (b"date1904", b'idden"', b"purl.oclc.org"),
    "xl/worksheets/": (
        *(b"<f>", b"<f ", b"<f/", b't="e"', b't="d"'),
        *(b"hidden=", b' ht="0', b' width="0', b"zeroHeight"),
        *(b"_x", b"strike", b"vertAlign", b"<!", b"&#95;", b"&#x5"),
    ),
    "xl/sharedstrings.xml": (b"strike", b"vertAlign", b"_x", b"<!"),
    "xl/styles.xml": (b"<strike", b":strike"),
}
_WHERE_IT_MUST_STAND = {  # the last word of a relationship's type → the only place where the quick way looks
    "worksheet": "xl/worksheets/sheet",
    "sharedStrings": "xl/sharedstrings.xml",
    "styles": "xl/styles.xml",
    "officeDocument": "xl/workbook.xml",
}
_OTHER_DIALECTS = (b"='", b"xmlns:x=", b":worksheet", b":workbook", b":sst", b":styleSheet")
_HEAD = 600  # bytes in which a part shows its dialect: quotation marks and prefixes that a plain search would miss
_OTHER_ENCODING = re.compile(rb"encoding=.(?!utf-8)", re.IGNORECASE)

_PLACE = re.compile(rb'<row\b[^>]*?\br="(\d+)"|<c r="([A-Z]+)(\d+)"|<c\b')
_ODD_NUMBER = re.compile(rb"<v>(?!\d{1,15}(?:\.\d{1,17})?(?:[eE][+-]?\d{1,2})?</v>)")

_CELL_FORMATS = re.compile(rb"<cellXfs.*?</cellXfs>", re.DOTALL)
_FORMAT_ID = re.compile(rb"numFmtId=\"(\d+)\"")
_PLAIN_FORMATS = frozenset(str(number).encode() for number in (0, 1, 2, 3, 4, 37, 38, 39, 40, 41, 42, 43, 44, 48, 49))
_FORMAT_CODE = re.compile(rb"<numFmt [^>]*?numFmtId=\"(\d+)\"[^>]*?formatCode=\"([^\"]*)\"")
# no word beside the number, and a comma only between thousands: `0.0,` shows a thousandth
_PLAIN_CODE = re.compile(
    rb"(?:General|#,##0|[0#?]+|\.[0#?]+|_.|\*.|[;@ ()+-]|\\[ ()-]|&quot;[ ()-]*&quot;|\xc2\xa5|\xef\xbf\xa5)*"
)


def nothing_unusual(parts: OfficeParts) -> bool:
    """Whether the quick way reads this workbook as the careful way would.

    Raises:
        DamagedError, UnsafeError: a part cannot be inflated or carries a DTD.
    """
    if not all(_stands_where_it_must(parts, name) for name in ("", "xl/workbook.xml")):
        return False
    return all(_is_ordinary(name, parts) for name in parts.names() if _marks_of(name))


def _stands_where_it_must(parts: OfficeParts, name: str) -> bool:
    """Whether the parts that a part leads to stand where the quick way looks for them."""
    return all(target.lower().startswith(_WHERE_IT_MUST_STAND.get(kind, "")) for _, kind, target in parts.related(name))


def _marks_of(name: str) -> tuple[bytes, ...]:
    return _MARKS["xl/worksheets/"] if name.startswith("xl/worksheets/sheet") else _MARKS.get(name, ())


def _is_ordinary(name: str, parts: OfficeParts) -> bool:
    part = parts.data(name) or b""
    head = part[:_HEAD]
    if len(part) > _LARGEST_QUICK_PART or part[:2] in (b"\xff\xfe", b"\xfe\xff") or _OTHER_ENCODING.search(head):
        return False
    if any(mark in part for mark in _marks_of(name)) or any(mark in head for mark in _OTHER_DIALECTS):
        return False
    if name == "xl/styles.xml":
        return _only_plain_formats(part)
    return not name.startswith("xl/worksheets/") or (_ODD_NUMBER.search(part) is None and _is_in_order(part))


def _is_in_order(sheet: bytes) -> bool:
    """Whether every cell says where it stands, in its own row, and no row or cell stands twice."""
    row, seen, last = b"", set[bytes](), 0
    for of_row, column, of_cell in _PLACE.findall(sheet):
        if of_row:
            if int(of_row) <= last:
                return False
            row, last = of_row, int(of_row)
            seen.clear()
        elif of_cell != row or column in seen:
            return False
        else:
            seen.add(column)
    return True


def _only_plain_formats(styles: bytes) -> bool:
    """Whether every cell format shows the number as it is stored."""
    formats = _CELL_FORMATS.search(styles)
    used = set(_FORMAT_ID.findall(formats.group())) - _PLAIN_FORMATS if formats else set()
    if not used:
        return True
    plain = {number for number, code in _FORMAT_CODE.findall(styles) if _PLAIN_CODE.fullmatch(code)}
    return used <= plain
