"""From the rows of a list to typed cells: every filled cell once, with its row's key, and the problems of single cells.

Belongs here: putting rows, values, keys and addresses together. Does not belong here: finding rows (list_rows.py),
what a cell says (list_values.py, list_names.py), the form as a whole (list_form.py).

A problem of one cell never costs the rest of its row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from campaigns.hazard_columns import HAPPENED
from campaigns.model import Campaign, Column, Form, Task
from campaigns.periods import first_day_of, last_day_of
from campaigns.vocabulary import Outcome, ValueState
from ingest.files.grid import raw_text
from ingest.layouts.list_rows import ListRow, Placed
from ingest.layouts.list_search import ListBlock
from ingest.lists.at_once import read_filled
from ingest.lists.hazard_rows import HAZARD, is_hazard, judge_line, which_counts
from ingest.lists.list_names import CampaignNames, answers_for, names_of, read_task, read_units
from ingest.lists.list_problems import ListProblems
from ingest.lists.repeated_rows import RepeatedRows
from ingest.lists.row_keys import row_key
from ingest.lists.row_numbers import judge_numbers
from ingest.parsed import ListCell
from ingest.problems import Reading
from ingest.words.list_values import BLANK, Typed, as_text, read_value
from ingest.words.list_words import words_for
from ingest.words.roster import roster_of

_NAMES_UNITS = ("unit", "units")
_NUMBER = "task_number"
_BARE_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_GOAL = "goal"  # the column that words a task, in every table of tasks


@dataclass(slots=True)
class ListTyping:
    """Types the rows of one list of one unit for one period."""

    block: ListBlock
    campaign: Campaign
    unit_id: str | None
    period: str | None
    received_on: date
    cells: list[ListCell] = field(default_factory=list)
    _problems: ListProblems = field(default_factory=ListProblems)
    _repeated: RepeatedRows = field(default_factory=RepeatedRows)

    @property
    def form(self) -> Form:
        return self.block.known.form

    @property
    def problems(self) -> list[Outcome]:
        return [*self._problems.told, *self._problems.uncounted()]

    def add(self, rows: list[ListRow]) -> None:
        """Type all rows."""
        for number, row in enumerate(rows, start=1):
            typed = {column.column_id: self._typed(column, row) for column in self.form.columns}
            key = self._unique(row_key(self.form, row, typed, number), row)
            line = [
                self._cell(number, key, column, position, value, row)
                for column in self.form.columns
                for position, value in enumerate(typed[column.column_id], start=1)
                if value is not BLANK
            ]
            self.cells += line
            judge_numbers(self.form, line, self._problems)
            if self._is_ledger:
                self._judge_hazard(row, line)
        if not any(self.block.known.column(name).personal for name in self.form.row_key):  # people tell rows apart
            column = self.block.known.column(self.form.row_key[0])
            self._repeated.tell(column, self._problems, which_counts(self.form))

    def _typed(self, column: Column, row: ListRow) -> list[Typed]:
        """What the row says in a column: one value, or one for each unit; blank where it says nothing."""
        placed = row.cells.get(column.column_id)
        if column.type == _NUMBER:
            return [self._task(column, row)]
        if placed is None:
            return [self._missing(column, row)]
        if column.type in _NAMES_UNITS:
            return self._units(column, placed)
        value = read_filled(self.form, column, row, self._value)
        if column.type == "text" and value.text and column.column_id in row.more:
            lines = [value.text, *(as_text(more.raw) for more in row.more[column.column_id])]
            value = value._replace(text="\n".join(lines))
        if (placed.row, placed.column) in self.block.grid.struck:
            self._report(Reading.STRUCK_OUT, column, self._at(placed))
        self._judge(column, value, placed)
        return [value]

    def _value(self, column: Column, placed: Placed) -> Typed:
        raw, words, year = self._in_head_unit(column, placed.raw), words_for(self.form), self._year(column)
        value = read_value(raw, column, words, year)
        if self._is_ledger and column.column_id in HAPPENED and value.day and value.day > self.received_on:
            return read_value(raw, column, words, year - 1)  # 12.28 in a list of January; a written year stays
        return value

    def _in_head_unit(self, column: Column, raw: Any) -> Any:
        """A bare number below a head that says another unit than the column's (元 for 万元) is in that unit."""
        head = self.block.columns.units.get(column.column_id)
        return f"{as_text(raw)}{head.unit}" if head and _BARE_NUMBER.fullmatch(as_text(raw)) else raw

    def _judge_hazard(self, row: ListRow, line: list[ListCell]) -> None:
        if not is_hazard(line):
            column = self.block.known.column(HAZARD)
            self._report(Reading.HAZARD_WITHOUT_TEXT, column, self._blank_at(column, row))
        judge_line(self.form, line, self._problems)

    @property
    def _is_ledger(self) -> bool:
        return self.form.kind == "hazard_list"

    def _is_asked(self, column: Column) -> bool:
        """Whether a blank cell is told as one; a hazard without its description is told as such."""
        return column.required and not (self._is_ledger and column.column_id == HAZARD)

    def _judge(self, column: Column, value: Typed, placed: Placed) -> None:
        if value.state is ValueState.BLANK and self._is_asked(column):
            self._report(Reading.CELL_MISSING, column, self._at(placed))
        elif value.state is ValueState.UNREADABLE:
            code = Reading.PERSONAL_UNREADABLE if column.personal else Reading.CELL_UNREADABLE
            found = {} if column.personal else {"found": raw_text(placed.raw)}
            self._report(code, column, self._at(placed), **found, reason=value.reason, reason_en=value.reason_en)
        elif column.type == "month" and self._is_past(value):
            self._report(Reading.DUE_PAST, column, self._at(placed), due=value.text, period=self.period)

    def _is_past(self, due: Typed) -> bool:
        """Whether a due month of the unit's own plan is over before the period for which the plan is sent."""
        if due.day is None or self.period is None or not self._sets_due_months:
            return False
        return due.day < first_day_of(self.period)

    @property
    def _sets_due_months(self) -> bool:
        """Whether the list is the unit's plan itself: its own tasks, before any progress on them."""
        return self.form.own_tasks and not any(column.type == "choice" for column in self.form.columns)

    def _year(self, column: Column) -> int:
        """The year of dates without one: of the task list for its due months, else of the period."""
        if column.type == "month" and self.form.task_lists:
            return next(t.year for t in self.campaign.task_lists if t.list_id == self.form.task_lists[0])
        return int(self.period[:4]) if self.period else self.received_on.year

    def _units(self, column: Column, placed: Placed) -> list[Typed]:
        named = read_units(placed.raw, self._names)
        at = self._at(placed)
        for name in named.unknown:
            near = (
                roster_of(self.campaign).nearest(name)
                if self._problems.has_room(Reading.ROW_UNIT_UNKNOWN, column)
                else ""
            )
            hint = {"nearest": f"（是不是{near}？）", "nearest_en": f" (perhaps {near})"} if near else {}
            self._report(Reading.ROW_UNIT_UNKNOWN, column, at, found=name, **hint)
        several = column.type == "unit" and len(named.ids) + len(named.unknown) > 1
        if several:
            self._report(Reading.ROW_UNIT_SEVERAL, column, at, found=raw_text(placed.raw))
        if several or not named.ids:
            return [Typed(ValueState.UNREADABLE if named.ids or named.unknown else ValueState.BLANK)]
        return [Typed(ValueState.VALUE, unit_id) for unit_id in named.ids] + [
            Typed(ValueState.UNREADABLE) for _ in named.unknown
        ]

    def _task(self, column: Column, row: ListRow) -> Typed:
        """The task's id, also where only its wording says which; of a unit's own list the number as written."""
        number, goal = (placed.raw if (placed := row.cells.get(name)) else None for name in (column.column_id, _GOAL))
        if self.form.own_tasks:
            return self._missing(column, row) if number is None else Typed(ValueState.VALUE, as_text(number))
        value, task = read_task(number, goal, self.form, self._names)
        at = self._blank_at(column, row)
        if value.state is ValueState.UNREADABLE:
            reasons = {"reason": value.reason, "reason_en": value.reason_en}
            self._report(Reading.TASK_UNKNOWN, column, at, found=raw_text(number), **reasons)
        elif value is BLANK:
            return self._missing(column, row)
        elif task and not self._answers_for(task):
            unit = roster_of(self.campaign).name(self.unit_id or "")
            facts = {"number": task.number, "unit": unit, "period": self.period}
            self._report(Reading.NOT_RESPONSIBLE, column, at, **facts)
        return value

    def _answers_for(self, task: Task) -> bool:
        """Whether the unit answers for a task in the period; not doubted while unit or period are unknown."""
        if self.unit_id is None or self.period is None:
            return True
        return answers_for(self.unit_id, task, self._names, last_day_of(self.period))

    def _missing(self, column: Column, row: ListRow) -> Typed:
        if self._is_asked(column) and column.column_id in self.block.spans:
            self._report(Reading.CELL_MISSING, column, self._blank_at(column, row))
        return BLANK

    def _cell(self, number: int, key: str, column: Column, position: int, value: Typed, row: ListRow) -> ListCell:
        own = row.cells.get(column.column_id)
        placed = own or row.cells[_GOAL]  # an id that follows from the wording
        cell = ListCell(
            number,
            key,
            column.column_id,
            position,
            value.state,
            value.text,
            value.number,
            value.day,
            raw_text(own.raw) if own else "",
            *self.block.grid.address(placed.row, placed.column),
        )
        if not column.personal:
            return cell
        # what was typed is kept even if it is no telephone number, and nothing else of the cell
        return cell._replace(text=value.text or as_text(placed.raw), raw_text="", personal=True)

    def _unique(self, key: str, row: ListRow) -> str:
        """A key that repeats is numbered, but for tasks: two rows on one task are about the same."""
        at = self._at(min(row.cells.values(), key=lambda placed: placed.column))
        above = self._repeated.add(key, at, self.block.grid.address(row.row, 0))
        return key if not above or self.form.kind == "task_progress" else f"{key}#{above + 1}"

    def _report(self, code: Reading, column: Column, at: str, **facts: str | None) -> None:
        self._problems.tell(code, column, at, **facts)

    @property
    def _names(self) -> CampaignNames:
        return names_of(self.campaign)

    def _at(self, placed: Placed) -> str:
        return self.block.grid.at(placed.row, placed.column)

    def _blank_at(self, column: Column, row: ListRow) -> str:
        """Where the row's cell of a column stands or would stand."""
        if placed := row.cells.get(column.column_id):
            return self._at(placed)
        return self.block.grid.at(row.row, self.block.spans.get(column.column_id, (0, 0))[0])
