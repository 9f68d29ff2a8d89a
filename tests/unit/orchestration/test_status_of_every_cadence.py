"""Status of every campaign, for every kind of period and duty: months, quarters, half-years, years, once, voluntary."""

from datetime import date
from pathlib import Path

import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_all
from campaigns.model import Campaign, Duty
from orchestration.commands.status_table import print_status
from orchestration.home import Home
from orchestration.snapshot import published_snapshot
from orchestration.status import StatusReport, reporting_status
from tests.published_city import publish_small_city
from tests.unit.campaigns.copied_campaigns import add_lines, copy_of, loaded

ALL = load_all()


def status(campaign: Campaign, period: str, today: str) -> StatusReport:
    return reporting_status(None, campaign, due_dates(campaign, WorkCalendar()), period, date.fromisoformat(today))


@pytest.mark.parametrize(
    ("campaign_id", "period", "today", "forms"),
    [
        # form: due on, expected, missing, not due
        (
            "haicheng_2023",
            "2023-06",
            "2023-06-25",
            {
                "progress": ("2023-06-25", 43, 0, 43),
                "hazard_list": ("2023-06-25", 0, 0, 0),  # voluntary, as are the three registers
                "enterprise_register": ("2023-06-25", 0, 0, 0),
                "risk_register": ("2023-06-25", 0, 0, 0),
                "rescue_resource_register": ("2023-06-25", 0, 0, 0),
            },
        ),
        (
            "changning_2023",
            "2023-06",
            "2023-06-25",
            {"progress": ("2023-06-24", 21, 21, 0), "hazard_list": ("2023-06-24", 0, 0, 0)},  # 25日前: the 24th
        ),
        (
            "changning_2023",
            "2023-05",
            "2023-05-21",
            {"liaison_list": ("2023-05-20", 11, 11, 0), "work_plan": ("2023-05-20", 21, 21, 0)},
        ),
        (
            "putuo_2024_2026",
            "2024-04",
            "2024-04-26",
            {
                "lead_narrative": ("2024-04-25", 13, 13, 0),
                "lead_tasks": ("2024-04-25", 13, 13, 0),
                "street_highlight": ("2024-04-30", 0, 0, 0),  # voluntary
                "accidents": ("2024-04-25", 0, 0, 0),  # voluntary
                "hazard_list": ("2024-04-25", 0, 0, 0),  # voluntary
            },
        ),
        (
            "putuo_2024_2026",
            "2024Q2",
            "2024-06-25",
            {"street_return": ("2024-06-25", 8, 0, 8), "leader_meetings": ("2024-06-25", 0, 0, 0)},
        ),
        (
            "chongming_2023",
            "2023Q1",
            "2023-04-01",
            {
                "opinion_tasks": ("2023-03-31", 52, 52, 0),
                "leader_tasks": ("2023-03-31", 52, 52, 0),
                "accidents": ("2023-03-31", 22, 22, 0),
                "hazard_list": ("2023-03-31", 0, 0, 0),  # voluntary
            },
        ),
        (
            "baoshan_soe_2024",
            "2024-05",
            "2024-05-21",
            {
                "work_report": ("2024-05-20", 6, 6, 0),
                "task_progress": ("2024-05-20", 6, 6, 0),
                "hazard_list": ("2024-05-20", 0, 0, 0),  # voluntary
                "inspections": ("2024-05-20", 0, 0, 0),
                "district_return": ("2024-05-25", 1, 0, 1),  # 区国资委, five days later
            },
        ),
        (
            "baoshan_soe_2024",
            "2024",
            "2024-12-31",
            {"site_register": ("2024-12-31", 6, 0, 6), "hazard_register": ("2024-12-31", 6, 0, 6)},
        ),
    ],
)
def test_before_anything_came_the_duties_say_who_owes_what(
    campaign_id: str, period: str, today: str, forms: dict[str, tuple[str, int, int, int]]
) -> None:
    report = status(ALL[campaign_id], period, today)
    found = {form.form_id: (str(form.due_on), form.expected, form.missing, form.not_due) for form in report.forms}
    assert found == forms


def test_a_half_yearly_duty_is_asked_for_by_its_half_year() -> None:
    campaign = ALL["putuo_2024_2026"]
    duty = campaign.duty("street_return_quarterly").model_dump()
    half_yearly = duty | {"cadence": "half_yearly", "first_period": "2024H1", "last_period": "2026H2", "due_day": 30}
    changed = campaign.model_copy(update={"duties": (Duty.model_validate(half_yearly),)})
    (form,) = status(changed, "2024H1", "2024-07-01").forms
    assert (str(form.due_on), form.expected, form.missing) == ("2024-06-30", 8, 8)


def test_an_extension_keeps_one_unit_from_being_missing(tmp_path: Path) -> None:
    folder = copy_of("baoshan_soe_2024", tmp_path)
    add_lines(
        folder / "extensions.csv",
        "unit,duty_id,period,due_on,granted_by,granted_on,reason",
        "区属企业乙,work_report_monthly,2024-06,2024-06-27,区国资委,2024-06-18,系统改造",
    )
    report = status(loaded(folder), "2024-06", "2024-06-27")
    units = {unit.unit_id: unit for unit in report.forms[0].units}
    extended, other = units["310113E02"], units["310113E01"]
    assert (extended.timeliness, str(extended.due_on), extended.is_extended) == ("not_due", "2024-06-27", True)
    assert (other.timeliness, str(other.due_on), other.is_extended) == ("missing", "2024-06-20", False)


def test_a_second_hop_in_time_says_which_first_hops_are_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = Home(tmp_path / "home")
    late = "upstream_complete = false, upstream_late_units = '海州街道（迟报）' where unit_id = '210381001'"
    publish_small_city(home, f"update marts.rpt_timeliness set {late}")
    campaign = ALL["haicheng_2023"]
    dates = due_dates(campaign, WorkCalendar())
    snapshot = published_snapshot(home.published)
    report = reporting_status(snapshot, campaign, dates, "2023-07", date(2023, 7, 28))
    unit = report.forms[0].units[0]
    assert (unit.timeliness, unit.upstream_complete, unit.upstream_late_units) == ("on_time", False, "海州街道（迟报）")
    print_status(report, campaign.name)
    assert "按时，上一环不齐：海州街道（迟报）" in capsys.readouterr().out


def test_a_voluntary_report_is_listed_beside_the_expected_ones_and_only_when_it_came(tmp_path: Path) -> None:
    """兴海街道 sent of its own accord what in this copy of the campaign nobody owes."""
    home = Home(tmp_path / "home")
    publish_small_city(home, "update marts.fct_submissions set is_voluntary = true where unit_id = '210381002'")
    campaign = ALL["haicheng_2023"]
    duties = tuple(duty.model_copy(update={"voluntary": True}) for duty in campaign.duties)
    changed = campaign.model_copy(update={"duties": duties})
    dates = due_dates(changed, WorkCalendar())
    snapshot = published_snapshot(home.published)
    (form,) = reporting_status(snapshot, changed, dates, "2023-07", date(2023, 8, 30), "progress").forms
    assert (form.expected, form.missing, form.voluntary) == (0, 0, 1)
    (unit,) = form.units
    assert (unit.unit_name, unit.timeliness, str(unit.received_at)) == ("兴海街道", "voluntary", "2023-07-25 11:00:00")
    assert (unit.versions_received, unit.last_status) == (2, "accepted")
