"""One indicator table found on a grid, turned into submissions.

Belongs here: joining figures, attribution and the words around them for one block. Does not belong here: finding the
block (form_search.py), the steps for a whole file (parse.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from campaigns.calendar import DueDate
from campaigns.model import Campaign, Form
from campaigns.vocabulary import Outcome
from ingest.files.grid import Contents
from ingest.forms.figures import Figures, type_figures
from ingest.forms.form_differences import besides, differences_of, named
from ingest.forms.form_versions import due_of, not_asked, version_problem, version_used
from ingest.forms.new_layout import remember
from ingest.layouts.form_search import LEAST_SHARE, FormBlock
from ingest.layouts.header_layout import labels_are_headings, read_below
from ingest.layouts.value_cells import Reading, read_beside
from ingest.parsed import Explanation, FormDifferences, ParsedSubmission
from ingest.problems import Reading as Problem
from ingest.problems import quarantines, reading_problem
from ingest.senders.attribution import Attribution, attribute
from ingest.senders.form_notes import not_taken, notes_on_form, whose_form
from ingest.senders.identity import Origin, Sheet
from ingest.senders.stamp import Said, Stamp, UnitText, read_stamp
from ingest.words.cell_words import plain_text
from ingest.words.period_text import find_periods, plain
from ingest.words.roster import roster_of


def parse_block(
    block: FormBlock, contents: Contents, campaign: Campaign, dates: Sequence[DueDate], origin: Origin
) -> list[ParsedSubmission]:
    """The submissions of one block: one, or one for each row of figures or each period's or unit's column."""
    sheet_name = block.grid.address(block.hits[0].row, 0)[0]
    if block.share < LEAST_SHARE:
        differences = differences_of(block)
        problem = _incomplete(differences, sheet_name, origin)
        return [replace(not_taken(block.form, contents.file_format, sheet_name, problem), differences=differences)]
    readings = read_below(block) if labels_are_headings(block) else read_beside(block, roster_of(campaign))
    remember(block, readings, contents, campaign)
    several = len(readings) > 1
    if several and not all(reading.row_names for reading in readings):
        problem = reading_problem(Problem.SEVERAL_ROWS, sheet=sheet_name, count=len(readings))
        return [not_taken(block.form, contents.file_format, sheet_name, problem)]
    names = {place for reading in readings for _, place in reading.row_names}
    for reading in readings:
        reading.claimed |= names  # what names one reading says nothing about the others
    periods = [_period_named(reading) for reading in readings]
    if several and all(periods):
        origin = replace(origin, holds_several_periods=True)
        for reading, period in zip(readings, periods, strict=True):
            reading.is_earlier = period != max(filter(None, periods))
    return [_parse_reading(block, reading, several, contents, campaign, dates, origin) for reading in readings]


def parse_known(
    block: FormBlock,
    reading: Reading,
    contents: Contents,
    campaign: Campaign,
    dates: Sequence[DueDate],
    origin: Origin,
) -> ParsedSubmission:
    """The submission of a form whose layout is known (known_layout.py)."""
    return _parse_reading(block, reading, False, contents, campaign, dates, origin)


def _period_named(reading: Reading) -> tuple[int, int] | None:
    """Year (0 where it is left out) and number of the period that the words beside or above the figures name."""
    found = [(m.year or 0, m.number) for text, _ in reading.row_names for m in find_periods(plain(text))]
    return max(found, default=None)


def _parse_reading(
    block: FormBlock,
    reading: Reading,
    several: bool,
    contents: Contents,
    campaign: Campaign,
    dates: Sequence[DueDate],
    origin: Origin,
) -> ParsedSubmission:
    sheet_name = block.grid.address(block.hits[0].row, 0)[0]
    sheet = Sheet(sheet_name, speaks=block.grid.reference == "a1")
    stamp = read_stamp(block, reading.claimed)
    _add_row_names(stamp, block, reading, several, campaign)
    if reading.is_earlier:  # the one fill date of the sheet is that of its latest figures
        stamp.dates.clear()
        stamp.day = None
    whose = attribute(campaign, block.form, stamp, sheet, dates, origin)
    figures = type_figures(block, reading, whose.scope)
    due = due_of(dates, block.form, whose.period)
    used = version_used(block, origin.marker, due.cutoff_on if due else None)
    outdated = version_problem(campaign, used, sheet_name, due)
    differences = differences_of(block) if block.missing else None
    found = _problems(block, used, figures, reading, stamp, whose, origin, differences)
    problems = (*whose.problems, *filter(None, [outdated]), *found)
    remarks = (Explanation(text, block.grid.at(*place)) for text, place in reading.remarks)
    known = whose_form(used, contents.file_format, sheet_name, stamp, whose, origin)
    return replace(
        known,
        cells=(*figures.cells, *not_asked(campaign, used, sheet_name)),
        problems=problems,
        quarantined=quarantines(problems),
        differences=differences,
        explanations=(*known.explanations, *remarks),
    )


def _add_row_names(stamp: Stamp, block: FormBlock, reading: Reading, several: bool, campaign: Campaign) -> None:
    """Words left of a row of figures name its unit or its period; they outweigh what stands above all rows."""
    roster = roster_of(campaign)
    named = [
        UnitText((text,), block.grid.at(*place)) for text, place in reading.row_names if roster.find(text).unit_ids
    ]
    periods = [Said(text, block.grid.at(*place)) for text, place in reading.row_names if find_periods(plain(text))]
    stamp.periods.extend(periods)
    if several and not named and not periods:
        named = [UnitText((plain_text(text),), block.grid.at(*place)) for text, place in reading.row_names[-1:]]
    if named and (several or labels_are_headings(block)):
        stamp.units[:] = named
    else:  # the one column of a unit must not contradict the stamped line
        stamp.units.extend(named)


def _problems(
    block: FormBlock,
    used: Form,
    figures: Figures,
    reading: Reading,
    stamp: Stamp,
    whose: Attribution,
    origin: Origin,
    differences: FormDifferences | None,
) -> Iterator[Outcome]:
    """What is wrong with the form as a whole, then with single cells, then what is missing around them."""
    sheet_name = block.grid.address(block.hits[0].row, 0)[0]
    if differences:
        words = {"missing": named(differences.missing), **besides(differences)}
        yield reading_problem(Problem.LABELS_MISSING, sheet=sheet_name, **words)
    if figures.all_blank and not reading.other_figures:
        yield reading_problem(Problem.FORM_EMPTY, sheet=sheet_name)
    yield from figures.problems
    for note in notes_on_form(used, block.grid, sheet_name, stamp, whose, origin):
        if not (reading.is_earlier and note.rule_code == Problem.FILL_DATE_MISSING):
            yield note


def _incomplete(differences: FormDifferences, sheet_name: str, origin: Origin) -> Outcome:
    return reading_problem(
        Problem.FORM_INCOMPLETE,
        file=origin.file_name,
        sheet=sheet_name,
        form=differences.title,
        version=differences.version,
        total=differences.total,
        count=differences.found,
        missing=named(differences.missing),
        **besides(differences),
    )
