from datetime import date
from pathlib import Path

import pytest

from campaigns.calendar import DueDate, WorkCalendar, due_dates, last_day_of, periods_of
from campaigns.load import CampaignError, load_campaign
from campaigns.model import Duty

CALENDAR = WorkCalendar()


def duty(**changes: object) -> Duty:
    values: dict[str, object] = {
        "duty_id": "monthly",
        "form_id": "progress",
        "name": "每月",
        "cadence": "monthly",
        "clause": "五（六）",
        "reporters": ["territory"],
        "first_period": "2023-01",
        "last_period": "2026-12",
        "cutoff_day": 24,
        "due_day": 25,
        "shift": "earlier",
    }
    return Duty.model_validate(values | changes)


def dates_of(wanted: Duty, calendar: WorkCalendar = CALENDAR) -> list[DueDate]:
    campaign = load_campaign("haicheng_2023").model_copy(update={"duties": (wanted,)})
    return due_dates(campaign, calendar)


def one(period: str, calendar: WorkCalendar = CALENDAR, **changes: object) -> DueDate:
    (due,) = dates_of(duty(first_period=period, last_period=period, **changes), calendar)
    return due


def test_haicheng_reports_on_the_25th_but_in_november() -> None:
    dates = [due for due in due_dates(load_campaign("haicheng_2023"), CALENDAR) if due.form_id == "progress"]
    assert [(due.period, str(due.cutoff_on), str(due.due_on), due.due_source) for due in dates] == [
        ("2023-06", "2023-06-24", "2023-06-25", "library"),  # a Sunday that is worked
        ("2023-07", "2023-07-24", "2023-07-25", "library"),
        ("2023-08", "2023-08-24", "2023-08-25", "library"),
        ("2023-09", "2023-09-24", "2023-09-25", "library"),
        ("2023-10", "2023-10-24", "2023-10-25", "library"),
        ("2023-11", "2023-11-24", "2023-11-24", "library"),  # the 25th is a Saturday
        ("2023-12", "2023-12-24", "2023-12-25", "library"),
    ]
    assert [due.previous_period for due in dates] == [None, *(f"2023-{month:02d}" for month in range(6, 12))]
    assert (dates[0].grace_until, dates[0].lock_on) == (date(2023, 6, 25), date(2023, 8, 9))


def test_haicheng_one_off_documents_are_due_on_the_day_named() -> None:
    dates = [due for due in due_dates(load_campaign("haicheng_2023"), CALENDAR) if due.duty_id.endswith("_once")]
    assert [(due.form_id, due.period, str(due.due_on), due.previous_period) for due in dates] == [
        ("work_plan", "2023-05", "2023-05-30", None),
        ("clearance_report", "2023-08", "2023-08-08", None),
        ("final_report", "2023-12", "2023-12-08", None),
    ]


def test_from_2023_to_2026_fifteen_months_are_due_earlier() -> None:
    moved = [str(due.due_on) for due in dates_of(duty()) if due.due_on.day != 25]
    assert moved == [
        *("2023-01-20", "2023-02-24", "2023-03-24", "2023-11-24"),
        *("2024-02-23", "2024-05-24", "2024-08-23"),
        *("2025-01-24", "2025-05-23", "2025-10-24"),
        *("2026-01-23", "2026-04-24", "2026-07-24", "2026-09-24", "2026-10-23"),
    ]


def test_the_cut_off_stays_where_the_due_day_moves_before_it() -> None:
    due = one("2024-02")
    assert (due.cutoff_on, due.due_on) == (date(2024, 2, 24), date(2024, 2, 23))


@pytest.mark.parametrize(
    ("shift", "shift_on", "period", "due_on"),
    [
        ("later", "non_working_days", "2023-11", date(2023, 11, 27)),
        ("none", "non_working_days", "2023-11", date(2023, 11, 25)),
        ("earlier", "statutory_holidays", "2023-11", date(2023, 11, 25)),  # a plain Saturday is no holiday
        ("earlier", "statutory_holidays", "2023-01", date(2023, 1, 20)),  # Spring Festival 21 to 27
        ("later", "statutory_holidays", "2023-01", date(2023, 1, 28)),  # a Saturday that is worked
        ("earlier", "statutory_holidays", "2023-06", date(2023, 6, 25)),
    ],
)
def test_a_due_day_moves_as_the_duty_says(shift: str, shift_on: str, period: str, due_on: date) -> None:
    assert one(period, shift=shift, shift_on=shift_on).due_on == due_on


def test_before_the_25th_means_the_24th() -> None:
    assert one("2023-07", due_before=True).due_on == date(2023, 7, 24)
    assert one("2023-06", due_before=True).due_on == date(2023, 6, 21)  # 22 to 24 June is the Dragon Boat Festival


