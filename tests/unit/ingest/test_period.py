"""For which period a form is."""

from datetime import date

import pytest

from ingest.words.period_text import Mention, WrittenDate, find_dates, find_periods, plain
from tests.forms import Table, as_xlsx, pairs
from tests.unit.ingest.parsing import FILLED, FORM, GUSHAN, mandatory, message, notes, parse_one


def form_filled_on(text: str, title: str | None = None) -> bytes:
    table = pairs(FORM, FILLED, unit="孤山镇", filled_on=text, filler="甲", reviewer="乙")
    if title:
        table.rows[1] = [title]
    return as_xlsx(table)


@pytest.mark.parametrize(
    ("text", "dates", "periods"),
    [
        ("2023年6月24日", [(2023, 6, 24)], []),
        ("2023 年 6 月 24 日", [(2023, 6, 24)], []),
        ("２０２３年６月２４日", [(2023, 6, 24)], []),
        ("二〇二三年六月二十四日", [(2023, 6, 24)], []),
        ("23年6月24号", [(2023, 6, 24)], []),
        ("2023-06-24", [(2023, 6, 24)], []),
        ("2023/6/24", [(2023, 6, 24)], []),
        ("2023.6.24", [(2023, 6, 24)], []),
        ("20230624", [(2023, 6, 24)], []),
        ("6月24日", [(None, 6, 24)], []),
        ("2月30日", [], []),
        ("2023年6月", [], [("month", 2023, 6)]),
        ("6月份", [], [("month", None, 6)]),
        ("十二月", [], [("month", None, 12)]),
        ("2023-06", [], [("month", 2023, 6)]),
        ("202306", [], [("month", 2023, 6)]),
        ("2023年6月（6月）", [], [("month", 2023, 6)]),
        ("6月调度表（7月3日报）", [(None, 7, 3)], [("month", None, 6)]),
        ("5月、6月", [], [("month", None, 5), ("month", None, 6)]),
        ("2024年第二季度", [], [("quarter", 2024, 2)]),
        ("2024Q1", [], [("quarter", 2024, 1)]),
        ("下半年", [], [("half", None, 2)]),
        ("2024年度", [], [("year", 2024, 1)]),
        ("2023行动", [], []),
        ("210381101", [], []),
        ("12月底前", [], []),
    ],
)
def test_dates_and_periods_in_text(text: str, dates: list[tuple[int, ...]], periods: list[tuple[object, ...]]) -> None:
    assert find_dates(plain(text)) == [WrittenDate(*found) for found in dates]
    assert find_periods(plain(text)) == tuple(Mention(*found) for found in periods)


@pytest.mark.parametrize(
    ("filled_on", "received_on", "period"),
    [
        ("2023年6月24日", "2023-06-25", "2023-06"),
        ("2023年6月25日", "2023-06-25", "2023-06"),
        ("2023年6月14日", "2023-06-20", "2023-06"),
        ("6月24日", "2023-06-25", "2023-06"),
        ("2023年7月3日", "2023-07-03", "2023-06"),
        ("2023年7月13日", "2023-07-13", "2023-06"),
        ("2023年7月14日", "2023-07-14", "2023-07"),
        ("2023年7月25日", "2023-07-25", "2023-07"),
        ("2023年12月24日", "2024-01-05", "2023-12"),
        ("12月24日", "2024-01-05", "2023-12"),
    ],
)
def test_the_fill_date_tells_the_period(filled_on: str, received_on: str, period: str) -> None:
    submission = parse_one(form_filled_on(filled_on), received_on=received_on)
    assert (submission.period, mandatory(submission)) == (period, [])


@pytest.mark.parametrize(
    ("name", "filled_on", "received_on", "period"),
    [
        ("孤山镇6月.xlsx", "", "2023-06-25", "2023-06"),
        ("孤山镇2023年6月份.xlsx", "", "2023-07-20", "2023-06"),
        ("202306孤山镇.xlsx", "", "2023-06-25", "2023-06"),
        ("孤山镇20230624.xlsx", "", "2023-06-25", "2023-06"),
        ("孤山镇6月.xlsx", "2023年6月24日", "2023-06-25", "2023-06"),
        ("孤山镇6月.xlsx", "2023年7月3日", "2023-07-03", "2023-06"),
        ("孤山镇六月（7月3日补报）.xlsx", "2023年7月3日", "2023-07-03", "2023-06"),
    ],
)
def test_the_file_name_tells_the_period(name: str, filled_on: str, received_on: str, period: str) -> None:
    submission = parse_one(form_filled_on(filled_on), name, received_on=received_on)
    assert (submission.period, mandatory(submission)) == (period, [])


