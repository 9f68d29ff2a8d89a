"""The demo city lives through half a year: files arrive, nights run, reports are written, and all of it is proved.

Belongs here: the order of events and the comparison with what must come out. Does not belong here: what is sent
(plan.py, stories.py), how a night works (nightly.py), what is printed at the end (summary.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from orchestration.demo.city_hazards import lists_of_the_city, planned_differences
from orchestration.demo.fresh_home import SAMPLES, make_fresh
from orchestration.demo.intake import take_in_at
from orchestration.demo.plan import CAMPAIGN_ID, FORM_ID, demo_form, demo_months, mailings_of_the_city
from orchestration.demo.truth import expected_city
from orchestration.errors import PlainError
from orchestration.finished_reports import FinishedReport, hand_in
from orchestration.home import Home
from orchestration.nightly import NightResult, nightly
from orchestration.report_orders import orders_of_period
from orchestration.snapshot import MartSnapshot, published_snapshot

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from campaigns.model import Campaign
    from ingest.intake import FileResult

DEFAULT_SEED = 2023
NIGHT_AT = time(1, 30)  # the night after the due day

Report = Callable[[str], None]


@dataclass(frozen=True)
class Arrival:
    """One file on its way to the inbox; its bytes are made when it arrives."""

    arrives: datetime
    path: str  # below inbox/<campaign>
    content: Callable[[], bytes]


@dataclass(frozen=True)
class DemoResult:
    """What the demo did; `mismatches` are sentences, and empty when every table says what was planned."""

    home: Home
    files: tuple[FileResult, ...]
    nights: tuple[NightResult, ...]
    reports: tuple[FinishedReport, ...]
    mismatches: tuple[str, ...]


def run_demo(
    home: Home, seed: int = DEFAULT_SEED, tell: Report = lambda sentence: None, *, replace_earlier: bool = False
) -> DemoResult:
    """Make the city in a fresh home and run its nights.

    Raises:
        PlainError: the folder is not empty (an earlier demo is replaced when asked); nothing was touched.
    """
    make_fresh(home, CAMPAIGN_ID, seed, replace_earlier=replace_earlier)
    campaigns = {CAMPAIGN_ID: home.campaigns()[CAMPAIGN_ID]}
    campaign = campaigns[CAMPAIGN_ID]
    dates = home.due_dates(campaign)
    arrivals = arrivals_of_the_city(campaign, dates, seed)
    tell(f"合成的海城：{len(campaign.units)} 个单位，{len(demo_months(dates))} 个月，{len(arrivals)} 个文件。")
    files: list[FileResult] = []
    nights: list[NightResult] = []
    reports: list[FinishedReport] = []
    for due in demo_months(dates):
        night = datetime.combine(due.due_on + timedelta(days=1), NIGHT_AT)
        since = nights[-1].now if nights else datetime.min
        arriving = [one for one in arrivals if since < one.arrives <= night]
        files += receive(home, campaign, arriving)
        nights.append(nightly(home, night))
        tell(
            f"{night:%Y-%m-%d %H:%M} 夜间处理：{'成功' if nights[-1].success else '失败'}，收到 {len(arriving)} 个文件"
        )
        if not nights[-1].success:
            raise PlainError(f"{night:%Y-%m-%d} 的夜间处理没有完成：{'；'.join(nights[-1].failures)}")
        reports += hand_in(home, orders_of_period(campaign, due.period))
    mismatches = compare_with_truth(home, campaign, dates, seed, nights[-1].now)
    return DemoResult(home, tuple(files), tuple(nights), tuple(reports), tuple(mismatches))


def arrivals_of_the_city(campaign: Campaign, dates: Sequence[DueDate], seed: int) -> list[Arrival]:
    """Every file of the demo in the order of arrival, forms and hazard lists."""
    form = demo_form(campaign)
    forms = [
        Arrival(one.arrives, one.path, partial(one.content, campaign, form))
        for one in mailings_of_the_city(campaign, dates, seed)
    ]
    lists = [
        Arrival(one.arrives, one.name, partial(one.written, campaign))
        for one in lists_of_the_city(campaign, dates, seed)
    ]
    return sorted([*forms, *lists], key=lambda one: (one.arrives, one.path))


def receive(home: Home, campaign: Campaign, arrivals: Iterable[Arrival]) -> list[FileResult]:
    """Put files into the inbox at the hour they arrive and take them in; returns what became of each."""
    inbox = home.inbox / campaign.campaign_id
    results: list[FileResult] = []
    for arrives, together in groupby(arrivals, key=lambda one: one.arrives):
        for one in together:
            target = inbox / one.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(one.content())
            sample = home.root / SAMPLES / f"{arrives:%Y-%m-%d}" / one.path
            sample.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(target, sample)
        results += take_in_at(home, campaign, arrives)
    return results


def compare_with_truth(
    home: Home, campaign: Campaign, dates: Sequence[DueDate], seed: int, as_of: datetime
) -> list[str]:
    """Compare totals, timeliness and 数账相符 with what was planned; returns the differences as sentences."""
    truth = expected_city(campaign, dates, seed, as_of)
    snapshot = published_snapshot(home.published)
    totals = {
        (row["period"], row["total_scope"], row["item_code"], row["part"]): row
        for row in snapshot.rows("select * from rpt_progress_totals where campaign_id = ?", [campaign.campaign_id])
    }
    differences = []
    for key, total in truth.totals.items():
        row = totals.get(key, {})
        for column, expected in (
            ("cumulative_value", total.value),
            ("of_units", total.of_units),
            ("month_value", total.month_value),
            ("units_expected", total.units_expected),
            ("units_received", total.units_received),
            ("units_counted", total.units_counted),
        ):
            if row.get(column) != expected:
                differences.append(f"{' '.join(key)} {column}：应为 {expected}，实为 {row.get(column)}")
    query = "select unit_id, period, timeliness, days_late from rpt_timeliness where campaign_id = ? and form_id = ?"
    for row in snapshot.rows(query, [campaign.campaign_id, FORM_ID]):
        known = truth.timeliness.get((row["unit_id"], row["period"]))
        if known is not None and known != (row["timeliness"], row["days_late"]):
            differences.append(f"{row['unit_id']} {row['period']}：应为 {known}，实为 {row['timeliness']}")
    return differences + _compare_lists(snapshot, campaign, dates, seed, as_of)


def _compare_lists(
    snapshot: MartSnapshot, campaign: Campaign, dates: Sequence[DueDate], seed: int, as_of: datetime
) -> list[str]:
    """Hold the differences of forms and hazard lists against the planned ones."""
    covered = {due.period for due in demo_months(dates) if due.cutoff_on <= as_of.date()}
    planned = {place: by for place, by in planned_differences(campaign, dates, seed).items() if place[1] in covered}
    query = "select distinct unit_id, period, item_code, difference from rpt_ledger_differences where campaign_id = ?"
    found = {
        (row["unit_id"], row["period"], row["item_code"]): row["difference"]
        for row in snapshot.rows(query, [campaign.campaign_id])
    }
    return [
        f"{' '.join(place)} 数账之差：应为 {planned.get(place)}，实为 {found.get(place)}"
        for place in sorted(planned.keys() | found.keys())
        if planned.get(place) != found.get(place)
    ]
