"""Questions on the command line: documents with stable keys, tables, and the exit code of what does not add up."""

from pathlib import Path

import pytest

from orchestration.home import Home
from tests.command_line import called, document, on_screen
from tests.published_city import publish_small_city, published_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that is only asked."""
    return published_home(tmp_path_factory.mktemp("asked") / "home")


def test_calendar_gives_the_dates_with_stable_keys(home: Path) -> None:
    answer = document("calendar", "haicheng_2023", "--year", "2023", home=home)
    assert list(answer) == ["campaign_id", "year", "dates"]
    assert list(answer["dates"][0]) == [
        "duty_id", "duty_name", "form_id", "period", "cutoff_on", "due_on", "due_source", "is_estimate",
        "is_due_before_cutoff", "is_voluntary", "grace_until", "lock_on", "reporters", "clause",
    ]  # fmt: skip
    due = {row["period"]: row["due_on"] for row in answer["dates"] if row["form_id"] == "progress"}
    assert (due["2023-06"], due["2023-11"]) == ("2023-06-25", "2023-11-24")


def test_calendar_of_a_year_without_due_days_says_so(home: Path) -> None:
    answer = called("calendar", "haicheng_2023", "--year", "2027", home=home)
    assert "在 2027 年没有上报日；从 2023-05-30 到 2023-12-25" in answer.stdout


def test_status_answers_with_stable_keys(home: Path) -> None:
    answer = document("status", "haicheng_2023", "--period", "2023-07", "--today", "2023-07-28", home=home)
    assert list(answer) == ["campaign_id", "period", "today", "as_of", "forms", "sent_back"]
    form = answer["forms"][0]
    assert list(form) == [
        "form_id", "form_title", "due_on", "due_source", "expected", "on_time", "late", "missing", "not_due",
        "voluntary", "units",
    ]  # fmt: skip
    assert (form["expected"], form["on_time"], form["late"], form["missing"]) == (43, 1, 1, 41)
    assert form["units"][1] == {
        "unit_id": "210381002",
        "unit_name": "兴海街道",
        "unit_kind": "街道",
        "reporting_scope": "territory",
        "timeliness": "late",
        "due_on": "2023-07-25",
        "is_extended": False,
        "received_at": "2023-07-27T09:00:00",
        "days_late": 2,
        "upstream_complete": None,
        "upstream_late_units": None,
        "versions_received": 2,
        "versions_returned": 0,
        "last_status": "accepted",
        "last_reason": None,
    }
    assert list(answer["sent_back"][0]) == [
        "unit_id", "unit_name", "form_id", "period", "status", "status_reason", "file_name", "received_at",
    ]  # fmt: skip


def test_trace_answers_with_stable_keys(home: Path) -> None:
    answer = document("trace", "haicheng_2023", "2023-07", "1.1", "--month", home=home)
    assert list(answer) == [
        "campaign_id", "form_id", "period", "item_code", "part", "other_parts", "indicator_name", "measure_unit",
        "kind", "aggregation", "as_of", "totals", "cells", "earlier_versions", "ledger", "overlap",
        "ranks",
    ]  # fmt: skip
    assert answer["totals"][2] == {
        "total_scope": "all",
        "value": 42,
        "of_units": None,
        "month_value": 5,
        "units_expected": 3,
        "units_received": 2,
        "units_counted": 2,
        "added_up": 42,
        "added_up_units": 2,
        "added_up_month": 5,
        "agrees": True,
    }
    assert list(answer["cells"][0]) == [
        "unit_id", "unit_name", "reporting_scope", "value_state", "value", "reported_value", "correction_id",
        "month_value", "is_counted", "version", "status", "status_reason", "submission_id", "received_at", "file_name",
        "file_sha256", "archive_path", "source_cell", "raw_text", "matches_raw", "returned", "previous",
    ]  # fmt: skip
    assert answer["cells"][0]["previous"]["value"] == 7


def test_trace_says_as_status_does_that_a_form_was_returned(home: Path) -> None:
    answer = document("trace", "haicheng_2023", "2023-07", "1.1", "--unit", "市应急局", home=home)
    (cell,) = answer["cells"]
    assert (cell["value_state"], cell["value"], cell["file_name"]) == ("not_received", None, None)
    assert list(cell["returned"]) == [
        "status", "status_reason", "version", "received_at", "file_name", "file_sha256", "archive_path",
    ]  # fmt: skip
    assert list(cell["returned"].values())[:3] == ["returned", "整改数大于发现数", 1]
    printed = called("trace", "haicheng_2023", "2023-07", "1.1", "--unit", "市应急局", home=home).stdout
    assert "已退回" in printed and "整改数大于发现数" in printed and "未报" not in printed


def test_a_rate_is_printed_with_places_and_both_figures(home: Path) -> None:
    answer = document("trace", "haicheng_2023", "2023-07", "3.3.amount/1.1", "--rank", home=home)
    assert list(answer) == ["numerator", "denominator", "totals", "units", "ranks"]
    printed = called("trace", "haicheng_2023", "2023-07", "3.3.amount/1.1", "--rank", home=home).stdout
    assert "104.17%" in printed and "名次" in printed


def test_trace_takes_a_unit_by_any_of_its_names(home: Path) -> None:
    for name in ("210381001", "海州街道", "海州街道办事处"):
        answer = document("trace", "haicheng_2023", "2023-07", "1.1", "--unit", name, home=home)
        assert [cell["unit_id"] for cell in answer["cells"]] == ["210381001"]


def test_a_trace_that_does_not_add_up_ends_with_1(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    publish_small_city(home, "update marts.rpt_progress_totals set cumulative_value = 43 where total_scope = 'all'")
    answer = called("trace", "haicheng_2023", "2023-07", "1.1", home=home.root)
    assert answer.exit_code == 1
    assert "失败" in answer.stdout


def test_doctor_answers_with_stable_keys(home: Path) -> None:
    answer = document("doctor", home=home)
    assert list(answer) == ["ok", "checks"]
    assert list(answer["checks"][0]) == ["name", "verdict", "sentence"]


def test_doctor_ends_with_1_when_something_is_wrong(tmp_path: Path) -> None:
    assert called("doctor", home=tmp_path / "none").exit_code == 1


def test_sql_writes_what_it_is_asked_for(home: Path, tmp_path: Path) -> None:
    query = "select file_name from fct_submissions where submission_id = 's3'"
    assert called("sql", query, "--format", "csv", home=home).stdout == "file_name\n'=1+1.xlsx\n"
    target = tmp_path / "answer.xlsx"
    assert called("sql", query, "--format", "xlsx", "--out", str(target), home=home).exit_code == 0
    assert target.read_bytes().startswith(b"PK")


# Three columns of 10, 20 and 30 half widths with two gaps of 3 and an edge of 1 on both sides: 68.
FITTING = "select 'abcdefghij' as short, repeat('甲', 10) as middle, repeat('b', 30) as heading_of_thirty_half_widths_"


def test_sql_writes_a_table_where_it_fits_the_screen_and_a_list_of_columns_for_each_row_where_not(home: Path) -> None:
    heads = " short        middle                 heading_of_thirty_half_widths_"
    assert on_screen(68, "sql", FITTING, home=home)[1:4:2] == [
        heads,
        f" abcdefghij   {'甲' * 10}   {'b' * 30}",
    ]
    assert on_screen(67, "sql", f"{FITTING} from range(2)", home=home) == [
        *("── 1 ──", "short                           abcdefghij"),
        f"middle                          {'甲' * 10}",
        f"heading_of_thirty_half_widths_  {'b' * 30}",
        *("── 2 ──", "short                           abcdefghij"),
        f"middle                          {'甲' * 10}",
        f"heading_of_thirty_half_widths_  {'b' * 30}",
        "2 行 / rows",
    ]


def test_long_sentences_keep_their_table_as_long_as_their_column_is_wide_enough_to_read(home: Path) -> None:
    """A column of 10 and one of sixty half widths, which goes down to 24: 10 + 24 + a gap of 3 + two edges are 39."""
    query = "select 'abcdefghij' as code, repeat('一二三四五六', 5) as message"
    assert on_screen(39, "sql", query, home=home)[1:6] == [
        " code         message",
        f" {'─' * 37}",
        f" abcdefghij   {'一二三四五六' * 2}",
        f"              {'一二三四五六' * 2}",
        "              一二三四五六",
    ]
    assert on_screen(38, "sql", query, home=home)[0] == "── 1 ──"


def test_a_wide_answer_without_rows_still_names_its_columns(home: Path) -> None:
    assert on_screen(48, "sql", f"{FITTING} where false", home=home) == [
        "short, middle, heading_of_thirty_half_widths_",
        "0 行 / rows",
    ]
