"""A form whose layout or markup is known from an earlier file yields just what it yields when nothing is known."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.files import xlsx_plain
from ingest.files.open_file import open_file
from ingest.forms import known_layout
from ingest.forms.known_layout import recall
from ingest.parsed import ParsedSubmission
from tests.corpus.expectation import Case
from tests.corpus.files import CASES
from tests.forms import Table, as_xlsx, pairs
from tests.unit.ingest.parsing import CAMPAIGN, FILLED, FORM, STAMPED, parse

FIGURES = st.one_of(
    st.none(),
    st.integers(-3, 40),  # many of them are the numbers of items, too
    st.integers(0, 10**10),
    st.floats(-2, 10**6, allow_nan=False),
    st.booleans(),
    st.dates(date(2023, 1, 1), date(2023, 12, 31)),
    st.sampled_from(
        [
            *(
                "3次/12.5万元",
                "5（2）",
                "是",
                "否",
                "/",
                "无",
                "约30",
                "12个",
                "６",
                "个",
                "万元",
                "金额",
                "-",
                "未统计",
            ),
            *("行政处罚(次,万元)", "帮扶指导(个次)", "企业自查发现的重大事故隐患(个)", "本月", "6月", "2023年6月"),
            *("孤山镇", "填表人: 丙", "填报单位：岔沟镇", "举报人电话", FORM.title, "其中2个", "2.1", "1.2", "合计"),
        ]
    ),
)
WORDS = st.sampled_from(
    [
        *("孤山镇 镇(街)、开发区、市安委会成员单位(加盖公章)。填表时间: 2023年6月24日", "岔沟镇", "填报单位：孤山镇"),
        *(
            "填表人: 丁",
            "填表人: ",
            "审核人: 戊 13800000000",
            "2023年6月",
            "6月份",
            "说明：本月新查处一起",
            "举报人：某某",
        ),
        *("企业自查发现的重大事故隐患(个)", FORM.title, "12", "总体情况", "填表时间：2023年7月3日", "长" * 80, " "),
    ]
)


def ordinary() -> Table:
    return pairs(FORM, FILLED, **STAMPED)


def places_of(values: set[str]) -> list[tuple[int, int]]:
    """Where the figures of the ordinary form stand (`figures`), or its words."""
    table = ordinary()
    labels = {item.label for item in FORM.items}
    found = []
    for row, line in enumerate(table.rows):
        for column, value in enumerate(line):
            kind = "figures" if column and line[column - 1] in labels else "words" if value not in labels else ""
            if kind in values and (kind == "figures" or isinstance(value, str)):
                found.append((row, column))
    return found


FIGURE_PLACES, WORD_PLACES = places_of({"figures"}), places_of({"words"})


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    forget()
    yield
    forget()


def forget() -> None:
    known_layout.layout_book(CAMPAIGN).layouts.clear()
    xlsx_plain.known_sheets.forget()


def read_anew(content: bytes, case: Case | None = None) -> list[ParsedSubmission]:
    forget()
    return read(content, case)


def read(content: bytes, case: Case | None = None) -> list[ParsedSubmission]:
    return parse(content, case.file_name, received_on=case.received_on) if case else parse(content)


def test_an_ordinary_form_is_recalled_from_the_second_on() -> None:
    contents = as_xlsx(ordinary())
    assert recall(open_file(contents, "调度表.xlsx").contents, CAMPAIGN) is None
    first = parse(contents)
    assert recall(open_file(contents, "调度表.xlsx").contents, CAMPAIGN) is not None
    other = as_xlsx(
        pairs(FORM, FILLED | {"1.1": 7, "3.3": "4次，6万元"}, **(STAMPED | {"unit": "岔沟镇", "filler": "丙"}))
    )
    assert recall(open_file(other, "调度表.xlsx").contents, CAMPAIGN) is not None
    (found,) = parse(other)
    assert (found.unit_id, found.filler) == ("210381102", "丙")
    assert {(c.item_code, c.part): str(c.value) for c in found.cells if c.item_code in ("1.1", "3.3")} == {
        ("1.1", "value"): "7",
        ("3.3", "count"): "4",
        ("3.3", "amount"): "6",
    }
    assert parse(contents) == first


def test_every_file_of_the_corpus_is_read_alike_whatever_was_read_before() -> None:
    made = [(case, case.make()) for _, case in CASES]
    alone = [read_anew(content, case) for case, content in made]
    forget()
    read(as_xlsx(ordinary()))
    for _ in range(2):
        for (case, content), expected in zip(made, alone, strict=True):
            assert read(content, case) == expected, case.name


@settings(max_examples=400)
@given(
    figures=st.dictionaries(st.sampled_from(FIGURE_PLACES), FIGURES, max_size=12),
    words=st.dictionaries(st.sampled_from(WORD_PLACES), WORDS, max_size=2),
    first=st.dictionaries(st.sampled_from(FIGURE_PLACES), FIGURES, max_size=4),
)
def test_figures_and_words_of_any_kind_change_nothing_about_where_things_are_found(
    figures: dict[tuple[int, int], Any], words: dict[tuple[int, int], str], first: dict[tuple[int, int], Any]
) -> None:
    content = as_xlsx(changed(figures | words))
    alone = read_anew(content)
    forget()
    read(as_xlsx(changed(first)))
    read(as_xlsx(ordinary()))
    assert read(content) == alone
    assert read(content) == alone


def changed(cells: dict[tuple[int, int], Any]) -> Table:
    table = deepcopy(ordinary())
    for (row, column), value in cells.items():
        table.rows[row] += [None] * (column + 1 - len(table.rows[row]))
        table.rows[row][column] = value
    return table
