"""Earlier versions of a form: recognised by their labels, counted for the periods in which they were in force."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.model import Campaign, Form
from ingest.parse import parse_file
from ingest.parsed import ParsedSubmission
from tests.forms import as_xlsx, listed, pairs
from tests.unit.ingest.parsing import CAMPAIGN, FILLED, FORM, READ, STAMPED, figures, mandatory, message, notes

ENDED = date(2023, 7, 1)


def earlier(**changes: Any) -> Form:
    """The version before: without 4.7 and 4.8, and with another label for 1.1."""
    sections = []
    for section in FORM.sections:
        items = tuple(item for item in section.items if item.code not in ("4.7", "4.8"))
        if section.code == "1":
            first = items[0].model_copy(
                update={"label": "单位自己查出的大隐患(个)", "name": "单位自己查出的大隐患", "aliases": ()}
            )
            items = (first, *items[1:])
        sections.append(section.model_copy(update={"items": items}))
    facts = {"version": "2023-05", "valid_to": ENDED, "sections": tuple(sections), **changes}
    return Form.model_validate({**FORM.model_dump(), **{k: dump(v) for k, v in facts.items()}})


def dump(value: Any) -> Any:
    return [part.model_dump() for part in value] if isinstance(value, tuple) else value


def with_versions(*forms: Form, **changes: Any) -> Campaign:
    current = FORM.model_copy(update=changes)
    others = tuple(form for form in CAMPAIGN.forms if form.form_id != FORM.form_id)
    return CAMPAIGN.model_copy(update={"forms": (current, *others), "earlier_forms": forms})


VERSIONS = with_versions(earlier())
ENTRIES = {code: value for code, value in FILLED.items() if code not in ("4.7", "4.8")}


def parse_one(content: bytes, campaign: Campaign, name: str, received_on: str) -> ParsedSubmission:
    dates = due_dates(campaign, WorkCalendar())
    (submission,) = parse_file(content, name, (), campaign, dates, date.fromisoformat(received_on))
    return submission


@pytest.fixture
def old_form() -> Iterator[bytes]:
    yield as_xlsx(pairs(earlier(), ENTRIES, **STAMPED))


def test_an_earlier_version_is_read_as_such_while_it_is_in_force(old_form: bytes) -> None:
    submission = parse_one(old_form, VERSIONS, "孤山镇6月调度表.xlsx", "2023-06-25")
    assert (submission.form_id, submission.form_version, submission.period) == ("progress", "2023-05", "2023-06")
    assert figures(submission) == {**READ, "4.7": "not_applicable", "4.8": "not_applicable"}
    assert submission.problems == ()


def test_items_that_the_earlier_version_did_not_ask_for_are_not_applicable_and_every_item_stands_once(
    old_form: bytes,
) -> None:
    submission = parse_one(old_form, VERSIONS, "孤山镇6月调度表.xlsx", "2023-06-25")
    assert sorted((cell.item_code, cell.part) for cell in submission.cells) == sorted(
        (item.code, part.part) for item in FORM.items for part in item.parts
    )


def test_an_earlier_version_is_returned_once_another_is_in_force(old_form: bytes) -> None:
    content = as_xlsx(pairs(earlier(), ENTRIES, **{**STAMPED, "filled_on": "2023年7月24日"}))
    submission = parse_one(content, VERSIONS, "孤山镇7月调度表.xlsx", "2023-07-25")
    assert (submission.quarantined, mandatory(submission)) == (False, ["RD-2-11"])
    assert "用的是 2023-05 版表样，2023-07 期应当用 2023-06 版" in message(submission, "RD-2-11")


def test_the_version_in_force_with_a_slip_is_not_taken_for_the_earlier_one() -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.rows = [
        ["会议次数" if value == "配备专兼职技术检查员数量(人)" else value for value in row] for row in table.rows
    ]
    submission = parse_one(as_xlsx(table), VERSIONS, "孤山镇6月调度表.xlsx", "2023-06-25")
    assert (submission.form_version, mandatory(submission)) == ("2023-06", ["RD-2-03"])


def test_a_small_slip_is_understood_although_two_versions_know_the_label() -> None:
    table = pairs(FORM, FILLED, **STAMPED)
    table.rows = [["移送司法机观(人)" if value == "移送司法机关(人)" else value for value in row] for row in table.rows]
    submission = parse_one(as_xlsx(table), VERSIONS, "孤山镇6月调度表.xlsx", "2023-06-25")
    assert (figures(submission), mandatory(submission), notes(submission)) == (READ, [], ["RD-2-05"])


def test_a_new_version_counts_from_its_first_day_on() -> None:
    campaign = with_versions(earlier(), version="2023-07", valid_from=ENDED)
    june, july = (
        parse_one(
            as_xlsx(pairs(FORM, FILLED, **{**STAMPED, "filled_on": f"2023年{m}月24日"})),
            campaign,
            f"孤山镇{m}月.xlsx",
            day,
        )
        for m, day in ((6, "2023-06-25"), (7, "2023-07-25"))
    )
    assert (june.form_version, mandatory(june)) == ("2023-07", ["RD-2-11"])
    assert "2023-06 期应当用 2023-05 版" in message(june, "RD-2-11")
    assert (july.form_version, mandatory(july)) == ("2023-07", [])


def test_of_versions_with_equal_labels_the_one_in_force_for_the_period_is_meant() -> None:
    same = Form.model_validate({**FORM.model_dump(), "version": "2023-05", "valid_to": ENDED})
    campaign = with_versions(same, version="2023-07", valid_from=ENDED)
    submission = parse_one(as_xlsx(pairs(FORM, FILLED, **STAMPED)), campaign, "孤山镇6月.xlsx", "2023-06-25")
    assert (submission.form_version, mandatory(submission)) == ("2023-05", [])


def test_the_marker_of_a_template_tells_versions_with_equal_labels_apart() -> None:
    same = Form.model_validate({**FORM.model_dump(), "version": "2023-05", "valid_to": ENDED})
    marker = "taizhang:form=progress;version=2023-05;unit=210381101;period=2023-07"
    content = as_xlsx(pairs(FORM, FILLED, **{**STAMPED, "filled_on": "2023年7月24日"}), marker=marker)
    submission = parse_one(content, with_versions(same), "孤山镇7月.xlsx", "2023-07-25")
    assert (submission.form_version, mandatory(submission)) == ("2023-05", ["RD-2-11"])


def test_a_list_of_the_earlier_version_is_found_too() -> None:
    content = as_xlsx(listed(earlier(), ENTRIES, unit="孤山镇", filled_on="2023年6月24日"))
    submission = parse_one(content, VERSIONS, "调度表.xlsx", "2023-06-25")
    assert (submission.form_version, figures(submission)["1.1"], submission.problems) == ("2023-05", "12", ())
