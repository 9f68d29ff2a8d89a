"""Reports on disk that agree with the mart: written under another name, read back, compared, and only then given out.

Belongs here: which files a report consists of, their names, the comparison that lets them through. Does not belong
here: layout (reports), which reports are due (due_reports.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.publish import version_in_force

if TYPE_CHECKING:
    from orchestration.home import Home

CONSOLIDATED = "consolidated"  # 调度汇总表: every unit, totals, timeliness, sources
AREA_TOTAL = "area_total"  # the same totals in the form's own layout, for the level above
KINDS = (CONSOLIDATED, AREA_TOTAL)
_NAMES = {CONSOLIDATED: "汇总表", AREA_TOTAL: "合计上报表"}
UNPROVED = ".unproved-"  # a file under this name has not been read back yet
_DIFFERENCES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class FinishedReport:
    """One file handed in, or held back: then it has no `path`, and `differences` says where it disagrees."""

    kind: str
    campaign_id: str
    form_id: str
    period: str
    path: Path | None
    differences: tuple[str, ...] = ()

    @property
    def is_handed_in(self) -> bool:
        return self.path is not None


def write_reports(
    home: Home,
    campaign_id: str,
    form_id: str,
    period: str,
    kinds: Sequence[str] = KINDS,
    published: Path | None = None,
) -> list[FinishedReport]:
    """Write the reports of one form and period below home.reports; an earlier file is replaced only by a proved one.

    Args:
        home: where the files go.
        campaign_id: as in the marts, like the two that follow.
        form_id: a form with figures.
        period: a period with expected reports.
        kinds: of KINDS.
        published: another published folder (a rebuilt past day); the home's own by default.

    Raises:
        ReportError: nothing is published for this campaign, form and period.
    """
    version = version_in_force(published or home.published)
    return [_write_one(home, kind, campaign_id, form_id, period, version) for kind in kinds]


def report_path(home: Home, kind: str, campaign_id: str, form_id: str, period: str) -> Path:
    """Where a report stands when it is finished."""
    return home.reports / campaign_id / period / f"{_NAMES[kind]}_{form_id}_{period}.xlsx"


def _write_one(home: Home, kind: str, campaign_id: str, form_id: str, period: str, published: Path) -> FinishedReport:
    target = report_path(home, kind, campaign_id, form_id, period)
    target.parent.mkdir(parents=True, exist_ok=True)
    unproved = target.with_name(f"{UNPROVED}{target.name}")
    try:
        differences = _write_and_compare(home, kind, unproved, published, campaign_id, form_id, period)
        if differences:
            return FinishedReport(kind, campaign_id, form_id, period, None, differences[:_DIFFERENCES_SHOWN])
        unproved.replace(target)
    finally:
        unproved.unlink(missing_ok=True)
    return FinishedReport(kind, campaign_id, form_id, period, target)


def _write_and_compare(
    home: Home, kind: str, target: Path, published: Path, campaign_id: str, form_id: str, period: str
) -> tuple[str, ...]:
    """Write one file and read it back; returns where it does not say what the mart says."""
    if kind == CONSOLIDATED:
        from reports.consolidated import verify_consolidated, write_consolidated

        write_consolidated(target, published, campaign_id, form_id, period)
        found = verify_consolidated(target, published, campaign_id, form_id, period)
    else:
        from reports.area_total import verify_area_total, write_area_total

        campaign = home.campaign(campaign_id)
        form = campaign.form(form_id)
        write_area_total(target, published, campaign, form, period)
        found = verify_area_total(target, published, campaign, form, period)
    return tuple(str(difference) for difference in found)
