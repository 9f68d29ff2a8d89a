"""How a changed row of a list reads, on the screen and in the workbook.

Belongs here: its words; what a form calls a choice is said in the form's words. Does not belong here: the words
themselves (orchestration/words.py, campaigns), the table it stands in (commands/restated.py, reports).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from orchestration.console import cell_text
from orchestration.restating.restated_row import RowCause
from orchestration.restating.row_natures import counted_by_nature
from orchestration.words import (
    DECISIONS,
    HAZARD_EVENTS,
    HAZARD_STATUSES,
    RESTATED_BECAUSE,
    RESTATED_FACTS,
    RESTATED_NATURES,
    RESTATED_ROWS,
    RESTATED_WORDS,
    SAID_NOTHING,
)
from reports.restated_lists import RestatedListRow

if TYPE_CHECKING:
    from datetime import date

    from campaigns.model import Campaign
    from orchestration.restating.ledger_restatement import HazardChange
    from orchestration.restating.restated_row import ChangedWord, RestatedRow

Called = Mapping[tuple[str, str], Mapping[str, str]]  # by form and what is said: code → name

_STATUS_WORDS = {code: words for code, words in (HAZARD_STATUSES | SAID_NOTHING).items() if code is not None}


def called_in(campaign: Campaign) -> Called:
    """What the codes of its lists are called: choices as their forms print them, places by the names of units."""
    places = {unit.unit_id: unit.unit_name for unit in campaign.units}
    called: dict[tuple[str, str], Mapping[str, str]] = {
        (form.form_id, column.column_id): {choice.code: choice.label for choice in column.choices}
        for form in campaign.forms
        for column in form.columns
        if column.choices
    }
    return called | {(form.form_id, "place_unit_id"): places for form in campaign.forms}


def row_in_words(row: RestatedRow, called: Called) -> RestatedListRow:
    """The row as people read it; of its causes the first file is named, where there is one.

    A row that belongs to no period has that of the file.
    """
    name = row.row_name
    if row.fact == "hazard_event":
        of, _, event = name.rpartition(" ")
        name = f"{of} {HAZARD_EVENTS[event]}"
    file = next((cause for cause in row.causes if cause.file_name), RowCause(""))
    return RestatedListRow(
        fact=RESTATED_FACTS[row.fact],
        period=row.period or file.period,
        unit_name=row.unit_name or row.unit_id,
        row_name=name,
        nature=RESTATED_NATURES[row.nature],
        change=RESTATED_ROWS[row.change],
        words="；".join(_changed(word, row.change, called.get((row.form_id, word.name), {})) for word in row.words),
        because="；".join(cause_in_words(cause, row.period) for cause in row.causes),
        file_name=file.file_name,
        received_at=file.received_at,
        source_cell=file.source_cell,
    )


def counted_natures(rows: Iterable[RestatedRow]) -> tuple[tuple[str, int], ...]:
    """Each nature in words, with how many rows are of it, in a reader's order; also where none is."""
    counted = counted_by_nature(row.nature for row in rows)
    return tuple((RESTATED_NATURES[nature], count) for nature, count in counted.items())


def cause_in_words(cause: RowCause, period: str | None) -> str:
    """Why, and who decided; not the file. What belongs to no period (that of its row) is never late."""
    if cause.kind == "new_file" and not period:
        return "新报"
    return because_in_words(cause)


def because_in_words(cause: RowCause | HazardChange) -> str:
    """Of a decision the pair, and who decided what; of one that is no longer, too."""
    words = RESTATED_BECAUSE[cause.kind]
    if cause.pair_id is None:
        return words
    now = _decided(cause.decision, cause.decided_by, cause.decided_on)
    was = _decided(cause.decision_before, cause.decided_by_before, cause.decided_on_before)
    return f"{words}：{cause.pair_id} {'，'.join(filter(None, (now, was and f'原认定{was}')))}"


def _decided(decision: str | None, by: str | None, on: date | None) -> str:
    return f"{DECISIONS[decision]}（{by} {on}）" if decision else ""


def _changed(word: ChangedWord, change: str, called: Mapping[str, str]) -> str:
    nothing = "空白" if change == "changed" else "—"
    names = _STATUS_WORDS if word.name == "status" else called
    before, after = (_said(said, names) or nothing for said in (word.before, word.after))
    place = " ".join(filter(None, (word.file_name, word.source_cell)))
    return f"{RESTATED_WORDS[word.name]} {before} → {after}" + (f"（{place}）" if place else "")


def _said(value: object, names: Mapping[str, str]) -> str:
    return cell_text(names.get(value, value) if isinstance(value, str) else value)