def test_grace_and_lock_count_from_the_shifted_day() -> None:
    due = one("2023-11", grace_days=3, lock_after_days=10)
    assert (due.grace_until, due.lock_on) == (date(2023, 11, 27), date(2023, 12, 4))


def test_a_duty_without_a_cut_off_day_is_cut_off_on_the_day_named() -> None:
    due = one("2023-11", cutoff_day=None)
    assert (due.cutoff_on, due.due_on) == (date(2023, 11, 25), date(2023, 11, 24))


@pytest.mark.parametrize(
    ("cadence", "first", "last", "periods", "first_due"),
    [
        ("monthly", "2023-11", "2024-02", ("2023-11", "2023-12", "2024-01", "2024-02"), date(2023, 11, 30)),
        ("quarterly", "2024Q3", "2025Q1", ("2024Q3", "2024Q4", "2025Q1"), date(2024, 9, 30)),
        ("half_yearly", "2024H1", "2025H1", ("2024H1", "2024H2", "2025H1"), date(2024, 6, 30)),
        ("yearly", "2024", "2026", ("2024", "2025", "2026"), date(2024, 12, 31)),
    ],
)
def test_every_cadence_has_its_periods(
    cadence: str, first: str, last: str, periods: tuple[str, ...], first_due: date
) -> None:
    wanted = duty(cadence=cadence, first_period=first, last_period=last, due_day=31, shift="none", cutoff_day=None)
    assert periods_of(wanted) == periods
    dates = dates_of(wanted)
    assert dates[0].due_on == first_due
    assert [due.previous_period for due in dates] == [None, *periods[:-1]]


def test_the_last_day_of_february_knows_leap_years() -> None:
    assert (last_day_of("2024-02"), last_day_of("2023-02")) == (date(2024, 2, 29), date(2023, 2, 28))


@pytest.mark.parametrize(
    ("period", "due_on"), [("2027-06", "2027-06-25"), ("2027-07", "2027-07-23"), ("2035-08", "2035-08-24")]
)
def test_years_not_decreed_yet_are_an_estimate(period: str, due_on: str) -> None:
    due = one(period)
    assert (str(due.due_on), due.due_source) == (due_on, "estimate")


def test_an_estimate_knows_statutory_days() -> None:
    assert not CALENDAR.is_working_day(date(2027, 10, 1))  # a Friday
    assert CALENDAR.is_statutory_holiday(date(2027, 10, 1))
    assert CALENDAR.source(date(2027, 10, 1)) == "estimate"


def test_the_office_wins_over_the_library() -> None:
    calendar = WorkCalendar({date(2023, 11, 25): True, date(2023, 7, 25): False})
    assert one("2023-11", calendar).due_on == date(2023, 11, 25)
    assert one("2023-11", calendar).due_source == "decree"
    moved = one("2023-07", calendar)
    assert (moved.due_on, moved.due_source) == (date(2023, 7, 24), "library")  # the 24th is known from the library
    assert one("2023-07", calendar, shift_on="statutory_holidays").due_on == date(2023, 7, 24)


def test_a_day_that_nothing_can_move_is_no_estimate() -> None:
    assert one("2027-07", shift="none").due_source == "decree"


def test_an_office_that_never_works_is_an_error_and_not_a_loop() -> None:
    never = {date(2023, month, day): False for month in (5, 6, 7) for day in range(1, 31)} | {date(2023, 5, 31): False}
    with pytest.raises(CampaignError, match="no working day within 60 days"):
        one("2023-07", WorkCalendar(never))


def test_override_files_are_read_in_order(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("day,is_working_day,note\n2023-07-25,false,停电\n2023-07-26,否,\n", encoding="utf-8")
    second.write_text("day,is_working_day,note\n2023-07-25,true,恢复\n", encoding="utf-8-sig")
    calendar = WorkCalendar.load([first, second])
    assert calendar.overrides == {date(2023, 7, 25): True, date(2023, 7, 26): False}
    assert WorkCalendar.load().overrides == {}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("2023-02-30,true,", "day 应为 2023-06-25 这样的日期"),
        ("2023-07-25,maybe,", "is_working_day 应为 true 或 false"),
        ("2023-07-25,,", "is_working_day 应为 true 或 false"),
        ("2023-07-24,false,", "2023-07-24 重复"),
        ("2023-07-25", "应有 3 格"),
    ],
)
def test_a_wrong_override_row_is_named_with_its_line(tmp_path: Path, row: str, sentence: str) -> None:
    path = tmp_path / "holidays.csv"
    path.write_text(f"day,is_working_day,note\n2023-07-24,true,\n{row}\n", encoding="utf-8")
    with pytest.raises(CampaignError, match=sentence) as caught:
        WorkCalendar.load([path])
    assert f"{path}:3: " in str(caught.value)
