"""Which published version each 调度汇总表 was handed in from, so that the next one can be compared with it.

Belongs here: the note of it, and which versions it keeps from being forgotten. Does not belong here: publishing
(publish.py), comparing (restating). Of a form the last two periods are noted: the report in hand, which may be written
once more, and the one before it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.building.notes import read_note, write_note
from reports.published import DATABASE

if TYPE_CHECKING:
    from orchestration.home import Home
    from orchestration.report_orders import ReportOrder

_PERIODS_KEPT = 2


def note_version(home: Home, order: ReportOrder, version: Path) -> None:
    """Remember that the report of a form and period is handed in from this version."""
    note = read_note(_note_of(home))
    periods = note.setdefault(order.campaign_id, {}).setdefault(order.form_id, {})
    periods[order.period] = version.name
    for forgotten in list(periods)[:-_PERIODS_KEPT]:
        del periods[forgotten]
    write_note(_note_of(home), note)


def version_of_report(home: Home, campaign_id: str, form_id: str, period: str) -> Path | None:
    """The folder of the version that the report was handed in from; none where it is not noted or no longer there."""
    name = read_note(_note_of(home)).get(campaign_id, {}).get(form_id, {}).get(period)
    folder = home.published / name if name else None
    return folder if folder and (folder / DATABASE).is_file() else None


def versions_of_reports(home: Home) -> set[str]:
    """The names of all versions that are noted."""
    note = read_note(_note_of(home))
    return {name for forms in note.values() for periods in forms.values() for name in periods.values()}


def _note_of(home: Home) -> Path:
    return home.published / "reported.json"
