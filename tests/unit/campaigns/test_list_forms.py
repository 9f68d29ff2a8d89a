"""Forms that are no indicator tables: what their specs say, and what a wrong spec is told."""

from collections import Counter
from pathlib import Path

import pytest

from campaigns.load import load_all
from tests.unit.campaigns.copied_campaigns import copy_of, loaded, refusal, replace


def test_every_duty_of_every_campaign_has_its_form() -> None:
    kinds = Counter(campaign.form(duty.form_id).kind for campaign in load_all().values() for duty in campaign.duties)
    assert kinds == {
        "indicator_table": 2,
        "document": 9,
        "task_progress": 5,
        "narrative": 5,
        "register": 6,
        "event_list": 4,
        "liaison_list": 2,
        "hazard_list": 5,
    }


def test_no_form_is_without_a_duty() -> None:
    for campaign in load_all().values():
        assert {form.form_id for form in campaign.forms} == {duty.form_id for duty in campaign.duties}


def test_statuses_stand_in_the_order_in_which_work_advances() -> None:
    for campaign in load_all().values():
        for form in campaign.forms:
            for column in form.columns:
                if column.column_id == "status":
                    assert [choice.code for choice in column.choices] == ["not_started", "in_progress", "done"]


def test_names_and_phones_of_people_are_restricted_in_every_form() -> None:
    personal = {
        *("person_name", "post", "phone", "person_in_charge", "responsible", "inspectors", "notified_person"),
    }
    for campaign in load_all().values():
        for form in campaign.forms:
            for column in form.columns:
                assert column.personal == (column.column_id in personal), (campaign.campaign_id, form.form_id)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("baoshan_soe_2024", tmp_path)


@pytest.mark.parametrize(
    ("file_name", "old", "new", "sentence"),
    [
        (
            "site_register",
            "row_key: [site_name, address]",
            "row_key: [site]",
            "row_key names 'site', which is no column",
        ),
        ("site_register", "row_key: [site_name, address]\n", "", "a list needs `row_key`"),
        ("site_register", "column_id: operator", "column_id: business", "column_id repeats"),
        ("site_register", "label: 业态", "label: 用 途", "unknown"),
        (
            "site_register",
            "aliases: [名称, 网点, ",
            "aliases: [名称, 用途, ",
            "'用途' cannot mean both site_name and business",
        ),
        (
            "site_register",
            "aliases: [出租, 出借, ",
            "aliases: [出租, 自用, ",
            "'自用' cannot mean both leased_out and self_operated",
        ),
        ("site_register", "    type: choice\n", "", "`choices` belong to type `choice`"),
        ("site_register", "type: decimal", "type: number", "'number'"),
        ("site_register", "kind: register", "kind: document", "`columns` belong to the kinds"),
        ("site_register", "kind: register", "kind: event_list", "`event_column` belongs to kind event_list"),
        ("inspections", "event_column: event", "event_column: site_name", "no column of type choice"),
        ("inspections", "title_aliases: [", "title_aliases: [网点清单, ", "already names form"),
        ("work_report", "kind: narrative", "kind: document", "`narrative` belongs to kind narrative"),
        ("work_report", "narrative:\n", "narrative:\n  longest: 800\n", "`longest` and `counting_setting` go together"),
        ("task_list", "own_tasks: true\n", "", "needs either `task_lists` or `own_tasks: true`"),
        ("task_progress", "own_tasks: true", "task_lists: [plan]", "'plan' is no list of `task_lists`"),
        ("work_plan", "kind: document", "kind: narrative", "belongs to kind document"),
        ("inspections", "subject: inspection\n", "", "kind event_list needs `subject`"),
        ("inspections", "subject: inspection", "subject: site", "subject site belongs to kind register"),
        ("inspections", "subject: inspection", "subject: meeting", "needs a column 'chaired_by' of type text"),
        ("inspections", "subject: inspection", "subject: party", "'accident'"),
        ("inspections", "at_most: hazards_found", "at_most: hazards_seen", "no other column of numbers in 个"),
        ("inspections", "at_most: hazards_found", "at_most: hazards_rectified", "no other column of numbers in 个"),
        ("inspections", "at_most: hazards_found", "at_most: site_name", "names 'site_name', which is no other column"),
        (
            "site_register",
            "measure_unit: 平方米",
            "measure_unit: 平方米, at_most: use",
            "no other column of numbers in 平方米",
        ),
        ("hazard_register", "at_once: found_on", "at_once: seen_on", "`at_once` names 'seen_on'; both must be"),
        ("hazard_register", "at_once: found_on", "at_once: due_on", "`at_once` names 'due_on'; both must be"),
        ("hazard_register", "at_once: found_on", "at_once: hazard", "both must be columns of type date"),
        ("hazard_register", "column_id: hazard_number", "column_id: hazard_id", "row_key names 'hazard_number'"),
        ("site_register", "subject: site", "subject: enterprise", "needs a column 'enterprise' of type text"),
    ],
)
def test_a_wrong_spec_is_named_with_its_file(folder: Path, file_name: str, old: str, new: str, sentence: str) -> None:
    replace(folder / "forms" / f"{file_name}.yml", old, new)
    if sentence == "unknown":  # the same word as an alias of the same column is no contradiction
        assert loaded(folder).form(file_name).columns
        return
    text = refusal(folder)
    assert "/forms/" in text and sentence in text


def test_accidents_have_the_grades_of_the_regulation_and_no_other(tmp_path: Path) -> None:
    folder = copy_of("chongming_2023", tmp_path)
    replace(folder / "forms" / "accidents.yml", "{code: major,", "{code: grave,")
    assert "code 'grave' is none of extraordinary, general, major, serious" in refusal(folder)


def test_a_length_limit_needs_a_rule_of_counting(tmp_path: Path) -> None:
    folder = copy_of("putuo_2024_2026", tmp_path)
    replace(folder / "campaign.yml", "    reading: characters\n", "    reading: bytes\n")
    text = refusal(folder)
    assert "forms/lead_narrative.yml:" in text
    assert "contradiction 'narrative_length' must read one of characters, words, without_punctuation" in text
