"""生产安全事故通报: accidents of a period and of the year so far, in words and tables, and its proof.

Belongs here: which chapters the bulletin has and what their sentences say. Does not belong here: tables
(accident_tables.py), reading (accident_rows.py), the frame (bulletin_frame.py), when it is written (orchestration).

A chapter without anything to say is left out, except where silence would be taken for none: nobody reported is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from campaigns.vocabulary import Subject
from reports.bulletins.accident_rows import AccidentReport, load_accidents
from reports.bulletins.accident_tables import accidents_table, cuts_table, spans_table, targets_table
from reports.bulletins.bulletin_frame import bulletin
from reports.bulletins.official_check import verify_official
from reports.bulletins.official_docx import write_official
from reports.bulletins.official_text import NOT_KNOWN, Block, OfficialDocument, body, caption, figure
from reports.paper.difference import Difference
from reports.paper.safe_text import outside_text, safe_text
from reports.paper.word_text import Piece
from reports.paper.wording import TIMELINESS, date_text, moment_text, period_title, some_names

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

SUBJECTS: Final = (Subject.ACCIDENTS,)  # what the bulletin rests on
_MOST_NAMES: Final = 20


def write_accident_bulletin(target: Path, request: ReportRequest) -> Path:
    """Write the bulletin; `verify_accident_bulletin` must find no difference before anyone gets it.

    Raises:
        NothingToPrintError: the campaign takes in no accidents, or the period is none of its own or has not begun.
    """
    return write_official(target, _document(load_accidents(request)))


def verify_accident_bulletin(path: Path, request: ReportRequest) -> list[Difference]:
    """Return every place where the finished bulletin does not say what the marts say."""
    return verify_official(path, _document(load_accidents(request)))


def _document(report: AccidentReport) -> OfficialDocument:
    head = report.head
    titled: tuple[tuple[str, Iterator[Block]], ...] = (
        ("总体情况", _overview(report)),
        ("目标进度", _targets(report)),
        ("分布情况", _cuts(report)),
        ("事故清单和结案情况", _accidents(report)),
        ("事故报送情况", _reporters(report)),
    )
    about = f"{head.campaign.area}{period_title(head.period)}生产安全事故"
    return bulletin(head, f"{about}通报", f"现将{about}情况通报如下：", titled, SUBJECTS, _notes(report))


def _overview(report: AccidentReport) -> Iterator[Block]:
    span, area = report.span, safe_text(report.head.campaign.area)
    days = f"{date_text(span.starts_on)}至{date_text(span.ends_on)}"
    if span.accidents is None:
        yield body(f"{days}，没有收到事故报表，起数和人数不详，不以0代替。")
    else:
        told = _counted(report, "accidents", "deaths")
        injured: list[Piece] = ["，受伤", span.fact("injured"), "人"] if span.injured is not None else []
        yield body(f"{days}，{area}报告生产安全事故", *told, *injured, "。", *_against_base(report, ""))
    if span.accidents_to_date is not None:
        told = _counted(report, "accidents_to_date", "deaths_to_date")
        yield body(f"{report.head.period[:4]}年初以来累计", *told, "。", *_against_base(report, "_to_date"))
    yield from _doubts(report)
    yield caption("各时段起数和死亡人数")
    yield spans_table(report)


def _counted(report: AccidentReport, accidents: str, deaths: str) -> list[Piece]:
    return [report.span.fact(accidents), "起，死亡", report.span.fact(deaths), "人"]


def _against_base(report: AccidentReport, suffix: str) -> list[Piece]:
    """Against the same stretch of the year before, as far as the ledger knows it."""
    span = report.span
    accidents, deaths = f"accidents{suffix}", f"deaths{suffix}"
    if getattr(span, f"base_{accidents}") is None:
        return ["台账中没有上一年的事故，不作同比。"]
    pieces: list[Piece] = ["上年同期", span.fact(f"base_{accidents}"), "起、死亡", span.fact(f"base_{deaths}"), "人"]
    changes = (("起数", f"{accidents}_change"), ("死亡人数", f"{deaths}_change"))
    for word, column in changes:
        if getattr(span, column) is not None:
            pieces += [f"，{word}同比", span.change(column)]
    return [*pieces, "。"]


def _doubts(report: AccidentReport) -> Iterator[Block]:
    span = report.span
    if not span.is_final:
        yield body(f"本期到{date_text(span.ends_on)}止，尚未过完；同比只与上一年同样长的一段比。")
    if span.unknown_deaths_to_date:
        yield body("年初以来有", span.fact("unknown_deaths_to_date"), "起没有写死亡人数，未计入死亡人数。")
    if span.suspected_twice_to_date:
        yield body("年初以来有", span.fact("suspected_twice_to_date"), "起疑似由几个单位各报一次，未扣减，请核实。")


def _targets(report: AccidentReport) -> Iterator[Block]:
    if not report.targets:
        return
    codes = list(dict.fromkeys(one.contradiction_code for one in report.targets if one.contradiction_code))
    if codes:
        yield body(f"公文对目标的写法不一（口径{'、'.join(codes)}），各种写法都列出，不作取舍。")
    yield caption("目标和现数")
    yield targets_table(report)


def _cuts(report: AccidentReport) -> Iterator[Block]:
    table = cuts_table(report)
    if table.rows:
        yield caption("按等级、发生地、行业领域")
        yield table


def _accidents(report: AccidentReport) -> Iterator[Block]:
    span = report.span
    if not report.accidents:
        if span.accidents_to_date is not None:
            yield body("年初以来没有报告生产安全事故。")
        return
    pieces: list[Piece] = ["年初以来的事故，已结案", span.fact("closed"), "起"]
    if any(one.closing_due_on for one in report.accidents):
        pieces += ["（其中超期结案", span.fact("closed_late"), "起），超期未结案", span.fact("overdue"), "起。"]
    else:
        pieces += ["；没有规定结案期限，不判断是否超期。"]
    yield body(*pieces)
    if undated := sum(one.occurred_on is None for one in report.accidents):
        yield body("有", figure(undated, "rpt_accidents", "occurred_on.unknown"), "起没有发生日期，未计入任何时段。")
    if ahead := sum(one.is_dated_ahead for one in report.accidents):
        count = figure(ahead, "rpt_accidents", "is_dated_ahead.true")
        yield body("有", count, "起写的发生日期晚于收到报表的日子，未计入任何时段，请核实。")
    yield caption("年初以来的事故")
    yield accidents_table(report)


def _reporters(report: AccidentReport) -> Iterator[Block]:
    if not report.reporters:
        return
    period = report.head.period
    words = [one.timeliness for one in report.reporters]
    pieces: list[Piece] = ["本期应报事故报表", figure(len(words), "rpt_timeliness", "expected", period), "份"]
    for word, printed in TIMELINESS.items():
        if word in words:
            pieces += [f"，{printed}", figure(words.count(word), "rpt_timeliness", word, period), "份"]
    yield body(*pieces, "。")
    for word in ("missing", "late"):
        if names := [outside_text(one.unit_name) for one in report.reporters if one.timeliness == word]:
            yield body(f"{TIMELINESS[word]}：{some_names(list(dict.fromkeys(names)), _MOST_NAMES)}。")


def _notes(report: AccidentReport) -> Iterator[str]:
    known_until = moment_text(report.head.snapshot.as_of) or report.head.snapshot.version
    yield f"结案情况和目标现数按{known_until}前收到的报表；“{NOT_KNOWN}”表示没有这个数，不等于0。"
