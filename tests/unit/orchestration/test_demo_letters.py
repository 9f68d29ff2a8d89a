"""The letters of the demo offices: what is owed is sent or missing, nothing falls back, and answers counted by hand."""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_campaign
from orchestration.demo import content_answers, report_answers
from orchestration.demo.letters import Content, Letter
from orchestration.demo.office import offices
from orchestration.demo.scene import Scene
from orchestration.demo.senders import letters_of
from orchestration.demo.sent import Sent

CALENDAR = WorkCalendar.load()


def scene_of(campaign_id: str) -> Scene:
    campaign = load_campaign(campaign_id)
    return Scene(offices()[campaign_id], campaign, due_dates(campaign, CALENDAR))


SCENES = {campaign_id: scene_of(campaign_id) for campaign_id in offices()}


@pytest.mark.parametrize("campaign_id", SCENES)
def test_the_same_letters_come_again_and_every_kind_of_form_is_among_them(campaign_id: str) -> None:
    scene = SCENES[campaign_id]
    letters = letters_of(scene)
    assert letters == letters_of(scene_of(campaign_id))
    owed_in_time = {report.form_id for report in scene.reports}
    assert {letter.form_id for letter in letters} == owed_in_time
    assert len({letter.name for letter in letters}) == len(letters)


@pytest.mark.parametrize("campaign_id", SCENES)
def test_most_who_owe_a_report_send_it_and_some_do_not(campaign_id: str) -> None:
    scene = SCENES[campaign_id]
    sent = Sent(scene, letters_of(scene))
    owed = [report for report in scene.reports if not report.voluntary]
    came = sum((one.form_id, one.unit_id, one.period) in sent.current for one in owed)
    assert 0.85 < came / len(owed) < 1


def test_a_task_that_is_done_stays_done() -> None:
    order = {"未启动": 0, "推进中": 1, "已完成": 2}
    told: dict[tuple[str, str], list[int]] = {}
    for letter in letters_of(SCENES["putuo_2024_2026"]):
        if letter.form_id == "lead_tasks":
            for row in letter.content.rows:
                told.setdefault((letter.unit, str(row["number"])), []).append(order[str(row["status"])])
    assert Counter(len(steps) > 1 for steps in told.values())[True] > 100
    assert all(steps == sorted(steps) for steps in told.values())


def test_a_supervision_letter_comes_between_the_due_day_and_the_day_of_rectification() -> None:
    lists = [letter for letter in letters_of(SCENES["putuo_2024_2026"]) if letter.form_id == "hazard_list"]
    supervised = [row for one in lists for row in one.content.rows if "supervised_on" in row]
    assert len(supervised) > 10
    for row in supervised:
        assert row.get("extended_to", row["due_on"]) < row["supervised_on"] <= row.get("rectified_on", date.max)
        assert {"supervised_by", "supervision_number", "notified_role", "notified_person"} <= row.keys()


def letter(unit_id: str, day: int, content: Content, verdict: str = "accepted", form_id: str = "work_report") -> Letter:
    arrives = datetime(2024, 5, day, 15)
    return Letter(
        arrives, f"{unit_id}{day}", form_id, unit_id, unit_id, "2024-05", arrives.date(), content, verdict=verdict
    )


def test_answers_are_counted_from_the_letters_alone() -> None:
    """Due on 20 May: E01 in time and again, E02 empty in time and right two days late, E03 to E06 nothing."""
    text = Content(parts={"工作开展情况": "（合成）"})
    letters = [
        letter("310113E01", 18, text),
        letter("310113E01", 20, text),
        letter("310113E02", 20, Content(), "returned"),
        letter("310113E02", 22, text),
    ]
    sent = Sent(SCENES["baoshan_soe_2024"], letters)
    assert report_answers.received(sent).answer == (("accepted", 2), ("returned", 1), ("superseded", 1))
    assert ("2024-05", "工作开展情况", 1, 1, 4) in report_answers.timeliness(sent).answer
    assert report_answers.upstream(sent).answer == (("2024-05", "区国资委", 5), ("2024-06", "区国资委", 6))


def test_events_and_registers_are_counted_line_by_line() -> None:
    """E03 is of high risk: one inspection a month. One line says that there is nothing."""
    held = {"held_on": date(2024, 5, 8), "event": "主要负责人带队检查", "led_by": "董事长", "site_name": "甲店"}
    site = {"site_name": "甲店", "address": "东街1号", "use": "自营", "area": Decimal(80)}
    letters = [
        letter("310113E03", 20, Content(rows=(held,)), form_id="inspections"),
        letter("310113E05", 20, Content(rows=({"held_on": "本期无"},)), form_id="inspections"),
        letter("310113E03", 20, Content(rows=(site, {**site, "address": "东街2号"})), form_id="site_register"),
    ]
    sent = Sent(SCENES["baoshan_soe_2024"], letters)
    inspections = "主要负责人带队检查重大事故隐患排查整治情况（每季度至少1次，高危行业领域每月至少1次）"
    assert ("2024-05", inspections, 1, 1) in content_answers.obligations(sent).answer
    assert content_answers.registers(sent).answer == (("网点清单", 2),)
