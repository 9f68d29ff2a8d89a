"""From a figure to its cells, on a small snapshot whose numbers were added by hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from campaigns.load import load_campaign
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.snapshot import published_snapshot
from orchestration.tracing.ranking import ranked
from orchestration.tracing.rate_trace import trace_rate
from orchestration.tracing.trace import Trace, split_item, trace_figure
from tests.published_city import SHA, publish_small_city

CAMPAIGN = load_campaign("haicheng_2023")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    publish_small_city(home)
    return home


def trace(home: Home, item: str, **options: object) -> Trace:
    snapshot = published_snapshot(home.published)
    form = CAMPAIGN.form("progress")
    return trace_figure(home, snapshot, "haicheng_2023", form, "2023-07", item, **options)  # type: ignore[arg-type]


def test_a_total_opens_to_every_unit_with_file_and_cell(home: Home) -> None:
    cells = {cell.unit_name: cell for cell in trace(home, "1.1").cells}
    assert list(cells) == ["海州街道", "兴海街道", "市应急局"]
    first = cells["海州街道"]
    assert (first.value, first.source_cell, first.file_name) == (Decimal(12), "调度表!D4", "海州7月.xlsx")
    assert first.archive_path == home.archive / "bb" / SHA["b"]
    assert cells["兴海街道"].value_state == "approximate"
    assert cells["市应急局"].value_state == "not_received"
    assert not cells["市应急局"].is_counted


def test_a_unit_whose_only_form_was_returned_is_not_as_one_that_sent_nothing(home: Home) -> None:
    """In June 兴海街道 sent nothing; in July a form of it counts."""
    cells = {cell.unit_name: cell for cell in trace(home, "1.1", with_previous=True).cells}
    returned = cells["市应急局"].returned
    assert returned is not None
    assert (returned.status, returned.status_reason) == ("returned", "整改数大于发现数")
    assert (returned.file_name, returned.archive_path) == ("应急局.docx", home.archive / "ee" / SHA["e"])
    before = cells["兴海街道"].previous
    assert before is not None and before.value_state == "not_received"
    assert (before.returned, cells["兴海街道"].returned) == (None, None)


def test_the_cells_add_up_to_what_is_printed(home: Home) -> None:
    totals = {total.total_scope: total for total in trace(home, "1.1").totals}
    assert list(totals) == ["territory", "city_level", "all"]
    assert (totals["all"].value, totals["all"].added_up, totals["all"].agrees) == (Decimal(42), Decimal(42), True)
    assert (totals["city_level"].value, totals["city_level"].added_up, totals["city_level"].agrees) == (
        None,
        Decimal(0),
        True,
    )


def test_a_total_that_its_cells_do_not_make_is_told(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    publish_small_city(home, "update marts.rpt_progress_totals set cumulative_value = 43 where total_scope = 'all'")
    result = trace(home, "1.1")
    assert [total.agrees for total in result.totals] == [True, True, False]
    assert not result.agrees


def test_yes_and_no_count_n_of_m(home: Home) -> None:
    total = trace(home, "4.6").totals[0]
    assert (total.value, total.of_units, total.added_up, total.added_up_units) == (Decimal(1), 2, Decimal(1), 2)
    assert total.agrees


def test_versions_that_do_not_count_are_listed_with_their_status(home: Home) -> None:
    earlier = trace(home, "1.1").earlier_versions
    assert [(cell.unit_name, cell.version, cell.status, cell.file_name) for cell in earlier] == [
        ("兴海街道", 1, "superseded", "=1+1.xlsx"),
        ("市应急局", 1, "returned", "应急局.docx"),
    ]
    assert [cell.status_reason for cell in earlier] == ["已被替代", "整改数大于发现数"]


def test_one_unit_can_be_followed_alone(home: Home) -> None:
    result = trace(home, "1.1", unit_id="210381002")
    assert [cell.unit_id for cell in result.cells] == ["210381002"]
    assert [cell.submission_id for cell in result.earlier_versions] == ["s3"]


def test_the_increment_shows_both_cells(home: Home) -> None:
    cells = trace(home, "1.1", with_previous=True).cells
    before = cells[0].previous
    assert before is not None
    assert (cells[0].month_value, before.value, before.source_cell) == (Decimal(5), Decimal(7), "调度表!D4")
    assert cells[1].previous is not None and cells[1].previous.value_state == "not_received"


def test_the_text_as_written_comes_from_the_raw_zone(home: Home) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from ingest.raw.raw_tables import CELLS

    def cell(submission: str, state: str, value: str | None, raw: str) -> dict[str, object]:
        return {
            "submission_id": submission,
            "campaign_id": "haicheng_2023",
            "form_id": "progress",
            "period": "2023-07",
            "item_code": "1.1",
            "part": "value",
            "value_state": state,
            "value": Decimal(value) if value else None,
            "raw_text": raw,
            "sheet_name": "Sheet1",
            "cell_ref": "D4",
        }

    rows = [cell("s2", "value", "11", "11"), cell("s4", "approximate", "30", "约30"), cell("s3", "value", "29", "29个")]
    (home.raw / "cells").mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(rows, schema=CELLS), home.raw / "cells" / "batch.parquet")
    result = trace(home, "1.1")
    assert [(cell.raw_text, cell.matches_raw) for cell in result.cells] == [("11", False), ("约30", True), (None, None)]
    assert not result.agrees  # the mart says 12 where 11 was received
    assert (result.earlier_versions[0].value, result.earlier_versions[0].raw_text) == (Decimal(29), "29个")


@pytest.mark.parametrize(
    ("text", "parts"),
    [("1.1", ("1.1", None)), ("3.3.amount", ("3.3", "amount")), ("4.5.of_which", ("4.5", "of_which"))],
)
def test_an_item_is_named_with_or_without_its_part(text: str, parts: tuple[str, str | None]) -> None:
    assert split_item(text) == parts


def test_the_second_part_is_named_beside_the_first(home: Home) -> None:
    result = trace(home, "3.3.amount")
    assert (result.part, result.other_parts, result.measure_unit) == ("amount", ("count",), "万元")


@pytest.mark.parametrize("item", ["9.9", "1.1.amount", "x"])
def test_an_item_that_the_form_has_not_is_refused_in_words(home: Home, item: str) -> None:
    with pytest.raises(PlainError, match="没有"):
        trace(home, item)


def test_an_item_without_published_rows_is_refused_in_words(home: Home) -> None:
    with pytest.raises(PlainError, match=r"2023-07 的 2\.1"):
        trace(home, "2.1")


def test_a_step_that_its_two_cells_do_not_make_is_told(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    wrong = "update marts.rpt_progress_table set month_value = 6 where month_value = 5"
    publish_small_city(home, wrong + "; update marts.rpt_progress_totals set month_value = 6 where month_value = 5")
    assert trace(home, "1.1").agrees  # the total is the sum of its steps; only both months show the wrong step
    assert not trace(home, "1.1", with_previous=True).agrees


def test_places_follow_the_values_and_the_unheard_have_none(home: Path) -> None:
    ranks = trace(home, "1.1", with_ranks=True, unit_id="210381001").ranks
    assert [(one.place, one.unit_name, one.value) for one in ranks] == [
        (1, "兴海街道", Decimal(30)),
        (2, "海州街道", Decimal(12)),
    ]


def test_equal_values_share_a_place() -> None:
    values = [("a", "甲", Decimal(3)), ("b", "乙", Decimal(5)), ("c", "丙", Decimal(5)), ("d", "丁", None)]
    assert [(one.place, one.unit_id) for one in ranked(values)] == [(1, "b"), (1, "c"), (3, "a")]


def test_a_rate_opens_to_numerator_and_denominator(home: Home) -> None:
    """3.3 is 12.5 of 海州街道 alone; 1.1 is 12 and 30."""
    snapshot, form = published_snapshot(home.published), CAMPAIGN.form("progress")
    rate = trace_rate(home, snapshot, "haicheng_2023", form, "2023-07", "3.3.amount/1.1", with_ranks=True)
    assert [(of.name, of.numerator, of.denominator, of.rate) for of in rate.totals] == [
        ("all", Decimal("12.5"), Decimal(42), Decimal("0.2976"))
    ]
    assert [(of.name, of.rate) for of in rate.units] == [("海州街道", Decimal("1.0417")), ("兴海街道", None)]
    assert [(one.place, one.unit_name) for one in rate.ranks] == [(1, "海州街道")]
    assert rate.numerator.cells[0].source_cell == "调度表!D12" and rate.denominator.cells[0].source_cell == "调度表!D4"
    assert rate.agrees
