"""An office of the demo at work: letters arrive, nights run, and every question is answered from the marts.

Belongs here: the order of events and the comparison with the answers. Does not belong here: what is sent (offices/),
how a night works (nightly.py), the city of 海城 (run.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any

from orchestration.demo.fresh_home import SAMPLES, make_fresh
from orchestration.demo.intake import take_in_at
from orchestration.demo.office import Office
from orchestration.errors import PlainError
from orchestration.finished_reports import FinishedReport, write_reports
from orchestration.nightly import NightResult, nightly
from orchestration.report_orders import orders_between
from orchestration.snapshot import published_snapshot

if TYPE_CHECKING:
    from ingest.intake import FileResult
    from orchestration.home import Home

OFFICES = ("baoshan", "putuo", "chongming", "changning")


@dataclass(frozen=True)
class Answer:
    """What the marts say to a question; `agrees` with what follows from the letters."""

    words: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    agrees: bool


@dataclass(frozen=True)
class OfficeResult:
    """What the demo of one office did."""

    home: Home
    office: Office
    files: tuple[FileResult, ...]
    nights: tuple[NightResult, ...]
    reports: tuple[FinishedReport, ...]
    answers: tuple[Answer, ...]

    @property
    def agrees(self) -> bool:
        """Every answer is the one that follows from the letters, and every file printed says what the marts say."""
        return all(answer.agrees for answer in self.answers) and not any(one.is_held_back for one in self.reports)


def offices() -> dict[str, Office]:
    """The offices by campaign."""
    found = [import_module(f"orchestration.demo.offices.{name}").OFFICE for name in OFFICES]
    return {office.campaign_id: office for office in found}


def run_office(
    home: Home, office: Office, tell: Callable[[str], None] = lambda sentence: None, *, replace_earlier: bool = False
) -> OfficeResult:
    """Make the office in a fresh home and run its nights.

    Raises:
        PlainError: the folder is not empty, or a night did not come to its end.
    """
    make_fresh(home, office.campaign_id, replace_earlier=replace_earlier)
    files: list[FileResult] = []
    nights: list[NightResult] = []
    tell(f"{office.words}：{len(office.letters)} 个文件（合成数据）。")
    for night in office.nights:
        since = nights[-1].now if nights else datetime.min
        files += _receive(home, office, since, night)
        nights.append(nightly(home, night))
        if not nights[-1].success:
            raise PlainError(f"{night:%Y-%m-%d} 的夜间处理没有完成：{'；'.join(nights[-1].failures)}")
        tell(f"{night:%Y-%m-%d %H:%M} 夜间处理：成功")
    return OfficeResult(
        home, office, tuple(files), tuple(nights), tuple(_reports(home, office)), _answers(home, office)
    )


def _receive(home: Home, office: Office, since: datetime, until: datetime) -> list[FileResult]:
    campaign = home.campaigns()[office.campaign_id]
    arriving = sorted((x for x in office.letters if since < x.arrives <= until), key=lambda letter: letter.arrives)
    results: list[FileResult] = []
    for arrives, together in groupby(arriving, key=lambda letter: letter.arrives):
        for letter in together:
            target = home.inbox / office.campaign_id / letter.name
            target.write_bytes(letter.content(campaign))
            sample = home.root / SAMPLES / f"{arrives:%Y-%m-%d}" / letter.name
            sample.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(target, sample)
        results += take_in_at(home, campaign, arrives)
    return results


def _reports(home: Home, office: Office) -> list[FinishedReport]:
    """Every report of the time in which letters came, as it stands after the last night."""
    first = min(letter.arrives for letter in office.letters).date()
    return write_reports(home, orders_between(home.campaign(office.campaign_id), first, office.nights[-1].date()))


def _answers(home: Home, office: Office) -> tuple[Answer, ...]:
    snapshot = published_snapshot(home.published)
    answers = []
    for question in office.questions:
        rows = tuple(tuple(row.values()) for row in snapshot.rows(question.query, [office.campaign_id]))
        answers.append(Answer(question.words, question.heads, rows, rows == question.answer))
    return tuple(answers)
