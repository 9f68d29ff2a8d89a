"""Reading one file: bytes in, one submission for each form found in it out.

Belongs here: the order of the steps (open, find the forms of every kind, have them read, compare them). Does not belong
here: each step itself (open_file.py, form_search.py, list_search.py, narrative.py, …), limits of time and memory (the
worker), storage.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from campaigns.calendar import DueDate
from campaigns.model import Campaign
from campaigns.vocabulary import Outcome
from ingest.files.grid import Contents, Grid, stacked
from ingest.files.open_file import open_file
from ingest.forms.form_differences import differences_of, nearest_form, nearest_words
from ingest.forms.indicator_table import parse_block, parse_known
from ingest.forms.known_layout import recall
from ingest.forms.same_form import without_empty_copies, without_twins
from ingest.layouts.card import find_cards
from ingest.layouts.form_search import LEAST_RESEMBLANCE, LEAST_SHARE, FormBlock, find_blocks
from ingest.layouts.list_heads import list_forms
from ingest.layouts.list_search import LEAST_REQUIRED, ListBlock, find_lists
from ingest.lists.list_form import parse_list
from ingest.narratives.document import parse_document
from ingest.narratives.narrative import parse_narratives
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading, reading_problem
from ingest.senders.identity import Origin, read_marker
from ingest.words.informants import holds_informants
from ingest.words.labels import LabelBook, label_book


def parse_file(
    content: bytes,
    file_name: str,
    folders: tuple[str, ...],
    campaign: Campaign,
    dates: Sequence[DueDate],
    received_on: date,
) -> list[ParsedSubmission]:
    """Read every form of a campaign in one file.

    Args:
        content: the file's bytes.
        file_name: as it arrived; it may say unit and period.
        folders: names of the folders below the inbox that it lay in; they may say them too.
        campaign: whose forms, units and aliases count.
        dates: all due dates of the campaign.
        received_on: the day of receipt, which decides between too early, open and locked.

    Returns:
        Never empty: a file that cannot be read yields one quarantined submission that says why. Bad input never
        raises.
    """
    contents, problem = open_file(content, file_name)
    origin = Origin(file_name, folders, read_marker(contents.marker), received_on)
    known = recall(contents, campaign) if problem is None else None
    if known is not None:
        return [parse_known(*known, contents, campaign, dates, origin)]
    if holds_informants(contents, campaign):
        return [nothing_read(reading_problem(Reading.INFORMANT_MATERIAL), contents.file_format)]
    if problem is None:
        read, problem = _read_forms(contents, campaign, dates, origin)
        if read:
            return without_empty_copies(without_twins(read, file_name))
    document = parse_document(contents, campaign, dates, origin)
    if document is not None:
        return [document]
    if problem is not None:
        return [nothing_read(problem, contents.file_format)]
    return [_no_form(contents, campaign, file_name)]


def _read_forms(
    contents: Contents, campaign: Campaign, dates: Sequence[DueDate], origin: Origin
) -> tuple[list[ParsedSubmission], Outcome | None]:
    """Every form with figures, rows or text in parts: indicator tables first, lists beside them, then narratives."""
    tables, problem = _forms_in(contents, label_book(campaign), origin.file_name)
    taken = {id(block.grid) for block in tables}
    lists = _lists_in(contents, campaign, origin, taken)
    if tables:  # beside a form with figures an untitled table, such as an address list, is no list of ours
        lists = [block for block in lists if block.is_named]
    taken |= {id(block.grid) for block in lists}
    origin = replace(origin, holds_several=len(tables) + len(lists) > 1)
    read = [found for block in tables for found in parse_block(block, contents, campaign, dates, origin)]
    read += [parse_list(block, contents, campaign, dates, origin) for block in lists]
    if not tables:
        read += parse_narratives(contents, campaign, dates, origin, taken)
    if not read:
        problem = problem or _hidden_list(contents, campaign, origin)
    return read, problem


def _lists_in(contents: Contents, campaign: Campaign, origin: Origin, taken: Collection[int]) -> list[ListBlock]:
    """The lists on the visible sheets that hold no indicator table."""
    grids = (grid for grid in contents.grids if not grid.hidden and id(grid) not in taken)
    return [block for grid in grids for block in _lists_on(grid, campaign, origin)]


def _lists_on(grid: Grid, campaign: Campaign, origin: Origin) -> list[ListBlock]:
    forms = list_forms(campaign)
    if cards := find_cards(grid, forms):
        return cards
    return find_lists(grid, forms, origin.marker.form, f"{origin.stem} {grid.name}") if forms else []


def _hidden_list(contents: Contents, campaign: Campaign, origin: Origin) -> Outcome | None:
    """Why nothing was found where a list stands on a hidden sheet."""
    for grid in contents.grids:
        if grid.hidden and any(block.share >= LEAST_REQUIRED for block in _lists_on(grid, campaign, origin)):
            return reading_problem(Reading.FORM_HIDDEN, file=origin.file_name, sheet=grid.name)
    return None


def nothing_read(problem: Outcome, file_format: str, sheet_name: str = "") -> ParsedSubmission:
    """A quarantined submission of which only the reason is known."""
    return ParsedSubmission(None, None, None, None, None, "", "", file_format, sheet_name, (), (problem,), True, ())


def _forms_in(contents: Contents, book: LabelBook, file_name: str) -> tuple[list[FormBlock], Outcome | None]:
    """The forms of a file; hidden sheets only count as a reason when nothing else is found."""
    visible = [grid for grid in contents.grids if not grid.hidden]
    found = [block for grid in visible for block in find_blocks(grid, book)]
    whole = [block for block in found if block.share >= LEAST_SHARE]
    if not whole and len(visible) > 1 and found:  # a form spread over several sheets, one section on each
        whole = [block for block in find_blocks(stacked(visible), book) if block.share >= LEAST_SHARE]
        found = whole or found
    partial = [block for block in found if LEAST_RESEMBLANCE <= block.share < LEAST_SHARE]
    if whole or partial:
        return whole + partial, None
    for grid in contents.grids:
        if grid.hidden and any(block.share >= LEAST_SHARE for block in find_blocks(grid, book)):
            return [], reading_problem(Reading.FORM_HIDDEN, file=file_name, sheet=grid.name)
    if not any(_is_filled(grid) for grid in visible) and not contents.paragraphs:
        return [], reading_problem(Reading.FILE_HAS_NO_TABLE, file=file_name)
    return [], None


def _is_filled(grid: Grid) -> bool:
    return any(value is not None for row in grid.rows for value in row)


def _no_form(contents: Contents, campaign: Campaign, file_name: str) -> ParsedSubmission:
    """Say that no form was found, and which one the file is nearest to."""
    book, visible = label_book(campaign), [grid for grid in contents.grids if not grid.hidden]
    blocks = [block for grid in visible for block in find_blocks(grid, book)]
    nearest = max(blocks, key=lambda block: block.share, default=None)
    differences = differences_of(nearest) if nearest else nearest_form(visible, book)
    names = "、".join(f"《{form.title}》" for form in campaign.forms if form.kind != "document")
    hint = {"nearest": f"（本行动的报表是{names}）", "nearest_en": f" (its forms: {names})"} if names else {}
    if differences:
        hint = nearest_words(differences)
    problem = reading_problem(Reading.FORM_NOT_FOUND, file=file_name, **hint)
    return replace(nothing_read(problem, contents.file_format), differences=differences)
