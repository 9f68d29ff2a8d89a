"""督导建议: which units are worth a visit as things stand, each with the facts that speak for it, and its proof.

Belongs here: the workbook's sheets, writing it, reading it back. Does not belong here: which facts count and from how
many on (the campaign's visit_reasons, the models), drawing (list_book.py), when it is written (orchestration).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaigns.vocabulary import Subject
from reports.boards.list_book import ListBook, ListPage, numbered, verify_list_book, write_list_book
from reports.campaign_head import CampaignHead, load_head, nothing_to_print
from reports.consolidation.readings_table import READING_COLUMNS, readings_table
from reports.paper.difference import Difference
from reports.paper.printed_table import PrintedRow, PrintedTable, TableColumn, columns_on
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import moment_text, period_title
from reports.published import find_snapshot, open_snapshot, read_rows

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

SUBJECTS: Final = (Subject.DEADLINES, Subject.TASKS)
_COVER_WIDTHS: Final = (13.0,) * 12
_NOTE: Final = "只列事实，不打分、不排名次：够几个起算、依据哪一条，由专项行动定；去不去、去哪里由安委办决定。"
_INFERRED: Final = "（按公文意思推定，待安委办确认）"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One reason of one unit."""

    unit_id: str
    unit_position: int | None
    unit_name: str | None
    reason_name: str
    reason_position: int
    facts: int
    measure_unit: str
    at_least: int
    evidence: str
    reasons_of_unit: int
    clause: str
    basis: str

    @property
    def counted(self) -> str:
        return f"{self.facts} {self.measure_unit}"


def write_visit_suggestions(target: Path, request: ReportRequest) -> Path:
    """Write the workbook; `verify_visit_suggestions` must find no difference before anyone gets it.

    Raises:
        NothingToPrintError: the campaign names no reason for a visit.
    """
    return write_list_book(target, _book(request))


def verify_visit_suggestions(path: Path, request: ReportRequest) -> list[Difference]:
    """Return every place where the finished workbook does not say what the marts say."""
    return verify_list_book(path, _book(request))


def _book(request: ReportRequest) -> ListBook:
    if not request.campaign.visit_reasons:
        raise nothing_to_print(request, "督导事由")
    with open_snapshot(find_snapshot(request.published)) as connection:
        order = "reasons_of_unit desc, unit_position nulls last, unit_id, reason_position"
        rows = f"marts.rpt_visit_suggestions where campaign_id = ? order by {order}"
        found = read_rows(connection, Suggestion, rows, (request.campaign.campaign_id,))
        head = load_head(connection, request)
    title = safe_text(f"{head.campaign.campaign_name}督导建议")
    until = moment_text(head.snapshot.as_of)
    page = ListPage("督导建议", title, _suggestions_table(found))
    return ListBook(
        head=head,
        title=title,
        caption=safe_text(f"{head.campaign.area}　{period_title(head.period)}（现状截至 {until}）"),
        cover=numbered(dict(_cover(request, head, found))),
        cover_widths=_COVER_WIDTHS,
        note=head.provenance(_NOTE),
        lists=(page,),
    )


def _cover(
    request: ReportRequest, head: CampaignHead, found: tuple[Suggestion, ...]
) -> Iterator[tuple[str, PrintedTable]]:
    yield "各事由涉及的单位", _reasons_table(request, found)
    yield "各单位的事由", _units_table(found)
    if readings := head.readings_about(*SUBJECTS):
        yield "本表采用的口径", readings_table(readings, columns_on(_COVER_WIDTHS, *READING_COLUMNS))


def _reasons_table(request: ReportRequest, found: tuple[Suggestion, ...]) -> PrintedTable:
    """One row per reason of the campaign, also of those that nobody gives."""
    rows: list[PrintedRow] = []
    for entry in request.campaign.visit_reasons:
        named = [one for one in found if one.reason_name == entry.words.name]
        clause = entry.clause + (_INFERRED if entry.basis == "inferred" else "")
        starts = f"满 {entry.at_least} {entry.words.measure_unit}"
        rows.append((entry.words.name, starts, len(named), sum(one.facts for one in named), safe_text(clause)))
    heads = (
        ("事由", 3, "left"),
        ("几个起算", 1, "center"),
        ("单位数", 1, "center"),
        ("合计", 1, "center"),
        ("依据", 6, "left"),
    )
    return PrintedTable(columns_on(_COVER_WIDTHS, *heads), tuple(rows))


def _units_table(found: tuple[Suggestion, ...]) -> PrintedTable:
    """One row per unit: those with most reasons first, else in the order of the roster."""
    rows: list[PrintedRow] = []
    for number, (_, of_unit) in enumerate(groupby(found, key=lambda one: one.unit_id), 1):
        reasons = list(of_unit)
        words = "；".join(f"{one.reason_name} {one.counted}" for one in reasons)
        rows.append((number, _name(reasons[0]), len(reasons), safe_text(words)))
    heads = (("序号", 1, "center"), ("单位", 3, "left"), ("事由数", 1, "center"), ("事由", 7, "left"))
    return PrintedTable(columns_on(_COVER_WIDTHS, *heads), tuple(rows), empty="没有够数的事由")


def _suggestions_table(found: tuple[Suggestion, ...]) -> PrintedTable:
    """One row per unit and reason, with every fact on a line of its own."""
    rows: list[PrintedRow] = [
        (
            number,
            _name(one),
            safe_text(one.reason_name),
            one.facts,
            safe_text(one.measure_unit),
            outside_text(one.evidence.replace("；", "\n")),
            safe_text(one.clause),
        )
        for number, one in enumerate(found, 1)
    ]
    columns = (
        TableColumn("序号", 5),
        TableColumn("单位", 16, "left"),
        TableColumn("事由", 20, "left"),
        TableColumn("数", 6),
        TableColumn("计量", 6),
        TableColumn("事实", 74, "left"),
        TableColumn("依据", 31, "left"),
    )
    return PrintedTable(columns, tuple(rows), empty="没有够数的事由")


def _name(one: Suggestion) -> str:
    return safe_text(one.unit_name or one.unit_id)