@pytest.mark.parametrize(
    ("name", "filled_on", "received_on"),
    [
        ("孤山镇7月.xlsx", "2023-06-24", "2023-06-25"),  # the month after the fill date
        ("孤山镇6月.xlsx", "2023-08-24", "2023-08-25"),  # more than a month late
        ("孤山镇6月（更正）.xlsx", "2023-08-03", "2023-08-03"),  # the form itself does not say June
        ("孤山镇6月.xlsx", "2023-07-24", "2023-07-25"),  # last month's file name on this month's figures
        ("孤山镇6月.xlsx", "2022-06-24", "2023-06-25"),
        ("孤山镇2023-06.xlsx", "2023-06-03", "2023-06-25"),  # filled in before anything could be known
    ],
)
def test_a_month_that_late_filing_does_not_explain_is_sent_back(name: str, filled_on: str, received_on: str) -> None:
    submission = parse_one(form_filled_on(filled_on), name, received_on=received_on)
    assert (submission.unit_id, submission.period, mandatory(submission)) == (GUSHAN, None, ["RD-4-03"])
    assert f"填表时间是{filled_on}" in message(submission, "RD-4-03")


def test_a_late_form_whose_date_falls_to_the_next_month_is_counted_as_named_and_pointed_out() -> None:
    submission = parse_one(form_filled_on("2023年7月20日"), "孤山镇6月.xlsx", received_on="2023-07-20")
    assert (submission.period, mandatory(submission), notes(submission)) == ("2023-06", [], ["RD-4-09"])
    assert message(submission, "RD-4-09") == (
        "按文件名计为 2023-06 期，但填表时间 2023-07-20 已进入下一期的填报时间，请核对。"
    )


@pytest.mark.parametrize(
    ("filled_on", "period", "told"),
    [
        ("2023-08-01", "2023-06", ["RD-4-09"]),
        ("2023-08-08", "2023-06", ["RD-4-09"]),
        ("2023-08-09", None, ["RD-4-03"]),  # locked on the 45th day after 25 June
    ],
)
def test_a_correction_that_names_its_period_may_be_filled_in_until_the_lock(
    filled_on: str, period: str | None, told: list[str]
) -> None:
    content = form_filled_on(filled_on, "重大隐患专项排查整治2023行动进展情况调度表（2023年6月）")
    submission = parse_one(content, "孤山镇6月（更正）.xlsx", received_on=filled_on)
    assert (submission.period, notes(submission) or mandatory(submission)) == (period, told)


def test_a_file_name_with_two_months_needs_a_fill_date() -> None:
    assert mandatory(parse_one(form_filled_on(""), "孤山镇5月、6月.xlsx")) == ["RD-4-02"]
    assert parse_one(form_filled_on("2023年6月24日"), "孤山镇5月、6月.xlsx").period == "2023-06"
    assert parse_one(form_filled_on(""), "孤山镇1-6月.xlsx").period == "2023-06"


def test_title_and_file_name_that_disagree_are_sent_back() -> None:
    content = form_filled_on("", "重大隐患专项排查整治2023行动进展情况调度表（2023年6月）")
    assert parse_one(content, "孤山镇.xlsx").period == "2023-06"
    submission = parse_one(content, "孤山镇7月.xlsx", received_on="2023-07-25")
    assert mandatory(submission) == ["RD-4-03"]
    assert "表题是2023年6月，文件名是7月" in message(submission, "RD-4-03")


def test_a_labelled_period_counts() -> None:
    table = pairs(FORM, FILLED, unit="孤山镇", filler="甲", reviewer="乙")
    table.rows.insert(3, ["报送期：2023年6月"])
    assert parse_one(as_xlsx(Table(table.rows))).period == "2023-06"


