"""Every filled cell of one file and what the reader makes of it: the account that leaves nothing unexplained.

Belongs here: reading the bytes once more and saying of each cell what it was taken for, or what it is instead. Does not
belong here: reading itself (parse.py), what became of a figure in the marts (orchestration). `account_file` is a parser
like `parse_file`, so that an archived file is opened in a worker under its limits; `filled_cells` unpacks its answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from campaigns.calendar import DueDate
from campaigns.model import Campaign
from campaigns.personal_data import mask
from campaigns.vocabulary import ValueState
from ingest.cell_use import CellUse, FilledCell
from ingest.files.grid import Contents, Grid, Unusual, raw_text
from ingest.files.open_file import open_file
from ingest.form_words import FormWords
from ingest.narratives.narrative_lines import BODY
from ingest.parse import nothing_read, parse_file
from ingest.parsed import ListCell, ParsedSubmission
from ingest.problems import Reading

Address = tuple[str, str]  # sheet and cell reference
_HIDDEN_NAME = "（签名）"
_PERSONAL = "（个人信息）"


def account_file(
    content: bytes,
    file_name: str,
    folders: tuple[str, ...],
    campaign: Campaign,
    dates: Sequence[DueDate],
    received_on: date,
) -> list[ParsedSubmission]:
    """Read a file as `parse_file` does and answer with one submission whose list cells are all its filled cells."""
    read = parse_file(content, file_name, folders, campaign, dates, received_on)
    problems = tuple(problem for one in read for problem in one.problems)
    answer = replace(nothing_read(problems[0], ""), problems=problems) if problems else replace(read[0], cells=())
    if any(problem.rule_code == Reading.INFORMANT_MATERIAL for problem in problems):
        return [replace(answer, list_cells=())]  # sealed unread
    contents, _ = open_file(content, file_name)
    account = _Account(read, campaign)
    cells = dict.fromkeys(account.of(contents))
    packed = (
        ListCell(number, cell.use.value, cell.about, 1, ValueState.VALUE, None, None, None, cell.text, *cell[:2])
        for number, cell in enumerate(cells, start=1)
    )
    return [replace(answer, list_cells=tuple(packed), passages=(), explanations=())]


def filled_cells(answer: Sequence[ParsedSubmission]) -> list[FilledCell]:
    """The cells in an answer of `account_file`."""
    return [
        FilledCell(cell.sheet_name, cell.cell_ref, CellUse(cell.row_key), cell.column_id, cell.raw_text)
        for one in answer
        for cell in one.list_cells
    ]


@dataclass(slots=True)
class _Account:
    """What was read from a file, by address, and the words of its forms."""

    read: Sequence[ParsedSubmission]
    campaign: Campaign
    _taken: dict[Address, tuple[CellUse, str]] = field(default_factory=dict)
    _asked: dict[str, str] = field(default_factory=dict)  # address as written in a problem → its code
    _lines: dict[str, str] = field(default_factory=dict)  # line of a text → its part

    def __post_init__(self) -> None:
        for one in self.read:
            for cell in one.cells:
                self._take((cell.sheet_name, cell.cell_ref), CellUse.FIGURE, f"{cell.item_code}.{cell.part}")
            for listed in one.list_cells:
                use = CellUse.PERSONAL if listed.personal else CellUse.LIST_CELL
                self._take((listed.sheet_name, listed.cell_ref), use, listed.column_id)
            for said in one.explanations:
                sheet, _, ref = said.address.rpartition("!")
                self._take((sheet, ref), CellUse.EXPLANATION, said.item_code)
            for passage in one.passages:
                self._lines.update(dict.fromkeys(passage.text.split("\n"), passage.part_id))
            self._asked |= {p.source_cell: p.rule_code for p in one.problems if p.source_cell}

    def _take(self, address: Address, use: CellUse, about: str) -> None:
        before = self._taken.get(address)
        if before is None:
            self._taken[address] = (use, about)
        elif about not in before[1].split("、"):
            self._taken[address] = (before[0], f"{before[1]}、{about}")

    def of(self, contents: Contents) -> Iterator[FilledCell]:
        for grid in contents.grids:
            words = FormWords(grid, self._forms_on(grid), self.campaign)
            for row, values in enumerate(grid.rows):
                for column, value in enumerate(values):
                    if value is not None:
                        yield self._cell(grid, row, column, value, words)
        for number, text in enumerate(contents.paragraphs, start=1):
            words = FormWords(Grid(BODY, [[text]]), self._forms_on(None), self.campaign)
            yield self._line((BODY, f"R{number}C1"), text, words, (0, 0))

    def _forms_on(self, grid: Grid | None) -> list[str]:
        """The forms that were found on a grid; those of the running text without one."""
        sheets = {origin.sheet_name for origin in grid.origins or ()} | {grid.name} if grid else {BODY}
        return [one.form_id for one in self.read if one.form_id and (one.sheet_name in sheets or grid is None)]

    def _cell(self, grid: Grid, row: int, column: int, value: Any, words: FormWords) -> FilledCell:
        address = grid.address(row, column)
        if grid.hidden:
            return FilledCell(*address, CellUse.HIDDEN_SHEET, "", mask(raw_text(value)))
        if isinstance(value, Unusual) and value.kind == "struck":
            return FilledCell(*address, CellUse.STRUCK_OUT, "", mask(raw_text(value)))
        return self._line(address, value, words, (row, column))

    def _line(self, address: Address, value: Any, words: FormWords, place: tuple[int, int]) -> FilledCell:
        use, about = (
            self._taken.get(address)
            or self._asked_about(address)
            or words.meaning(place, value)
            or self._text(value)
            or words.rest(value)
        )
        text = mask(raw_text(value))
        if use is CellUse.PERSONAL:
            text = _PERSONAL
        elif use is CellUse.STAMP and about in ("filler", "reviewer"):
            text = _HIDDEN_NAME
        return FilledCell(*address, use, about, text)

    def _asked_about(self, address: Address) -> tuple[CellUse, str] | None:
        code = self._asked.get("!".join(address))
        return (CellUse.PROBLEM, code) if code else None

    def _text(self, value: Any) -> tuple[CellUse, str] | None:
        """A line of a narrative: every piece of it stands in a part."""
        pieces = [piece.strip() for piece in value.split("\n") if piece.strip()] if isinstance(value, str) else []
        parts = [self._lines[piece] for piece in pieces if piece in self._lines]
        return (CellUse.TEXT, parts[0]) if parts else None
