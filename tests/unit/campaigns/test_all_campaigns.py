"""What holds for every campaign of the package together."""

import re
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path

import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_all
from campaigns.model import Campaign
from campaigns.reporters import expected_reports
from tests.unit.campaigns.copied_campaigns import CAMPAIGNS

ALL = load_all()
FILES = [path for campaign_id in ALL for path in sorted((CAMPAIGNS / campaign_id).rglob("*")) if path.is_file()]


def test_five_campaigns_are_shipped() -> None:
    assert sorted(ALL) == ["baoshan_soe_2024", "changning_2023", "chongming_2023", "haicheng_2023", "putuo_2024_2026"]


def test_every_contradiction_of_the_requirements_is_data_somewhere() -> None:
    told = {choice.code for campaign in ALL.values() for choice in campaign.contradictions}
    assert {f"X{number}" for number in range(1, 15)} <= told


@pytest.mark.parametrize("campaign", ALL.values(), ids=lambda campaign: campaign.campaign_id)
def test_every_reading_has_its_clauses_its_sentence_and_who_decided(campaign: Campaign) -> None:
    for choice in campaign.contradictions:
        assert choice.clauses and choice.decided_by and choice.sentence.endswith("。"), choice.setting


@pytest.mark.parametrize("campaign", ALL.values(), ids=lambda campaign: campaign.campaign_id)
def test_no_unit_owes_one_form_twice_for_a_period(campaign: Campaign) -> None:
    owed = Counter(
        (report.form_id, report.unit_id, report.period)
        for report in expected_reports(campaign, due_dates(campaign, WorkCalendar()))
    )
    assert [key for key, count in owed.items() if count > 1] == []


@pytest.mark.parametrize("campaign", ALL.values(), ids=lambda campaign: campaign.campaign_id)
def test_every_duty_is_somebodys_and_voluntary_reports_are_marked(campaign: Campaign) -> None:
    reports = expected_reports(campaign, due_dates(campaign, WorkCalendar()))
    assert {(report.duty_id, report.voluntary) for report in reports} == {
        (duty.duty_id, duty.voluntary) for duty in campaign.duties
    }


def test_forms_taken_over_from_the_text_are_told_from_those_we_assumed() -> None:
    assumed = {
        (key, form.form_id) for key, campaign in ALL.items() for form in campaign.forms if form.declared == "assumed"
    }
    assert assumed == {
        *(
            ("baoshan_soe_2024", form)
            for form in ("district_return", "hazard_register", "inspections", "site_register")
        ),
        ("baoshan_soe_2024", "task_progress"),
        *((campaign, "hazard_list") for campaign in ALL),
        *(("haicheng_2023", f"{register}_register") for register in ("enterprise", "risk", "rescue_resource")),
        *(("changning_2023", form) for form in ("liaison_list", "progress")),
        *(("chongming_2023", form) for form in ("accidents", "key_enterprises", "leader_tasks", "opinion_tasks")),
        *(("putuo_2024_2026", form) for form in ("accidents", "lead_tasks", "leader_meetings")),
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CAMPAIGNS)))
def test_no_file_holds_a_phone_or_a_mail_address(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)|0\d{2,3}-\d{7,8}|[\w.]+@\w+\.\w+", text) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CAMPAIGNS)))
def test_every_file_is_one_the_package_ships(path: Path) -> None:
    inside = path.relative_to(CAMPAIGNS).as_posix()
    assert any(fnmatch(inside, pattern) for pattern in ("*/*.yml", "*/*.csv", "*/forms/*.yml"))
