"""Who owes what by when: limited duties, extensions, obligations, outputs, cadences."""

from datetime import date
from pathlib import Path

import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.model import Duty
from campaigns.periods import first_day_of, periods_between
from campaigns.reporters import ExpectedReport, expected_reports
from tests.unit.campaigns.copied_campaigns import add_lines, copy_of, loaded, refusal, replace

HEADER = "unit,duty_id,period,due_on,granted_by,granted_on,reason"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("baoshan_soe_2024", tmp_path)


def june_reports(folder: Path, as_of: date | None = None) -> dict[str, ExpectedReport]:
    campaign = loaded(folder)
    reports = expected_reports(campaign, due_dates(campaign, WorkCalendar()), as_of)
    return {r.unit_id: r for r in reports if (r.duty_id, r.period) == ("work_report_monthly", "2024-06")}


def test_an_extension_moves_one_units_dates_and_nobody_elses(folder: Path) -> None:
    row = "区属企业乙,work_report_monthly,2024-06,2024-06-27,区国资委,2024-06-18,系统改造"
    add_lines(folder / "extensions.csv", HEADER, row)
    reports = june_reports(folder)
    late, other = reports["310113E02"], reports["310113E01"]
    assert (str(late.due_on), str(late.grace_until), str(late.lock_on)) == ("2024-06-27", "2024-06-27", "2024-08-11")
    assert (late.extended, late.due_source, str(late.cutoff_on)) == (True, "decree", "2024-06-20")
    assert (str(other.due_on), str(other.lock_on), other.extended) == ("2024-06-20", "2024-08-04", False)


def test_an_extension_is_not_known_before_it_was_granted_and_the_last_one_counts(folder: Path) -> None:
    add_lines(
        folder / "extensions.csv",
        HEADER,
        "区属企业乙,work_report_monthly,2024-06,2024-07-05,区国资委,2024-06-26,再次延期",
        "310113E02,work_report_monthly,2024-06,2024-06-27,区国资委,2024-06-18,系统改造",
    )
    granted = {
        str(day): str(june_reports(folder, day)["310113E02"].due_on)
        for day in (date(2024, 6, 17), date(2024, 6, 18), date(2024, 6, 26))
    }
    assert granted == {"2024-06-17": "2024-06-20", "2024-06-18": "2024-06-27", "2024-06-26": "2024-07-05"}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "区属企业辛,work_report_monthly,2024-06,2024-06-27,区国资委,2024-06-18,略",
            "'区属企业辛' is no unit of units.csv",
        ),
        ("区属企业乙,monthly,2024-06,2024-06-27,区国资委,2024-06-18,略", "'monthly' is no duty of campaign.yml"),
        ("区属企业乙,work_report_monthly,2024Q2,2024-06-27,区国资委,2024-06-18,略", "'2024Q2' is no period of duty"),
        ("区属企业乙,work_report_monthly,2024-04,2024-06-27,区国资委,2024-06-18,略", "'2024-04' is no period of duty"),
        ("区属企业乙,work_report_monthly,2024-06,6月27日,区国资委,2024-06-18,略", "'6月27日'"),
        ("区属企业乙,work_report_monthly,2024-06,2024-06-27,,2024-06-18,略", "granted_by"),
    ],
)
def test_a_wrong_extension_is_named_with_its_line(folder: Path, row: str, sentence: str) -> None:
    add_lines(folder / "extensions.csv", HEADER, row)
    text = refusal(folder)
    assert f"{folder / 'extensions.csv'}:2: " in text and sentence in text


def test_a_unit_that_joins_later_is_expected_from_then_on(folder: Path) -> None:
    replace(folder / "units.csv", "2,区属企业乙|企业乙（虚构）,2024-03-29", "2,区属企业乙|企业乙（虚构）,2024-06-21")
    assert list(june_reports(folder)) == ["310113E01", *(f"310113E{number:02d}" for number in range(3, 7))]


def test_a_duty_may_be_limited_to_a_risk_class(folder: Path) -> None:
    replace(
        folder / "campaign.yml",
        "name: 工作开展情况（每月）\n    cadence: monthly\n    clause: 宝国资委〔2024〕11号 三（三）\n"
        "    reporters: [city_level]\n    limited_to: {unit_kinds: [区管企业]}",
        "name: 工作开展情况（每月）\n    cadence: monthly\n    clause: 宝国资委〔2024〕11号 三（三）\n"
        "    reporters: [city_level]\n    limited_to: {unit_kinds: [区管企业], risk_classes: [high]}",
    )
    assert list(june_reports(folder)) == ["310113E03", "310113E05"]


