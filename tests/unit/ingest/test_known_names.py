"""Many names in one text: the longest at each place, nothing twice, nothing overlapping."""

from __future__ import annotations

import pytest

from ingest.words.known_names import KnownNames

NAMES = KnownNames.of({"东街", "东街道", "东街道北村", "道北", "西镇", "990000001"})


@pytest.mark.parametrize(
    ("text", "found", "between"),
    [
        ("东街道", ["东街道"], ["", ""]),
        ("东街道北村", ["东街道北村"], ["", ""]),
        ("东街道北", ["东街道"], ["", "北"]),  # the longest at its place, though 道北 would fit behind 东街
        ("东街", ["东街"], ["", ""]),
        ("在东街与西镇之间", ["东街", "西镇"], ["在", "与", "之间"]),
        ("西镇西镇", ["西镇", "西镇"], ["", "", ""]),
        ("西镇990000001", ["西镇", "990000001"], ["", "", ""]),
        ("西区", [], ["西区"]),
        ("", [], [""]),
    ],
)
def test_names_are_cut_out_of_a_text(text: str, found: list[str], between: list[str]) -> None:
    assert NAMES.split(text) == (found, between)


def test_a_name_says_where_it_stands() -> None:
    assert list(NAMES.spans("北西镇、东街")) == [(1, 3), (4, 6)]


def test_without_names_nothing_is_found() -> None:
    assert KnownNames.of(set()).split("东街道") == ([], ["东街道"])
