"""Where a cell stands, from the addresses that outcomes carry, and how it is said to a clerk.

Belongs here: `调度表!D5`, `表格1!R4C5`, `CSV!R4C5` as sheet, row and column, and in words. Does not belong here: what
is wrong with the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_A1 = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ROW_COLUMN = re.compile(r"R([1-9]\d{0,6})C([1-9]\d{0,4})")
_NO_LETTERS_IN_SIGHT = re.compile(r"(表格\d+|正文|CSV)!(R[1-9]\d{0,6}C[1-9]\d{0,4}|[1-9]\d{0,6})(?![A-Za-z0-9])")
PARAGRAPHS = "正文"  # Word: R3C1 of it is the third paragraph that is not empty
SEPARATED_TEXT = "CSV"


@dataclass(frozen=True, slots=True)
class CellAddress:
    """One cell, counted from 1; row and column are 0 where only the sheet, or nothing at all, is known."""

    sheet: str
    row: int = 0
    column: int = 0
    is_a1: bool = True

    def __bool__(self) -> bool:
        return self.row > 0

    @property
    def reference(self) -> str:
        """`D5`; empty without a cell."""
        return f"{column_letters(self.column)}{self.row}" if self else ""

    def spoken(self, *, with_sheet: bool = True) -> str:
        """`D5`, `“调度表”D5`, `第4行第5列`, `表格1第4行第5列`, `正文第3段`; empty without a cell."""
        if not self:
            return ""
        if self.is_a1:
            return f"“{self.sheet}”{self.reference}" if with_sheet and self.sheet else self.reference
        if self.sheet == PARAGRAPHS:
            return f"{PARAGRAPHS}第{self.row}段"
        table = self.sheet if with_sheet and self.sheet != SEPARATED_TEXT else ""
        return f"{table}第{self.row}行第{self.column}列"


def written_address(source_cell: str | None) -> str:
    """An address as a letter writes it: `调度表!D4` as it stands, since Excel says so, too; `表格1!R4C5` in words."""
    address = cell_address(source_cell or "")
    return address.spoken() if address and not address.is_a1 else source_cell or ""


def spoken_cells(sentence: str | None) -> str:
    """A sentence with the cells and rows of Word tables and text files in words; of workbooks they stay as they are."""
    return _NO_LETTERS_IN_SIGHT.sub(_in_words, sentence or "")


def _in_words(found: re.Match[str]) -> str:
    sheet, reference = found[1], found[2]
    if address := cell_address(found[0]):
        return address.spoken()
    return f"{'' if sheet == SEPARATED_TEXT else sheet}第{reference}行"


@lru_cache(maxsize=4096)
def cell_address(source_cell: str) -> CellAddress:
    """Read an address; whatever is none is taken for the name of a sheet without a cell."""
    sheet, _, reference = source_cell.rpartition("!")
    if match := _A1.fullmatch(reference):
        return CellAddress(sheet, int(match[2]), column_number(match[1]))
    if match := _ROW_COLUMN.fullmatch(reference):
        return CellAddress(sheet, int(match[1]), int(match[2]), is_a1=False)
    return CellAddress(source_cell)


def column_letters(column: int) -> str:
    """1 → A, 26 → Z, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
