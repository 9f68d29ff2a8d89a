"""What units are asked to check, as published: one letter for each unit, with the hazards behind its figures.

Belongs here: the rows, and which of them make one letter. Does not belong here: drawing (question_letter.py), which
questions are open (the model rpt_unit_questions), where letters lie (orchestration).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from reports.consolidation.ledger_table import LEDGER_ORDER, LedgerDifferenceRow
from reports.published import CampaignRow, Snapshot, find_snapshot, open_snapshot, read_rows

_IN_ORDER = """unit_position, unit_id, class_order, form_id, rule_code, position nulls last, order_in_rule nulls last,
    source_cell, outcome_id"""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One thing a unit is asked about a form it sent."""

    unit_id: str
    unit_name: str
    form_id: str
    form_title: str
    period: str
    file_name: str | None
    rule_class_name: str
    rule_code: str
    item_code: str | None
    part: str | None
    indicator_name: str | None
    part_name: str | None
    source_cell: str | None
    message: str | None
    explanation_state: str


@dataclass(frozen=True, slots=True)
class UnitDifferenceRow(LedgerDifferenceRow):
    """One hazard behind a figure that differs from the list, with whose figure it is."""

    unit_id: str
    form_id: str
    period: str
    part: str


@dataclass(frozen=True, slots=True)
class UnitQuestions:
    """What one letter says; `differences` stand behind those questions that name their figure."""

    snapshot: Snapshot
    campaign: CampaignRow
    unit_id: str
    unit_name: str
    questions: tuple[QuestionRow, ...]
    differences: tuple[UnitDifferenceRow, ...]


def questions_of_units(published: Path, campaign_id: str) -> Iterator[UnitQuestions]:
    """One letter for each unit of a campaign that has an open question, in the order of the roster."""
    snapshot = find_snapshot(published)
    with open_snapshot(snapshot) as connection:
        mine = "campaign_id = ?"
        campaigns = read_rows(connection, CampaignRow, f"marts.dim_campaigns where {mine}", (campaign_id,))
        asked = f"marts.rpt_unit_questions where {mine} order by {_IN_ORDER}"
        questions = read_rows(connection, QuestionRow, asked, (campaign_id,))
        differ = f"marts.rpt_ledger_differences where {mine} order by period, {LEDGER_ORDER}"
        differences = read_rows(connection, UnitDifferenceRow, differ, (campaign_id,)) if questions else ()
    behind: dict[tuple[str, ...], list[UnitDifferenceRow]] = defaultdict(list)
    for row in differences:
        behind[row.unit_id, row.form_id, row.period, row.item_code, row.part].append(row)
    for unit_id, of_unit in groupby(questions, key=lambda row: row.unit_id):
        rows = tuple(of_unit)
        figures = dict.fromkeys((unit_id, r.form_id, r.period, r.item_code or "", r.part or "") for r in rows)
        found = tuple(row for figure in figures for row in behind.get(figure, ()))
        yield UnitQuestions(snapshot, campaigns[0], unit_id, rows[0].unit_name, rows, found)
