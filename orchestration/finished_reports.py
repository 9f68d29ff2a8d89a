"""Reports on disk that agree with the marts: written under another name, read back, compared, and only then given out.

Belongs here: the files of ordered reports, their names, the comparison that lets them through. Does not belong here:
layout and proof (reports), which reports are due (due_reports.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from campaigns.vocabulary import OutputKind
from orchestration.building.publish import version_in_force
from orchestration.report_orders import ReportOrder, disclosure_of
from orchestration.reported_versions import note_version
from orchestration.restating.lists_since_report import lists_restated
from reports.paper.difference import Difference
from reports.published import NothingToPrintError
from reports.report_kinds import ReportFile, files_of
from reports.report_request import ReportRequest

if TYPE_CHECKING:
    from orchestration.home import Home

UNPROVED = ".unproved-"  # a file under this name has not been read back yet
_DIFFERENCES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class FinishedReport:
    """One file handed in; without a `path` it was held back (`differences` say where it disagrees) or refused.

    A refusal is the sentence that the marts hold nothing to print: no failure of ours, and no file.
    """

    kind: str
    campaign_id: str
    form_id: str
    period: str
    path: Path | None
    differences: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def is_handed_in(self) -> bool:
        return self.path is not None

    @property
    def is_held_back(self) -> bool:
        return bool(self.differences)

    def is_of(self, order: ReportOrder) -> bool:
        """Whether it is a file of this order."""
        return (self.kind, self.campaign_id, self.form_id, self.period) == _about(order)


def hand_in(home: Home, orders: Iterable[ReportOrder]) -> list[FinishedReport]:
    """Write the reports that are due, and remember the version in force as the one they are handed in from."""
    due = list(orders)
    for order in due:
        if order.kind is OutputKind.CONSOLIDATED:
            note_version(home, order, version_in_force(home.published))
    return write_reports(home, due)


def write_reports(
    home: Home, orders: Iterable[ReportOrder], published: Path | None = None, folder: Path | None = None
) -> list[FinishedReport]:
    """Write the files of the ordered reports; an earlier file is replaced only by a proved one.

    Args:
        home: whose campaigns and marts they are.
        orders: which reports.
        published: another published folder (a rebuilt past day); the home's own by default.
        folder: where the files go; reports/<campaign>/<period> of the home by default.

    Raises:
        ReportError: nothing is published at all.
    """
    version = version_in_force(published or home.published)
    finished = []
    for order in orders:
        request, place = _request(home, order, version), folder or home.reports / order.campaign_id / order.period
        finished += [finish_file(file, order, request, place) for file in files_of(order.kind)]
    return finished


def finish_file(file: ReportFile, order: ReportOrder, request: ReportRequest, folder: Path) -> FinishedReport:
    """Write one file under another name and give it its own only when it says what the marts say."""
    about = _about(order)
    target = folder / f"{'_'.join(filter(None, (file.name, order.form_id, order.period)))}{file.suffix}"
    try:
        differences = put_proved(target, lambda to: file.write(to, request), lambda at: file.verify(at, request))
    except NothingToPrintError as refusal:
        return FinishedReport(*about, None, refusal=str(refusal))
    return FinishedReport(*about, None if differences else target, differences)


def put_proved(
    target: Path, write: Callable[[Path], object], verify: Callable[[Path], Iterable[Difference]]
) -> tuple[str, ...]:
    """Write a file under another name, read it back, and give it its own name only where nothing differs.

    Returns:
        The differences that held it back; an earlier file of that name then stays as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unproved = target.with_name(f"{UNPROVED}{target.name}")
    try:
        write(unproved)
        differences = tuple(str(difference) for difference in verify(unproved))
        if not differences:
            unproved.replace(target)
    finally:
        unproved.unlink(missing_ok=True)
    return differences[:_DIFFERENCES_SHOWN]


def _about(order: ReportOrder) -> tuple[str, str, str, str]:
    return order.kind.value, order.campaign_id, order.form_id, order.period


def _request(home: Home, order: ReportOrder, published: Path) -> ReportRequest:
    campaign = home.campaign(order.campaign_id)
    is_compared = order.kind is OutputKind.CONSOLIDATED
    restated = lists_restated(home, campaign, order.form_id, order.period, published) if is_compared else None
    disclosure = disclosure_of(campaign, order.kind)
    return ReportRequest(published, campaign, order.period, order.form_id, disclosure, restated)
