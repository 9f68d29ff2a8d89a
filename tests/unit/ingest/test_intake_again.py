"""What is sent again: duplicates, newer and older versions, several forms in one file."""

from collections.abc import Callable
from dataclasses import replace

from campaigns.model import Campaign
from ingest.intake import IntakePaths, IntakeReport
from ingest.problems import Reading
from tests.unit.ingest.intake_runs import CAMPAIGN, NEXT, NOW, THIRD, distinct, put, reason_codes, results, rows
from tests.unit.ingest.plain_forms import SETTINGS, form


def test_the_same_bytes_again_are_one_submission(paths: IntakePaths, take: Callable[..., IntakeReport]) -> None:
    content = form(f1_1=1)
    put(paths, "a.csv", content)
    first = take()
    put(paths, "a 副本.csv", content)
    second = take(NEXT)
    assert results(second) == {"a 副本.csv": "duplicate"}
    assert second.files[0].duplicate_of == first.files[0].submissions[0].submission_id
    assert second.files[0].notes[0].rule_code == Reading.SAME_BYTES
    assert "《a.csv》" in second.files[0].notes[0].message
    assert rows(paths, "receipts", "file_name, result, duplicate_of is null") == [
        ("a 副本.csv", "duplicate", False),
        ("a.csv", "accepted", True),
    ]
    assert len(rows(paths, "submissions", "submission_id")) == 1


def test_the_same_bytes_twice_in_one_batch_are_one_submission(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "b.csv", form(f1_1=1))
    put(paths, "a.csv", form(f1_1=1), f"{CAMPAIGN}/deep")
    assert results(take()) == {"a.csv": "accepted", "b.csv": "duplicate"}
    assert len(rows(paths, "cells", "submission_id")) == 1


def test_a_b_a_is_three_submissions(paths: IntakePaths, take: Callable[..., IntakeReport]) -> None:
    for now, figure in ((NOW, 1), (NEXT, 2), (THIRD, 1)):
        put(paths, "a.csv", form(f1_1=figure))
        assert results(take(now)) == {"a.csv": "accepted"}
    assert rows(paths, "submissions", "received_at, verdict") == [
        (NOW, "accepted"),
        (NEXT, "accepted"),
        (THIRD, "accepted"),
    ]
    assert len(distinct(paths, "submissions", "submission_id")) == 3


def test_bytes_that_two_units_send_are_two_submissions(paths: IntakePaths, take: Callable[..., IntakeReport]) -> None:
    put(paths, "a.csv", form("210381101", f1_1=1))
    put(paths, "b.csv", form("210381102", f1_1=1))
    assert set(results(take()).values()) == {"accepted"}


def test_a_quarantined_file_sent_again_is_a_duplicate_until_it_can_be_read(
    paths: IntakePaths, take: Callable[..., IntakeReport], campaign: Campaign
) -> None:
    """The second time the same bytes could be read (a roster was mended): then they count."""
    put(paths, "a.csv", b"f=1")
    take()
    put(paths, "a.csv", b"f=1")
    assert results(take(NEXT)) == {"a.csv": "duplicate"}
    mended = replace(SETTINGS, parser="tests.unit.ingest.plain_forms:parse_leniently")
    put(paths, "a.csv", b"f=1")
    assert results(take(THIRD, settings=mended)) == {"a.csv": "accepted"}


def test_an_older_file_arriving_later_is_accepted_and_told_that_it_does_not_count(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "新.csv", form(filled_on="2023-06-24", f1_1=5))
    take()
    put(paths, "旧.csv", form(filled_on="2023-06-20", f1_1=3))
    report = take(NEXT)
    assert results(report) == {"旧.csv": "accepted"}
    assert reason_codes(report) == [Reading.NEWER_VERSION]
    assert "已有更新的版本《新.csv》" in report.files[0].submissions[0].reasons[0].message
    assert ("RD-7-07", "advisory") in rows(paths, "outcomes", "rule_code, rule_class")


def test_a_broken_newer_file_does_not_make_the_older_one_second(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "新.csv", form(filled_on="2023-06-24", f1_1=5, f1_2=9))
    take()
    put(paths, "旧.csv", form(filled_on="2023-06-20", f1_1=3))
    assert reason_codes(take(NEXT)) == []


def test_several_forms_in_one_file_are_several_submissions_of_one_receipt(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "a.csv", form(f1_1=1, sheet="6月") + b"\n---\n" + form(period="2023-07", f1_1=1, f1_2=2, sheet="7月"))
    report = take()
    assert results(report) == {"a.csv": "returned"}
    assert [one.verdict for one in report.files[0].submissions] == ["accepted", "returned"]
    assert len(rows(paths, "receipts", "receipt_id")) == 1
    assert len(distinct(paths, "submissions", "submission_id")) == 2


def test_a_form_of_several_that_is_new_is_taken_beside_one_that_is_not(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    """June was replaced by another file meanwhile, so the old workbook is A–B–A for June and the same for July."""
    both = form(f1_1=1, sheet="6月") + b"\n---\n" + form(period="2023-07", f1_1=1, sheet="7月")
    put(paths, "a.csv", both)
    take()
    put(paths, "b.csv", form(f1_1=2))
    take(NEXT)
    put(paths, "a.csv", both)
    assert results(take(THIRD)) == {"a.csv": "accepted"}
    assert rows(paths, "submissions", "period, received_at") == [
        ("2023-06", NOW),
        ("2023-06", NEXT),
        ("2023-06", THIRD),
        ("2023-07", NOW),
    ]


def test_two_forms_of_one_unit_and_month_in_one_file_are_refused(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "a.csv", form(f1_1=1, sheet="表1") + b"\n---\n" + form(f1_1=2, sheet="表2"))
    report = take()
    assert [one.verdict for one in report.files[0].submissions] == ["quarantined", "quarantined"]
    assert set(reason_codes(report)) == {Reading.FORM_TWICE}


def test_two_forms_nobody_can_name_on_one_sheet_are_both_kept(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "a.csv", b"x=1\n---\nx=2")
    assert results(take()) == {"a.csv": "quarantined"}
    assert len(distinct(paths, "submissions", "submission_id")) == 2


def test_a_mail_taken_in_late_is_held_against_what_had_come_by_then(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "a.csv", form(f1_1=1))
    take(received_at=NOW)
    put(paths, "b.csv", form(f1_1=2))
    take(received_at=THIRD)
    put(paths, "a.csv", form(f1_1=1))
    assert results(take(THIRD, received_at=NEXT)) == {"a.csv": "duplicate"}
