"""进度评估: the look back with a section for every unit, as a Word document, and its proof (S1 六（六）).

Belongs here: which chapters it has, writing it, reading it back. Does not belong here: what they say
(review_chapters.py, unit_review.py), the workbook of the same content (evaluation_book.py). It lists facts; the
judgement on a unit is left to people.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reports.bulletins.bulletin_frame import bulletin
from reports.bulletins.official_check import verify_official
from reports.bulletins.official_docx import write_official
from reports.bulletins.official_text import Block, OfficialDocument, Paragraph, Part, body
from reports.bulletins.progress_bulletin import how_read, review_titled, subjects
from reports.bulletins.review_rows import Review, load_review
from reports.bulletins.unit_review import is_unremarkable, unit_sentence, unit_tables
from reports.paper.difference import Difference
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.wording import chinese_number, period_title

if TYPE_CHECKING:
    from reports.report_request import ReportRequest


def write_evaluation(target: Path, request: ReportRequest) -> Path:
    """Write the evaluation; `verify_evaluation` must find no difference before anyone gets it.

    Raises:
        NothingToPrintError: nothing was due within the period.
    """
    return write_official(target, _document(load_review(request)))


def verify_evaluation(path: Path, request: ReportRequest) -> list[Difference]:
    """Return every place where the finished document does not say what the marts say."""
    return verify_official(path, _document(load_review(request)))


def evaluation_title(review: Review) -> str:
    return safe_text(f"{review.head.campaign.campaign_name}{period_title(review.head.period)}进度评估")


def _document(review: Review) -> OfficialDocument:
    title = evaluation_title(review)
    opening = f"{title}材料如下。各单位按名册顺序排列，只列事实，不打分、不排名；评估意见由安委办研究后另附。"
    titled = [*review_titled(review), ("分单位情况", _units(review))]
    return bulletin(review.head, title, opening, titled, subjects(review), [how_read(review)])


def _units(review: Review) -> Iterator[Block]:
    told = [unit for unit in review.summary.units if not is_unremarkable(review, unit)]
    for number, unit in enumerate(told, start=1):
        name = outside_text(unit.unit_name)
        yield Paragraph(Part.SUBHEADING, (f"（{chinese_number(number)}）{name}",))
        yield Paragraph(Part.OPENING, unit_sentence(review, unit))
        for heading, table in unit_tables(review, unit):
            yield Paragraph(Part.LABEL, (f"{name}　{heading}",))
            yield table
    if rest := [outside_text(unit.unit_name) for unit in review.summary.units if unit not in told]:
        yield body(f"其余{len(rest)}家单位本期到上报日的报表均按时报送，没有其他应列的事项：{'、'.join(rest)}。")
