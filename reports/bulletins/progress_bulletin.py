"""进展情况通报: the office's account of a month, quarter, half-year or year, and its proof.

Belongs here: which chapters it has, writing it, reading it back. Does not belong here: what the chapters say
(review_chapters.py, review_figures.py), the frame (bulletin_frame.py), when it is written (orchestration).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaigns.vocabulary import Subject
from reports.bulletins import review_chapters as chapters
from reports.bulletins.bulletin_frame import bulletin
from reports.bulletins.official_check import verify_official
from reports.bulletins.official_docx import write_official
from reports.bulletins.official_text import NOT_KNOWN, Block, OfficialDocument
from reports.bulletins.review_figures import figures
from reports.bulletins.review_rows import Review, load_review
from reports.paper.difference import Difference
from reports.paper.safe_text import safe_text
from reports.paper.wording import moment_text, period_title

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

_ALWAYS: Final = (Subject.DEADLINES, Subject.SINGLE_FORMS)


def write_progress_bulletin(target: Path, request: ReportRequest) -> Path:
    """Write the bulletin; `verify_progress_bulletin` must find no difference before anyone gets it.

    Raises:
        NothingToPrintError: nothing was due within the period.
    """
    return write_official(target, _document(load_review(request)))


def verify_progress_bulletin(path: Path, request: ReportRequest) -> list[Difference]:
    """Return every place where the finished bulletin does not say what the marts say."""
    return verify_official(path, _document(load_review(request)))


def _document(review: Review) -> OfficialDocument:
    head = review.head
    about = f"{head.campaign.campaign_name}{period_title(head.period)}进展情况"
    opening = f"现将{about}通报如下。各单位按名册顺序排列，不作排名。"
    return bulletin(
        head, safe_text(f"{about}通报"), opening, review_titled(review), subjects(review), [how_read(review)]
    )


def review_titled(review: Review) -> list[tuple[str, Iterable[Block]]]:
    """The chapters over all units, in printed order."""
    return [
        ("报送情况", chapters.reporting(review)),
        ("主要数据", figures(review)),
        ("任务完成情况", chapters.tasks(review)),
        ("规定动作完成情况", chapters.obligations(review)),
        ("文字材料", chapters.narratives(review)),
        ("生产安全事故", chapters.accidents(review)),
        ("待核实的问题", chapters.questions(review)),
    ]


def subjects(review: Review) -> tuple[Subject, ...]:
    """What the report rests on: only readings about what it prints."""
    printed = {
        Subject.FIGURES: review.tables,
        Subject.TASKS: review.lists,
        Subject.GROUPS: review.lists,
        Subject.NARRATIVES: review.narratives,
        Subject.ACCIDENTS: review.accidents,
    }
    return (*_ALWAYS, *(subject for subject, rows in printed.items() if rows))


def how_read(review: Review) -> str:
    """By which days things are counted."""
    known_until = moment_text(review.head.snapshot.as_of) or review.head.snapshot.version
    return (
        "报表按上报日在本期的列，任务和指标数按本期最后一个截止日，文字材料按所属期，待核实的问题按"
        f"{known_until}时尚未答复的；“{NOT_KNOWN}”表示没有这个数，空白为单位未填，都不等于0。"
    )
