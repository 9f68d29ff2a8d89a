"""From a form with mistakes to its return, and from the marked copy, corrected in place, to an accepted form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.vocabulary import Outcome, OutcomeKind, ReportingScope, RuleClass, Verdict
from expectations.rules import judge_submission
from ingest.parse import parse_file
from ingest.parsed import ParsedSubmission
from reports.blank_forms.forms import FormContent, write_form_docx, write_form_xlsx
from reports.returns.return_slip import ReturnedFile, write_return_package
from tests.unit.reports.returned_forms import haicheng

WRONG = {"1.1": "5", "1.2": "8", "1.3": "若干"}


def content() -> FormContent:
    """孤山镇's form for June, zero everywhere but for two mistakes: more rectified than found, and words."""
    entries: dict[tuple[str, str], Decimal | str] = {
        (item.code, part.part): Decimal(0) for item in haicheng().form("progress").items for part in item.parts
    }
    entries |= {(code, "value"): Decimal(text) if text.isdigit() else text for code, text in WRONG.items()}
    return FormContent(
        unit_id="210381101",
        unit_name="孤山镇",
        period="2023-06",
        filled_on=date(2023, 6, 21),
        filler="甲",
        reviewer="乙",
        entries=entries,
    )


def read(path: Path) -> tuple[ParsedSubmission, list[Outcome]]:
    campaign = haicheng()
    dates = due_dates(campaign, WorkCalendar.load())
    (parsed,) = parse_file(path.read_bytes(), path.name, (), campaign, dates, date(2023, 6, 22))
    judged = judge_submission(campaign, "progress", ReportingScope.TERRITORY, parsed.cells)
    return parsed, [one for one in (*parsed.problems, *judged) if one.outcome is OutcomeKind.FAIL]


def mandatory(outcomes: Sequence[Outcome]) -> list[tuple[str, str]]:
    return [(one.rule_code, one.item_code) for one in outcomes if one.rule_class is RuleClass.MANDATORY]


def correct_xlsx(path: Path, cells: dict[str, str]) -> None:
    book = openpyxl.load_workbook(path)
    for address in cells.values():
        book.worksheets[0][address.partition("!")[2]].value = 4
    book.save(path)


def correct_docx(path: Path, cells: dict[str, str]) -> None:
    document = docx.Document(str(path))
    for address in cells.values():
        row, column = address.partition("!R")[2].split("C")
        paragraph = document.tables[0].rows[int(row) - 1].cells[int(column) - 1].paragraphs[0]
        paragraph.runs[0].text = "4"
        for run in paragraph.runs[1:]:
            if run.text:
                run.text = ""
    document.save(str(path))


@pytest.mark.parametrize(
    ("write", "correct", "file_format"),
    [(write_form_xlsx, correct_xlsx, "xlsx"), (write_form_docx, correct_docx, "docx")],
    ids=["xlsx", "docx"],
)
def test_the_marked_copy_corrected_in_place_is_accepted(
    tmp_path: Path, write: object, correct: object, file_format: str
) -> None:
    assert callable(write) and callable(correct)
    sent = tmp_path / f"孤山镇.{file_format}"
    write(sent, haicheng(), haicheng().form("progress"), content())
    parsed, outcomes = read(sent)
    assert mandatory(outcomes) == [("RD-5-02", "1.3"), ("PF-1-01", "1.2")]

    one = ReturnedFile(
        file_name=sent.name,
        file_format=parsed.file_format,
        content=sent.read_bytes(),
        campaign=haicheng(),
        form_id=parsed.form_id,
        unit_id=parsed.unit_id,
        unit_name="孤山镇",
        period=parsed.period,
        received_at=datetime(2023, 6, 22, 9, 0),
        verdict=Verdict.RETURNED,
        outcomes=tuple(outcomes),
    )
    _, copy = write_return_package(tmp_path / "returned", one)
    assert copy.name == f"孤山镇（标注）.{file_format}"
    again, same = read(copy)
    assert (again.cells, mandatory(same)) == (parsed.cells, mandatory(outcomes))

    correct(copy, {item: next(o.source_cell for o in outcomes if o.item_code == item) for item in ("1.2", "1.3")})
    corrected, rest = read(copy)

    assert mandatory(rest) == []
    figures = {cell.item_code: cell.value for cell in corrected.cells if cell.item_code in WRONG}
    assert figures == {"1.1": Decimal(5), "1.2": Decimal(4), "1.3": Decimal(4)}
