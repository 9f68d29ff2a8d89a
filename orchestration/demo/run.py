"""The demo city lives through half a year: files arrive, nights run, reports are written, and all of it is proved.

Belongs here: the order of events and the comparison with what must come out. Does not belong here: what is sent
(plan.py, stories.py), how a night works (nightly.py), what is printed at the end (summary.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from orchestration.demo.fresh_home import SAMPLES, make_fresh
from orchestration.demo.intake import take_in_at
from orchestration.demo.mailings import Mailing
from orchestration.demo.plan import CAMPAIGN_ID, FORM_ID, demo_form, demo_months, mailings_of_the_city
from orchestration.demo.truth import expected_city
from orchestration.errors import PlainError
from orchestration.finished_reports import FinishedReport, write_reports
from orchestration.home import Home
from orchestration.nightly import NightResult, nightly
from orchestration.report_orders import orders_of_period
from orchestration.snapshot import published_snapshot

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from campaigns.model import Campaign
    from ingest.intake import FileResult

DEFAULT_SEED = 2023
NIGHT_AT = time(1, 30)  # the night after the due day

Report = Callable[[str], None]


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
    mailings = mailings_of_the_city(campaign, dates, seed)
    tell(f"合成的海城：{len(campaign.units)} 个单位，{len(demo_months(dates))} 个月，{len(mailings)} 个文件。")
    files: list[FileResult] = []
    nights: list[NightResult] = []
    for due in demo_months(dates):
        night = datetime.combine(due.due_on + timedelta(days=1), NIGHT_AT)
        since = nights[-1].now if nights else datetime.min
        arriving = [mailing for mailing in mailings if since < mailing.arrives <= night]
        files += receive(home, campaign, arriving)
        nights.append(nightly(home, night))
        tell(
            f"{night:%Y-%m-%d %H:%M} 夜间处理：{'成功' if nights[-1].success else '失败'}，收到 {len(arriving)} 个文件"
        )
        if not nights[-1].success:
            raise PlainError(f"{night:%Y-%m-%d} 的夜间处理没有完成：{'；'.join(nights[-1].failures)}")
    orders = [order for due in demo_months(dates) for order in orders_of_period(campaign, due.period)]
    reports = write_reports(home, orders)
    mismatches = compare_with_truth(home, campaign, dates, seed, nights[-1].now)
    return DemoResult(home, tuple(files), tuple(nights), tuple(reports), tuple(mismatches))


def receive(home: Home, campaign: Campaign, mailings: Iterable[Mailing]) -> list[FileResult]:
    """Put files into the inbox at the hour they arrive and take them in; returns what became of each."""
    form = demo_form(campaign)
    inbox = home.inbox / campaign.campaign_id
    results: list[FileResult] = []
    for arrives, together in groupby(mailings, key=lambda mailing: mailing.arrives):
        for mailing in together:
            target = inbox / mailing.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(mailing.content(campaign, form))
            sample = home.root / SAMPLES / f"{arrives:%Y-%m-%d}" / mailing.path
            sample.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(target, sample)
        results += take_in_at(home, campaign, arrives)
    return results


def compare_with_truth(
    home: Home, campaign: Campaign, dates: Sequence[DueDate], seed: int, as_of: datetime
) -> list[str]:
    """Compare every total and every unit's timeliness with what was planned; returns the differences as sentences."""
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
    return differences
