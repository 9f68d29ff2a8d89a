from datetime import date

import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_all
from orchestration.due_reports import next_reports, nothing_due_sentence, reports_due_on

CAMPAIGNS = load_all()
DATES = {campaign_id: due_dates(campaign, WorkCalendar.load()) for campaign_id, campaign in CAMPAIGNS.items()}


@pytest.mark.parametrize(
    ("day", "periods"),
    [
        (date(2023, 6, 25), ["2023-06"]),  # a Sunday, worked to make up for the Dragon Boat holiday
        (date(2023, 6, 24), []),
        (date(2023, 11, 24), ["2023-11"]),  # the 25th is a Saturday: the day before
        (date(2023, 11, 25), []),
        (date(2023, 12, 25), ["2023-12"]),
        (date(2023, 8, 8), []),  # a written report is due, but it has no totals
    ],
)
def test_a_report_is_due_on_its_shifted_day_only(day: date, periods: list[str]):
    due = [report for report in reports_due_on(day, CAMPAIGNS, DATES) if report.campaign_id == "haicheng_2023"]
    assert [report.period for report in due] == periods
    assert all(report.form_id == "progress" for report in due)


@pytest.mark.parametrize(
    ("day", "next_day"),
    [
        (date(2023, 1, 1), date(2023, 6, 25)),
        (date(2023, 6, 25), date(2023, 7, 25)),
        (date(2023, 11, 1), date(2023, 11, 24)),
    ],
)
def test_the_next_due_day_lies_after_today(day: date, next_day: date):
    only_haicheng = {"haicheng_2023": CAMPAIGNS["haicheng_2023"]}
    assert {report.due_on for report in next_reports(day, only_haicheng, DATES)} == {next_day}


def test_the_reason_to_skip_names_the_next_due_day():
    only_haicheng = {"haicheng_2023": CAMPAIGNS["haicheng_2023"]}
    coming = next_reports(date(2023, 11, 23), only_haicheng, DATES)
    assert nothing_due_sentence(date(2023, 11, 23), coming) == (
        "今日（2023-11-23）不是上报日；下一上报日为 2023-11-24（haicheng_2023 progress 2023-11）。 "
        "Nothing is due today; next due day: 2023-11-24."
    )


def test_after_the_last_period_nothing_is_announced():
    only_haicheng = {"haicheng_2023": CAMPAIGNS["haicheng_2023"]}
    assert next_reports(date(2024, 1, 1), only_haicheng, DATES) == []
    assert "没有待上报的报表" in nothing_due_sentence(date(2024, 1, 1), [])
