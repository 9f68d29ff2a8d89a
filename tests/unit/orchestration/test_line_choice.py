"""Which of two lines of one list counts; the models have the same rule, and its list of columns is theirs."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

from orchestration.tracing.line_choice import SAID, counted_lines

JUNE, JULY = datetime(2023, 6, 25), datetime(2023, 7, 25)
MODEL = Path("dbt_project/models/intermediate/int_hazards__repeated.sql")


def line(submission: str, row: int, received_at: datetime, signature: str = "old", **said: Any) -> dict[str, Any]:
    return {"submission_id": submission, "row_number": row, "received_at": received_at, "signature": signature, **said}


def test_the_line_furthest_in_progress_counts_wherever_it_stands() -> None:
    done = line("july", 1, JULY, "new", rectified_on=date(2023, 7, 10))
    assert counted_lines([done, line("july", 2, JULY, closed_on=date(2023, 7, 9)), line("july", 3, JULY)]) == {
        ("july", 1)
    }


def test_of_two_as_far_what_an_earlier_list_said_is_left_over() -> None:
    """Row 1 has another deadline; row 2 is June's row, pasted below."""
    due = date(2023, 6, 30)
    june, left = line("june", 1, JUNE, due_on=due), line("july", 2, JULY, due_on=due)
    assert counted_lines([june, line("july", 1, JULY, due_on=date(2023, 7, 20)), left]) == {("june", 1), ("july", 1)}


def test_of_two_new_lines_the_lower_counts() -> None:
    assert counted_lines([line("july", 1, JULY), line("july", 2, JULY, "other")]) == {("july", 2)}


def test_a_line_says_what_the_model_compares() -> None:
    (said,) = re.findall(r"set said = \[(.*?)\]", MODEL.read_text(encoding="utf-8"), re.DOTALL)
    assert re.findall(r"'(\w+)'", said) == list(SAID)
