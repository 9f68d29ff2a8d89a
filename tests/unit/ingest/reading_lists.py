"""Campaigns with lists and narratives, and short ways of parsing a file with one and saying what was read."""

from collections.abc import Sequence
from datetime import date

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_all
from campaigns.model import Form
from ingest.parse import parse_file
from ingest.parsed import ListCell, ParsedSubmission
from ingest.words.list_values import as_text

CAMPAIGNS = load_all()
DATES = {key: due_dates(campaign, WorkCalendar()) for key, campaign in CAMPAIGNS.items()}
PUTUO, CHONGMING, BAOSHAN, CHANGNING = "putuo_2024_2026", "chongming_2023", "baoshan_soe_2024", "changning_2023"


def form(campaign_id: str, form_id: str) -> Form:
    return CAMPAIGNS[campaign_id].form(form_id)


def parse_all(
    campaign_id: str, content: bytes, file_name: str = "报送.xlsx", received_on: str = "2024-05-25"
) -> list[ParsedSubmission]:
    day = date.fromisoformat(received_on)
    return parse_file(content, file_name, (), CAMPAIGNS[campaign_id], DATES[campaign_id], day)


def parse_one(
    campaign_id: str, content: bytes, file_name: str = "报送.xlsx", received_on: str = "2024-05-25"
) -> ParsedSubmission:
    found = parse_all(campaign_id, content, file_name, received_on)
    assert len(found) == 1
    return found[0]


def said(cell: ListCell) -> str:
    """The value of a cell in one word: text, number or day, with ~ for about; else its state."""
    value = next((v for v in (cell.text, cell.number, cell.day) if v is not None), cell.state.value)
    return f"~{value}" if cell.state.value == "approximate" else as_text(value)


def rows(submission: ParsedSubmission) -> list[dict[str, str]]:
    """Every row of a list: column → value; several units in one cell are joined by a comma."""
    found: dict[int, dict[str, str]] = {}
    for cell in submission.list_cells:
        row = found.setdefault(cell.row_number, {})
        row[cell.column_id] = f"{row[cell.column_id]},{said(cell)}" if cell.column_id in row else said(cell)
    return [found[number] for number in sorted(found)]


def column(submission: ParsedSubmission, column_id: str) -> list[str]:
    """A column of a list, from top to bottom."""
    return [row.get(column_id, "") for row in rows(submission)]


def keys(submission: ParsedSubmission) -> list[str]:
    """The keys of the rows in their order."""
    return list(dict.fromkeys(cell.row_key for cell in submission.list_cells))


def places(submission: ParsedSubmission, row_number: int) -> dict[str, str]:
    return {c.column_id: f"{c.sheet_name}!{c.cell_ref}" for c in submission.list_cells if c.row_number == row_number}


def parts(submission: ParsedSubmission) -> dict[str, str]:
    return {passage.part_id: passage.text for passage in submission.passages}


def codes(submission: ParsedSubmission) -> list[str]:
    return [problem.rule_code for problem in submission.problems]


def blamed(submission: ParsedSubmission, code: str) -> list[str]:
    """The cells that problems of one kind blame."""
    return [problem.source_cell for problem in submission.problems if problem.rule_code == code]


def sentence(submission: ParsedSubmission, code: str) -> str:
    return next(problem.message for problem in submission.problems if problem.rule_code == code)


def without(problems: Sequence[str], *codes_left_out: str) -> list[str]:
    return [code for code in problems if code not in codes_left_out]
