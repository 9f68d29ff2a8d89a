"""Which file each kind of report is, and who writes and proves it: a new report is one more entry here.

Belongs here: the list that joins a kind of output with its writer and its proof. Does not belong here: what a report
says (its own module), when it is due (orchestration). No campaign is named: a campaign's `outputs` choose kinds, and
its forms decide which parts of a report have content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from campaigns.vocabulary import OutputKind
from reports.boards.task_board import verify_task_board, write_task_board
from reports.boards.unclosed_hazards import verify_unclosed_hazards, write_unclosed_hazards
from reports.boards.unit_summary import verify_unit_summary, write_unit_summary
from reports.boards.visit_suggestions import verify_visit_suggestions, write_visit_suggestions
from reports.bulletins.accident_bulletin import verify_accident_bulletin, write_accident_bulletin
from reports.bulletins.evaluation import verify_evaluation, write_evaluation
from reports.bulletins.evaluation_book import verify_evaluation_book, write_evaluation_book
from reports.bulletins.progress_bulletin import verify_progress_bulletin, write_progress_bulletin
from reports.consolidation.area_total import verify_area_total, write_area_total
from reports.consolidation.consolidated import verify_consolidated, write_consolidated
from reports.paper.difference import Difference
from reports.report_request import ReportRequest


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One file of a kind of report.

    `write` raises NothingToPrintError where the marts hold nothing for the request; `verify` reads the finished file
    back and returns every difference from the marts. A report of a campaign without a form of the kinds it `rests_on`
    has nothing to print; with `per_form` there is a file for each such form, else one for the whole campaign. A kind
    may consist of several files; `name` begins each one's file name.
    """

    kind: OutputKind
    name: str
    suffix: str
    write: Callable[[Path, ReportRequest], object]
    verify: Callable[[Path, ReportRequest], Iterable[Difference]]
    rests_on: tuple[str, ...]
    per_form: bool = False


def _table_of(request: ReportRequest) -> tuple[Path, str, str, str]:
    return request.published, request.campaign.campaign_id, request.form_id, request.period


_ANY_REPORT: Final = ("indicator_table", "task_progress", "event_list", "narrative")

REPORT_FILES: Final = (
    ReportFile(
        kind=OutputKind.CONSOLIDATED,
        name="汇总表",
        suffix=".xlsx",
        rests_on=("indicator_table",),
        per_form=True,
        write=lambda path, of: write_consolidated(path, *_table_of(of), of.disclosure, of.restated),
        verify=lambda path, of: verify_consolidated(path, *_table_of(of), of.restated),
    ),
    ReportFile(
        kind=OutputKind.AREA_TOTAL,
        name="合计上报表",
        suffix=".xlsx",
        rests_on=("indicator_table",),
        per_form=True,
        write=lambda path, of: write_area_total(path, of.published, of.campaign, of.form, of.period, of.disclosure),
        verify=lambda path, of: verify_area_total(path, of.published, of.campaign, of.form, of.period),
    ),
    ReportFile(
        kind=OutputKind.TASK_BOARD,
        name="任务清单",
        suffix=".xlsx",
        rests_on=("task_progress",),
        write=write_task_board,
        verify=verify_task_board,
    ),
    ReportFile(
        kind=OutputKind.SUPERVISION,
        name="督导建议",
        suffix=".xlsx",
        rests_on=("indicator_table", "task_progress", "event_list", "register", "narrative", "hazard_list"),
        write=write_visit_suggestions,
        verify=verify_visit_suggestions,
    ),
    ReportFile(
        kind=OutputKind.UNIT_SUMMARY,
        name="单位情况汇总",
        suffix=".xlsx",
        rests_on=("task_progress", "event_list", "register", "narrative"),
        write=write_unit_summary,
        verify=verify_unit_summary,
    ),
    ReportFile(
        kind=OutputKind.UNCLOSED_HAZARDS,
        name="未完成整改隐患清单",
        suffix=".xlsx",
        rests_on=("hazard_list",),
        write=write_unclosed_hazards,
        verify=verify_unclosed_hazards,
    ),
    ReportFile(
        kind=OutputKind.ACCIDENT_BULLETIN,
        name="事故通报",
        suffix=".docx",
        rests_on=("event_list",),
        write=write_accident_bulletin,
        verify=verify_accident_bulletin,
    ),
    ReportFile(
        kind=OutputKind.BULLETIN,
        name="进展情况通报",
        suffix=".docx",
        rests_on=_ANY_REPORT,
        write=write_progress_bulletin,
        verify=verify_progress_bulletin,
    ),
    ReportFile(
        kind=OutputKind.EVALUATION,
        name="进度评估",
        suffix=".docx",
        rests_on=_ANY_REPORT,
        write=write_evaluation,
        verify=verify_evaluation,
    ),
    ReportFile(
        kind=OutputKind.EVALUATION,
        name="进度评估",
        suffix=".xlsx",
        rests_on=_ANY_REPORT,
        write=write_evaluation_book,
        verify=verify_evaluation_book,
    ),
)


def printed_kinds() -> tuple[OutputKind, ...]:
    """The kinds that are written as files."""
    return tuple(dict.fromkeys(file.kind for file in REPORT_FILES))


def files_of(kind: OutputKind) -> tuple[ReportFile, ...]:
    """The files of one kind; none for what is held and not written."""
    return tuple(file for file in REPORT_FILES if file.kind is kind)