def test_a_line_up_to_a_day_counts() -> None:
    table = pairs(FORM, FILLED, unit="孤山镇", filler="甲", reviewer="乙")
    table.rows.insert(3, ["（截至2023年6月24日）"])
    submission = parse_one(as_xlsx(Table(table.rows)))
    assert (submission.period, submission.filled_on) == ("2023-06", None)


def test_the_printed_notes_name_no_period() -> None:
    """The form itself says 调度表自6月份开始上报; in July that is no contradiction."""
    submission = parse_one(form_filled_on("2023年7月24日"), "孤山镇7月.xlsx", received_on="2023-07-25")
    assert (submission.period, submission.problems) == ("2023-07", ())
    table = pairs(FORM, FILLED, unit="孤山镇", filled_on="2023年7月24日", filler="甲", reviewer="乙")
    table.rows[-1:] = [["注：调度表自6月份开始上报，每月25日报截至24日的累计情况。"], ["填报要求：请于6月25日前报送"]]
    assert parse_one(as_xlsx(table), received_on="2023-07-25").period == "2023-07"


def test_the_sheet_name_counts() -> None:
    table = pairs(FORM, FILLED, unit="孤山镇", filler="甲", reviewer="乙")
    table.name = "6月"
    assert parse_one(as_xlsx(table)).period == "2023-06"


def test_a_folder_helps_only_where_nothing_else_is_said() -> None:
    assert parse_one(form_filled_on(""), "孤山镇.xlsx", ("2023年6月",)).period == "2023-06"
    submission = parse_one(form_filled_on("2023年7月24日"), "孤山镇.xlsx", ("2023年6月",), received_on="2023-07-25")
    assert (submission.period, mandatory(submission)) == ("2023-07", [])


def test_nothing_said_is_never_guessed_from_the_day_of_receipt() -> None:
    submission = parse_one(form_filled_on(""), "孤山镇.xlsx")
    assert (submission.unit_id, submission.period, mandatory(submission)) == (GUSHAN, None, ["RD-4-01"])


@pytest.mark.parametrize(
    ("name", "filled_on", "received_on", "code"),
    [
        ("孤山镇2023年5月.xlsx", "", "2023-06-25", "RD-4-04"),
        ("孤山镇2024年6月.xlsx", "", "2024-06-25", "RD-4-04"),
        ("孤山镇.xlsx", "2023年5月20日", "2023-05-20", "RD-4-04"),
        ("孤山镇7月.xlsx", "", "2023-06-25", "RD-4-05"),
        ("孤山镇6月.xlsx", "", "2023-08-10", "RD-4-06"),
    ],
)
def test_a_period_that_is_not_open_is_quarantined(name: str, filled_on: str, received_on: str, code: str) -> None:
    submission = parse_one(form_filled_on(filled_on), name, received_on=received_on)
    assert (submission.quarantined, mandatory(submission)) == (True, [code])


def test_the_last_day_before_the_lock_is_open() -> None:
    submission = parse_one(form_filled_on(""), "孤山镇6月.xlsx", received_on="2023-08-08")
    assert (submission.period, mandatory(submission)) == ("2023-06", [])


def test_a_fill_date_in_the_future_is_not_used() -> None:
    submission = parse_one(form_filled_on("2032年6月24日"), "孤山镇6月.xlsx")
    assert (submission.period, submission.filled_on, notes(submission)) == ("2023-06", None, ["RD-4-08"])


def test_a_fill_date_that_cannot_be_read_is_pointed_out() -> None:
    submission = parse_one(form_filled_on("24日"), "孤山镇6月.xlsx")
    assert (submission.filled_on, notes(submission)) == (None, ["RD-4-07"])


def test_a_date_cell_beside_its_label_is_the_fill_date() -> None:
    table = pairs(FORM, FILLED, filler="甲", reviewer="乙")
    table.rows[2] = ["填报单位：孤山镇", None, "填报时间", date(2023, 6, 24)]
    submission = parse_one(as_xlsx(Table(table.rows)))
    assert (str(submission.filled_on), submission.period) == ("2023-06-24", "2023-06")


def test_a_date_that_stands_alone_below_the_form_is_the_fill_date() -> None:
    table = pairs(FORM, FILLED, unit="孤山镇", filler="甲", reviewer="乙")
    table.rows.append([None, None, None, None, "2023年6月24日"])
    assert str(parse_one(as_xlsx(table)).filled_on) == "2023-06-24"
