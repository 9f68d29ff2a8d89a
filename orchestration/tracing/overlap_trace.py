"""What several units told of one hazard, behind a total under both readings of X7: every report, with both its cells.

An item is asked for together with the sums it stands in: a hazard that one unit counts in 1.1 and another in 1.3 counts
twice in neither, but in 1.1+1.3.

Belongs here: the reports and totals as published, counted once more from the reports. Does not belong here: which
report counts twice (the model rpt_overlap_reports), the total of what was reported (trace.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from orchestration.home import Home
    from orchestration.snapshot import MartSnapshot
    from orchestration.tracing.ledger_trace import Key


@dataclass(frozen=True, slots=True)
class OverlapReport:
    """One unit's report of a hazard that another one reported, too: its line in the list, its figure in the form."""

    summed_items: str
    item_code: str
    shared_hazard_id: str
    hazard_id: str
    unit_id: str
    unit_name: str | None
    standing: str  # kept, counted_twice, no_figure, below_list
    form_value: Decimal | None
    source_cell: str | None
    ledger_value: Decimal
    hazard_number: str | None
    enterprise: str | None
    hazard_text: str | None
    found_on: date | None
    list_file_name: str | None
    list_file_sha256: str | None
    list_archive_path: Path | None
    list_row: str


@dataclass(frozen=True, slots=True)
class ReadTotal:
    """The total of an item or sum over all units under one reading, and what its cells make of it once more."""

    summed_items: str
    reading: str
    value: Decimal | None
    counted_twice: int
    is_in_force: bool
    added_up: Decimal
    agrees: bool


@dataclass(frozen=True, slots=True)
class Overlap:
    """Empty where no two units told one hazard that counts for the item."""

    totals: tuple[ReadTotal, ...] = ()
    reports: tuple[OverlapReport, ...] = ()

    @property
    def agrees(self) -> bool:
        return all(total.agrees for total in self.totals)


_REPORTS = """
    select reports.*, lists.file_sha256 as list_file_sha256
    from rpt_overlap_reports as reports
    inner join fct_hazards as hazards using (campaign_id, hazard_id)
    left join fct_submissions as lists on hazards.submission_id = lists.submission_id
    where reports.campaign_id = ? and reports.form_id = ? and reports.period = ?
        and list_contains(string_split(reports.summed_items, '+'), ?) and reports.part = ?
    order by len(reports.summed_items), reports.summed_items, reports.shared_hazard_id, reports.report_number
"""

_TOTALS = """
    select
        totals.*,
        (
            select coalesce(sum(cells.cumulative_value), 0)
            from fct_indicator_values as cells
            where cells.campaign_id = totals.campaign_id and cells.form_id = totals.form_id
                and cells.period = totals.period and cells.part = totals.part and cells.item_code <> ?
                and list_contains(string_split(totals.summed_items, '+'), cells.item_code)
        ) as other_cells
    from rpt_overlap_totals as totals
    where campaign_id = ? and form_id = ? and period = ? and list_contains(string_split(summed_items, '+'), ?)
        and part = ?
    order by len(summed_items), summed_items, reading
"""


def overlap_of(home: Home, snapshot: MartSnapshot, key: Key, added_up: Decimal) -> Overlap:
    """Both readings of a total and the reports between them; `added_up` are the item's cells of all units."""
    if not snapshot.holds("rpt_overlap_totals"):
        return Overlap()
    reports = tuple(
        OverlapReport(
            **{name: row[name] for name in OverlapReport.__slots__ if name in row},
            list_archive_path=home.archived(row["list_file_sha256"]),
        )
        for row in snapshot.rows(_REPORTS, key)
    )
    totals = []
    for row in snapshot.rows(_TOTALS, (key[3], *key)):
        of_sum = [report for report in reports if report.summed_items == row["summed_items"]]
        totals.append(_total(row, of_sum, added_up + row["other_cells"]))
    return Overlap(tuple(totals), reports)


def _total(row: Mapping[str, Any], reports: Sequence[OverlapReport], added_up: Decimal) -> ReadTotal:
    """Of the reports that a form is shown to hold, each hazard's first counts, whichever it is."""
    held = Counter(
        report.shared_hazard_id
        for report in reports
        if report.form_value is not None and report.form_value >= report.ledger_value
    )
    twice = sum(count - 1 for count in held.values())
    expected = added_up - twice if row["reading"] == "counted_once" else added_up
    return ReadTotal(
        summed_items=row["summed_items"],
        reading=row["reading"],
        value=row["total_value"],
        counted_twice=row["counted_twice"],
        is_in_force=row["is_in_force"],
        added_up=expected,
        agrees=(row["total_value"] or 0) == expected and row["counted_twice"] == twice,
    )
