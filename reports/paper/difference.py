"""What a proof returns: one place where a finished file does not say what the mart says.

Belongs here: the record and its sentence. Does not belong here: finding differences.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """`printed` is what the file shows, `expected` what the mart holds; both as text, empty for an empty cell."""

    sheet: str
    cell: str
    what: str
    printed: str
    expected: str

    def __str__(self) -> str:
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        return (
            f"{place} {self.what}：文件为“{self.printed or '空'}”，数据为“{self.expected or '空'}”。"
            f" {place} prints {self.printed or 'nothing'}; the mart has {self.expected or 'nothing'}."
        )
