"""What a filled cell of a file is: a closed set of answers.

Belongs here: the answers. Does not belong here: finding them out (cell_account.py, form_words.py).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class CellUse(StrEnum):
    """What a filled cell is; the first five are taken in, the others are not."""

    FIGURE = "figure"
    LIST_CELL = "list_cell"
    PERSONAL = "personal"
    TEXT = "text"
    EXPLANATION = "explanation"
    STAMP = "stamp"  # whose form, for when, by whom: read for that, not counted
    LABEL = "label"
    HEAD = "head"
    MEASURE = "measure"
    PROBLEM = "problem"  # asked about: `about` is the code of the reading problem
    STRUCK_OUT = "struck_out"
    HIDDEN_SHEET = "hidden_sheet"
    NUMBER = "number"  # beside no item and in no column of the form
    NOTE = "note"  # title, heading, printed words
    NO_FORM = "no_form"  # on a sheet, or in a file, that holds no form of the campaign

    @property
    def is_taken(self) -> bool:
        return self in (CellUse.FIGURE, CellUse.LIST_CELL, CellUse.PERSONAL, CellUse.TEXT, CellUse.EXPLANATION)


class FilledCell(NamedTuple):
    """One filled cell; `about` is the item and part, the column, the part of a text, or the problem's code."""

    sheet_name: str
    cell_ref: str
    use: CellUse
    about: str
    text: str