def test_a_unit_is_not_expected_twice_for_one_form_and_period(folder: Path) -> None:
    duty = """  - duty_id: again
    form_id: work_report
    name: 再报一次
    cadence: monthly
    clause: 测试
    reporters: [city_level]
    first_period: 2024-12
    last_period: 2025-01
    due_day: 5
"""
    line = replace(folder / "campaign.yml", "\nobligations:\n", f"\n{duty}\nobligations:\n") + 1
    text = refusal(folder)
    assert f"campaign.yml:{line}: duties work_report_monthly and again expect the same form for one period" in text


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ("{units: [区国资委]}", ""),
        ("{units: [区国资委, 区属企业丁]}", "expect the same form of 区属企业丁（虚构） for 2024-12"),
        ("{unit_kinds: [区管企业], risk_classes: [high]}", "expect the same form of 区属企业丙（虚构） for 2024-12"),
    ],
)
def test_two_limited_duties_must_not_mean_one_unit(folder: Path, limit: str, sentence: str) -> None:
    duty = f"""  - duty_id: again
    form_id: work_report
    name: 再报一次
    cadence: monthly
    clause: 测试
    reporters: [city_level]
    limited_to: {limit}
    first_period: 2024-12
    last_period: 2024-12
    due_day: 5
"""
    replace(folder / "campaign.yml", "\nobligations:\n", f"\n{duty}\nobligations:\n")
    if sentence:
        assert f"duties work_report_monthly and again {sentence}" in refusal(folder)
    else:
        assert any(duty.duty_id == "again" for duty in loaded(folder).duties)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "event: leader_inspection",
            "event: inspection",
            "'inspection' is none of leader_inspection, evacuation_drill",
        ),
        (
            "    times: 1\n    cadences: {general: quarterly, high: monthly}",
            "    times: 0\n    cadences: {general: quarterly, high: monthly}",
            "obligations.0.times",
        ),
        ("upstream_duties: [work_report_monthly]", "upstream_duties: [work_report]", "'work_report' is no duty"),
        ("upstream_duties: [work_report_monthly]", "upstream_duties: [site_register_yearly]", "another cadence"),
        ("    tree: state_assets", "    tree: line", "nobody stands in tree `line`"),
        ("limited_to: {units: [区国资委]}", "limited_to: {}", "limited_to is empty"),
        ("limited_to: {units: [区国资委]}", "limited_to: {task_lists: [plan]}", "there is no such task list"),
    ],
)
def test_what_does_not_fit_together_is_refused(folder: Path, old: str, new: str, sentence: str) -> None:
    replace(folder / "campaign.yml", old, new)
    text = refusal(folder)
    assert f"{folder / 'campaign.yml'}:" in text and sentence in text


@pytest.mark.parametrize(
    ("cadence", "period", "offset", "due_on"),
    [
        ("quarterly", "2024Q1", 1, "2024-04-10"),
        ("quarterly", "2024Q4", 1, "2025-01-10"),
        ("yearly", "2024", -8, "2024-04-10"),
        ("half_yearly", "2024H1", 0, "2024-06-10"),
        ("monthly", "2024-12", 1, "2025-01-10"),
    ],
)
def test_a_due_day_may_lie_in_another_month_than_the_periods_last(
    folder: Path, cadence: str, period: str, offset: int, due_on: str
) -> None:
    duty = Duty.model_validate(
        {
            "duty_id": "d",
            "form_id": "work_report",
            "name": "测试",
            "cadence": cadence,
            "clause": "测试",
            "reporters": ["city_level"],
            "first_period": period,
            "last_period": period,
            "due_day": 10,
            "due_month_offset": offset,
        }
    )
    (due,) = due_dates(loaded(folder).model_copy(update={"duties": (duty,)}), WorkCalendar())
    assert str(due.due_on) == due_on


@pytest.mark.parametrize(
    ("cadence", "periods"),
    [
        ("monthly", ("2024-11", "2024-12", "2025-01")),
        ("quarterly", ("2024Q4", "2025Q1")),
        ("half_yearly", ("2024H2", "2025H1")),
        ("yearly", ("2024", "2025")),
    ],
)
def test_periods_between_two_days_are_those_with_a_day_inside(cadence: str, periods: tuple[str, ...]) -> None:
    assert periods_between(cadence, date(2024, 11, 30), date(2025, 1, 1)) == periods  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "day"),
    [("2024-02", "2024-02-01"), ("2024Q3", "2024-07-01"), ("2024H2", "2024-07-01"), ("2024", "2024-01-01")],
)
def test_a_period_begins_on_its_first_day(period: str, day: str) -> None:
    assert str(first_day_of(period)) == day
