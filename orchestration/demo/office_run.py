"""An office of the demo at work: letters arrive, nights run, and every question is answered from the marts.

Belongs here: the order of events and the comparison with the answers. Does not belong here: what is sent (senders.py),
the answers (answers.py), how a night works (nightly.py), the city of 海城 (run.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from orchestration.demo.answers import questions_of
from orchestration.demo.fresh_home import SAMPLES, make_fresh
from orchestration.demo.intake import take_in_at
from orchestration.demo.letters import Letter
from orchestration.demo.office import Office
from orchestration.demo.scene import Scene
from orchestration.demo.senders import letters_of
from orchestration.demo.sent import Question
from orchestration.due_reports import reports_due_between
from orchestration.errors import PlainError
from orchestration.finished_reports import FinishedReport, write_reports
from orchestration.nightly import NightResult, nightly
from orchestration.snapshot import published_snapshot

if TYPE_CHECKING:
    from campaigns.model import Campaign
    from ingest.intake import FileResult
    from orchestration.home import Home


@dataclass(frozen=True)
class Answer:
    """What the marts say to a question; `agrees` with what follows from the letters."""

    words: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    agrees: bool
    expected: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class OfficeResult:
    """What the demo of one office did."""

    home: Home
    office: Office
    letters: tuple[Letter, ...]
    files: tuple[FileResult, ...]
    nights: tuple[NightResult, ...]
    reports: tuple[FinishedReport, ...]
    answers: tuple[Answer, ...]

    @property
    def agrees(self) -> bool:
        """Every answer is the one that follows from the letters, and every file printed says what the marts say."""
        return all(answer.agrees for answer in self.answers) and not any(one.is_held_back for one in self.reports)


def run_office(
    home: Home, office: Office, tell: Callable[[str], None] = lambda sentence: None, *, replace_earlier: bool = False
) -> OfficeResult:
    """Make the office in a fresh home and run its nights.

    Raises:
        PlainError: the folder is not empty, or a night did not come to its end.
    """
    make_fresh(home, office.campaign_id, office.seed, replace_earlier=replace_earlier)
    campaign = home.campaign(office.campaign_id)
    scene = Scene(office, campaign, home.due_dates(campaign))
    letters = letters_of(scene)
    files: list[FileResult] = []
    nights: list[NightResult] = []
    tell(f"{office.words}：{len(letters)} 个文件（合成数据）。")
    for night in office.nights:
        since = nights[-1].now if nights else datetime.min
        files += _receive(home, campaign, [one for one in letters if since < one.arrives <= night])
        nights.append(nightly(home, night))
        if not nights[-1].success:
            raise PlainError(f"{night:%Y-%m-%d} 的夜间处理没有完成：{'；'.join(nights[-1].failures)}")
        tell(f"{night:%Y-%m-%d %H:%M} 夜间处理：成功")
    reports = tuple(_reports(home, campaign, office))
    answers = _answers(home, office, questions_of(scene, letters))
    return OfficeResult(home, office, letters, tuple(files), tuple(nights), reports, answers)


def _receive(home: Home, campaign: Campaign, arriving: Sequence[Letter]) -> list[FileResult]:
    results: list[FileResult] = []
    for arrives, together in groupby(arriving, key=lambda letter: letter.arrives):
        for letter in together:
            target = home.inbox / campaign.campaign_id / letter.name
            target.write_bytes(letter.written(campaign))
            sample = home.root / SAMPLES / f"{arrives:%Y-%m-%d}" / letter.name
            sample.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(target, sample)
        results += take_in_at(home, campaign, arrives)
    return results


def _reports(home: Home, campaign: Campaign, office: Office) -> list[FinishedReport]:
    """Every report that was due in the days of the demo, as it stands after the last night."""
    last = office.nights[-1].date()
    due = reports_due_between(office.first_due, last, {campaign.campaign_id: campaign}, home.work_calendar)
    return write_reports(home, list(dict.fromkeys(report.order for report in due)))


def _answers(home: Home, office: Office, questions: Sequence[Question]) -> tuple[Answer, ...]:
    snapshot = published_snapshot(home.published)
    answers = []
    for question in questions:
        rows = tuple(
            tuple(row.values()) for row in snapshot.rows(question.query, [office.campaign_id, *question.parameters])
        )
        answers.append(Answer(question.words, question.heads, rows, rows == question.answer, question.answer))
    return tuple(answers)
