"""Which cell says a word that changed, on a raw zone written by hand: lists as they come, and awkward ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.raw.raw_zone import RawZone
from orchestration.home import Home
from orchestration.restating.row_facts import ROW_FACTS
from orchestration.restating.word_cells import cells_of_words
from orchestration.tracing.line_cells import cells_of_lines

FACTS = {fact.name: fact for fact in ROW_FACTS}
APRIL = [("april", 3, "status", "B3"), ("april", 3, "reason", "C3"), ("april", 4, "status", "B4")]
AGAIN = [("again", 3, "status", "B3"), ("again", 4, "status", "B4"), ("again", 4, "reason", "C4")]  # rows swapped


def kept(folder: Path, **tables: list[dict[str, Any]]) -> Home:
    zone = RawZone(folder / "raw")
    zone.prepare()
    zone.append("20240501T000000-lists", tables)
    return Home(folder)


def list_cells(*cells: tuple[str, int, str, str | None]) -> list[dict[str, Any]]:
    names = ("submission_id", "row_number", "column_id", "cell_ref")
    return [{**dict(zip(names, cell, strict=True)), "sheet_name": "表"} for cell in cells]


def asked(home: Home, fact: str, submission: str, cell: str | None, **said: object) -> Mapping[Any, Any]:
    row = {"submission_after": submission, "source_cell": cell, "said_after": said}
    return cells_of_words(home, [(FACTS[fact], row)])


def test_each_word_has_the_cell_of_its_column_and_a_column_left_out_has_none(tmp_path: Path) -> None:
    home = kept(tmp_path, list_cells=list_cells(*APRIL))
    assert asked(home, "task", "april", "表!B3") == {("april", "表!B3"): {"status": "表!B3", "reason": "表!C3"}}
    assert asked(home, "task", "april", "表!B4") == {("april", "表!B4"): {"status": "表!B4"}}


def test_of_two_versions_with_rows_in_another_order_the_named_one_speaks(tmp_path: Path) -> None:
    home = kept(tmp_path, list_cells=list_cells(*APRIL, *AGAIN))
    assert asked(home, "task", "again", "表!B4") == {("again", "表!B4"): {"status": "表!B4", "reason": "表!C4"}}
    assert asked(home, "task", "again", "表!B3") == {("again", "表!B3"): {"status": "表!B3"}}


def test_several_values_of_one_cell_are_one_cell(tmp_path: Path) -> None:
    home = kept(tmp_path, list_cells=list_cells(*APRIL, ("april", 3, "evidence", "D3"), ("april", 3, "evidence", "D3")))
    assert asked(home, "task", "april", "表!B3")["april", "表!B3"]["evidence"] == "表!D3"


def test_a_word_that_stands_in_two_cells_of_the_row_has_none_of_its_own(tmp_path: Path) -> None:
    home = kept(tmp_path, list_cells=list_cells(*APRIL, ("april", 3, "evidence", "D3"), ("april", 3, "evidence", "E3")))
    assert "evidence" not in asked(home, "task", "april", "表!B3")["april", "表!B3"]


def test_what_the_cell_of_the_row_says_has_that_cell(tmp_path: Path) -> None:
    assert asked(Home(tmp_path), "register_value", "may", "表!B3", value="自营") == {
        ("may", "表!B3"): {"value": "表!B3"}
    }


@pytest.mark.parametrize("cell", ["表!B9", None])
def test_a_row_that_no_cell_names_has_no_cells(tmp_path: Path, cell: str | None) -> None:
    home = kept(tmp_path, list_cells=list_cells(*APRIL))
    assert not any(asked(home, "task", "april", cell).values())


def test_a_home_without_a_raw_zone_names_nothing(tmp_path: Path) -> None:
    assert asked(Home(tmp_path), "task", "april", "表!B3") == {("april", "表!B3"): {}}


LINE = {"submission_id": "june", "sheet_name": "表", "row_number": 4, "row_ref": "4", "level": "major"}
DAY, EXTENDED = date(2023, 6, 30), date(2023, 7, 31)
DUE_COLUMNS = (("due_on", "K"), ("extended_to", "L"), ("listed_due_on", "M"))
PLACE = {"submission_id": "june", "sheet_name": "表", "column_id": "level", "ref_before": "D"}


def test_a_hazard_has_the_cell_of_the_column_of_its_line(tmp_path: Path) -> None:
    home = kept(tmp_path, hazard_lines=[LINE], list_columns=[PLACE])
    assert asked(home, "hazard", "june", "表!4", level="major") == {("june", "表!4"): {"level": "表!D4"}}


def test_a_card_has_the_cell_of_its_own_line(tmp_path: Path) -> None:
    home = kept(tmp_path, hazard_lines=[LINE], list_columns=[PLACE, PLACE | {"row_number": 4, "ref_before": "F9"}])
    assert asked(home, "hazard", "june", "表!4", level="major") == {("june", "表!4"): {"level": "表!F9"}}


def test_a_line_is_not_taken_for_the_same_row_of_another_list(tmp_path: Path) -> None:
    lines = [LINE, LINE | {"row_number": 5, "row_ref": "5"}, LINE | {"submission_id": "july"}]
    home = kept(tmp_path, hazard_lines=lines, list_columns=[PLACE, PLACE | {"submission_id": "july"}])
    assert cells_of_lines(home, [("june", "表!5"), ("july", "表!4")]) == {
        ("june", "表!5"): {"level": "表!D5"},
        ("july", "表!4"): {"level": "表!D4"},
    }


@pytest.mark.parametrize("level", [None, "general"])
def test_a_line_that_says_otherwise_or_nothing_is_not_named(tmp_path: Path, level: str | None) -> None:
    home = kept(tmp_path, hazard_lines=[LINE | {"level": level}], list_columns=[PLACE])
    assert asked(home, "hazard", "june", "表!4", level="major") == {("june", "表!4"): {}}


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ({"due_on": DAY, "extended_to": EXTENDED}, "表!L4"),
        ({"due_on": EXTENDED, "listed_due_on": DAY}, "表!K4"),
        ({"listed_due_on": EXTENDED}, "表!M4"),
    ],
    ids=["extended", "as_set", "as_listed"],
)
def test_the_due_day_has_the_cell_of_the_column_that_holds(tmp_path: Path, line: dict[str, date], cell: str) -> None:
    places = [PLACE | {"column_id": name, "ref_before": column} for name, column in DUE_COLUMNS]
    home = kept(tmp_path, hazard_lines=[LINE | line], list_columns=places)
    assert asked(home, "hazard", "june", "表!4", due_on=EXTENDED)["june", "表!4"]["due_on"] == cell
