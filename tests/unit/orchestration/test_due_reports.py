from datetime import date

import pytest

from campaigns.calendar import WorkCalendar
from campaigns.load import load_all
from campaigns.vocabulary import OutputKind
from orchestration.due_reports import DueReport, next_reports, nothing_due_sentence, reports_due_on, reports_to_write

CAMPAIGNS = load_all()
CALENDAR = WorkCalendar.load()
ONLY_HAICHENG = {"haicheng_2023": CAMPAIGNS["haicheng_2023"]}


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
    due = [(report.order.kind, report.order.form_id, report.order.period) for report in _due(day, "haicheng_2023")]
    kinds = (OutputKind.AREA_TOTAL, OutputKind.CONSOLIDATED)
    assert due == [(kind, "progress", period) for period in periods for kind in kinds]


@pytest.mark.parametrize(
    ("day", "next_day"),
    [
        (date(2023, 1, 1), date(2023, 6, 25)),
        (date(2023, 6, 25), date(2023, 7, 25)),
        (date(2023, 11, 1), date(2023, 11, 24)),
    ],
)
def test_the_next_due_day_lies_after_today(day: date, next_day: date):
    assert {report.due_on for report in next_reports(day, ONLY_HAICHENG, CALENDAR)} == {next_day}


@pytest.mark.parametrize(
    ("today", "written_to", "due_on"),
    [
        (date(2023, 7, 25), None, [date(2023, 7, 25)]),  # a home whose nights begin today
        (date(2023, 7, 26), None, []),
        (date(2023, 7, 25), date(2023, 7, 24), [date(2023, 7, 25)]),
        (date(2023, 7, 25), date(2023, 7, 25), [date(2023, 7, 25)]),  # once more on the afternoon of the day
        (date(2023, 7, 26), date(2023, 7, 25), []),
        (date(2023, 7, 26), date(2023, 7, 24), [date(2023, 7, 25)]),  # the day had no night
        (date(2023, 7, 26), date(2023, 6, 24), [date(2023, 6, 25), date(2023, 7, 25)]),  # 31 days after 25 June
        (date(2023, 7, 27), date(2023, 6, 24), [date(2023, 7, 25)]),  # 32 days
        (date(2023, 7, 25), date(2023, 8, 1), [date(2023, 7, 25)]),  # a night of an earlier day is run again
    ],
)
def test_a_night_writes_what_is_due_and_what_was_missed(today: date, written_to: date | None, due_on: list[date]):
    written = reports_to_write(today, written_to, ONLY_HAICHENG, CALENDAR)
    assert [report.due_on for report in written if report.order.kind is OutputKind.CONSOLIDATED] == due_on


def test_the_reason_to_skip_names_the_next_due_day():
    coming = next_reports(date(2023, 11, 23), ONLY_HAICHENG, CALENDAR)
    assert nothing_due_sentence(date(2023, 11, 23), coming) == (
        "今日（2023-11-23）不是上报日；下一上报日为 2023-11-24"
        "（haicheng_2023 2023-11 合计上报表（progress）、haicheng_2023 2023-11 汇总表（progress））。 "
        "Nothing is due today; next due day: 2023-11-24."
    )


def test_a_report_of_the_whole_campaign_is_due_on_the_day_its_output_names():
    """普安委〔2024〕4号 六（六） asks for a dispatch each month and names no day: the last one of the month."""
    due = [(one.order.kind, one.order.form_id, one.order.period) for one in _due(date(2024, 5, 31), "putuo_2024_2026")]
    assert (OutputKind.TASK_BOARD, "", "2024-05") in due


def test_the_list_of_unclosed_hazards_is_due_with_the_final_reports():
    """海安委〔2023〕3号 四（四）、五（六）: final reports are due on 8 December; the cut-off before is 24 November."""
    due = [(one.order.kind, one.order.form_id, one.order.period) for one in _due(date(2023, 12, 8), "haicheng_2023")]
    assert due == [(OutputKind.UNCLOSED_HAZARDS, "", "2023-11")]


def test_a_kind_that_no_report_is_written_for_is_never_due():
    campaign = CAMPAIGNS["putuo_2024_2026"]
    unwritten = campaign.outputs[0].model_copy(update={"kind": OutputKind.SUMMARY})
    changed = {"putuo_2024_2026": campaign.model_copy(update={"outputs": (unwritten,)})}
    assert reports_due_on(date(2024, 5, 31), changed, CALENDAR) == []


def test_after_the_last_period_nothing_is_announced():
    assert next_reports(date(2024, 1, 1), ONLY_HAICHENG, CALENDAR) == []
    assert "没有待上报的报表" in nothing_due_sentence(date(2024, 1, 1), [])


def _due(day: date, campaign_id: str) -> list[DueReport]:
    return [report for report in reports_due_on(day, CAMPAIGNS, CALENDAR) if report.order.campaign_id == campaign_id]
