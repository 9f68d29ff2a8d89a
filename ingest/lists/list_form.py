"""One list found on a grid, turned into a submission.

Belongs here: joining rows, attribution and the words around them for one list. Does not belong here: finding the list
(list_search.py), typing its cells (list_cells.py), the steps for a whole file (parse.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from campaigns.calendar import DueDate
from campaigns.model import Campaign
from campaigns.vocabulary import Outcome, ValueState
from ingest.files.grid import MOST_ROWS, Contents
from ingest.layouts.form_search import FormBlock
from ingest.layouts.list_columns import Place
from ingest.layouts.list_rows import ListRow, ListRows, heads_counter, read_rows
from ingest.layouts.list_search import LEAST_REQUIRED, ListBlock
from ingest.lists.hazard_levels import without_level
from ingest.lists.hazard_rows import card_key, split_bare_numbers
from ingest.lists.list_cells import ListTyping
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading, quarantines, reading_problem
from ingest.senders.attribution import Attribution, attribute
from ingest.senders.form_notes import not_taken, notes_on_form, whose_form
from ingest.senders.identity import Origin, Sheet
from ingest.senders.stamp import Stamp, UnitText, read_stamp
from ingest.words.list_values import as_text
from ingest.words.roster import roster_of

_NO_HEADING = "没有列名"


def parse_list(
    block: ListBlock, contents: Contents, campaign: Campaign, dates: Sequence[DueDate], origin: Origin
) -> ParsedSubmission:
    """The submission of one list."""
    form = block.known.form
    sheet_name = block.grid.address(block.head_top, 0)[0]
    if problem := _why_not_taken(block, sheet_name, origin):
        return not_taken(form, contents.file_format, sheet_name, problem)
    listed = block.card or read_rows(block)
    listed.rows, bare = split_bare_numbers(form, listed.rows)
    stamp = read_stamp(FormBlock(block.grid, form, block.first_row, block.last_row, []), listed.claimed)
    _add_unit_of_rows(stamp, block, listed, campaign)
    sheet = Sheet(sheet_name, speaks=block.grid.reference == "a1")
    whose = attribute(campaign, form, stamp, sheet, dates, origin)
    typing = ListTyping(block, campaign, whose.unit_id, whose.period, origin.received_on)
    typing.add(listed.rows)
    problems = [*whose.problems, *_problems(block, listed, typing, sheet_name, stamp, whose, origin)]
    problems += [*without_level(form, typing.cells, sheet_name), *_notes_on_ledger(block, bare, sheet_name)]
    known = whose_form(form, contents.file_format, sheet_name, stamp, whose, origin)
    return replace(
        known,
        list_cells=tuple(typing.cells),
        problems=tuple(problems),
        quarantined=quarantines(problems),
        card_key=card_key(typing.cells) if block.card else "",
    )


def _why_not_taken(block: ListBlock, sheet_name: str, origin: Origin) -> Outcome | None:
    """Why a table cannot be taken for a list although it looks like one."""
    form = block.known.form
    if block.share < LEAST_REQUIRED:
        missing = "、".join(block.missing)
        return reading_problem(
            Reading.LIST_INCOMPLETE, file=origin.file_name, sheet=sheet_name, form=form.title, missing=missing
        )
    if block.rivals:
        others = "》《".join(known.form.title for known in block.rivals)
        return reading_problem(
            Reading.FORM_AMBIGUOUS, file=origin.file_name, sheet=sheet_name, form=form.title, others=others
        )
    return None


def _add_unit_of_rows(stamp: Stamp, block: ListBlock, listed: ListRows, campaign: Campaign) -> None:
    """A liaison list without a stamped unit is that of the one unit whose people it names."""
    column = next((c for c in block.known.form.columns if c.type == "unit"), None)
    if stamp.units or column is None or block.known.form.kind != "liaison_list":
        return
    placed = [row.cells[column.column_id] for row in listed.rows if column.column_id in row.cells]
    texts = {str(cell.raw) for cell in placed}
    if len({roster_of(campaign).find(text).unit_ids for text in texts}) == 1:
        stamp.units.append(UnitText((texts.pop(),), block.grid.at(placed[0].row, placed[0].column)))


def _problems(
    block: ListBlock,
    listed: ListRows,
    typing: ListTyping,
    sheet_name: str,
    stamp: Stamp,
    whose: Attribution,
    origin: Origin,
) -> Iterator[Outcome]:
    """What is wrong with the list as a whole, then with single cells, then what is missing around them."""
    form = block.known.form
    if block.missing:
        missing = "、".join(block.missing)
        yield reading_problem(Reading.COLUMNS_MISSING, sheet=sheet_name, form=form.title, missing=missing)
    if len(block.grid.rows) >= MOST_ROWS:
        yield reading_problem(Reading.LIST_CUT, sheet=sheet_name, most=MOST_ROWS)
    if _is_unanswered(block, listed, typing):
        yield reading_problem(Reading.LIST_EMPTY, sheet=sheet_name, form=form.title)
    else:
        yield from typing.problems
        for place, text in _unread_columns(block, listed):
            yield reading_problem(Reading.COLUMN_UNKNOWN, at=block.grid.at(*place), found=text, form=form.title)
    for name in listed.headless:
        yield reading_problem(Reading.TABLE_HEADLESS, sheet=name, form=form.title)
    if hidden := sum(block.grid.is_hidden(row.row, 0) for row in listed.rows):
        yield reading_problem(Reading.ROWS_HIDDEN, sheet=sheet_name, count=hidden)
    yield from notes_on_form(form, block.grid, sheet_name, stamp, whose, origin)


def _notes_on_ledger(block: ListBlock, bare: Sequence[ListRow], sheet_name: str) -> Iterator[Outcome]:
    """What is told of headings in another unit of money, and of rows that are numbered and otherwise empty."""
    for column_id, head in block.columns.units.items():
        at, own = block.grid.at(*head.place), block.known.column(column_id).measure_unit
        yield reading_problem(Reading.AMOUNT_IN_OTHER_UNIT, at=at, found=head.unit, unit=own)
    if bare:
        placed = next(iter(bare[0].cells.values()))
        number = as_text(placed.raw)
        yield reading_problem(Reading.NUMBERS_ALONE, sheet=sheet_name, count=len(bare), found=number)


def _is_unanswered(block: ListBlock, listed: ListRows, typing: ListTyping) -> bool:
    """Whether nothing was filled in: no row, or only rows of which every column to be answered is blank."""
    if not listed.rows:
        return listed.says_none is None
    form = block.known.form
    asked = {c.column_id for c in form.columns if c.required and c.column_id not in form.row_key}
    asked &= block.spans.keys()
    said = {cell.column_id for cell in typing.cells if cell.state is not ValueState.BLANK}
    return bool(asked) and not asked & said


def _unread_columns(block: ListBlock, listed: ListRows) -> Iterator[tuple[Place, str]]:
    """Columns with values that are none of the form's, each with its heading, never with a value: it may be a name."""
    if block.card:
        yield from block.columns.foreign
        return
    read = {column for left, right in block.spans.values() for column in range(left, right + 1)}
    used: dict[int, Place] = {}
    for row, column in sorted(listed.claimed):
        if row > block.head_bottom and column not in read and block.grid.rows[row][column] is not None:
            used.setdefault(column, (row, column))
    for place, text in block.columns.foreign:
        if used.pop(place[1], None):
            yield place, text
    for column, place in used.items():
        if not heads_counter(block, column):
            yield place, _NO_HEADING
