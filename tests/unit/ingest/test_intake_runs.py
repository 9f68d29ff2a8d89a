"""An intake run as a whole: batches, order, what stays in the inbox, and a check that stores nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from campaigns.model import Campaign
from ingest.intake import IntakePaths, IntakeReport, UnknownCampaignError, check_files, take_in
from ingest.problems import Reading
from tests.unit.ingest.intake_runs import CAMPAIGN, NEXT, NOW, THIRD, distinct, put, results, rows
from tests.unit.ingest.plain_forms import SETTINGS, form, judge


def test_a_rule_that_breaks_down_leaves_its_file_in_the_inbox(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    """Our fault, not the sender's: it is taken once the rule is mended."""
    put(paths, "a.csv", form(f1_1=666))
    put(paths, "b.csv", form("210381102", f1_1=1))
    report = take()
    assert results(report) == {"a.csv": "waiting", "b.csv": "accepted"}
    assert report.files[0].notes[0].rule_code == Reading.RULES_FAILED
    assert [path.name for path in (paths.inbox / CAMPAIGN).iterdir()] == ["a.csv"]


def test_links_are_ignored_and_stay(paths: IntakePaths, take: Callable[..., IntakeReport], tmp_path: Path) -> None:
    (paths.inbox / CAMPAIGN / "a.xlsx").symlink_to("/etc/passwd")
    report = take()
    assert results(report) == {"a.xlsx": "ignored"}
    assert report.batch_id is None
    assert (paths.inbox / CAMPAIGN / "a.xlsx").is_symlink()


def test_an_empty_inbox_writes_no_batch(paths: IntakePaths, take: Callable[..., IntakeReport]) -> None:
    assert take() == IntakeReport(None, ())
    assert rows(paths, "receipts", "*") == []


def test_files_given_by_path_are_never_removed(
    paths: IntakePaths, take: Callable[..., IntakeReport], tmp_path: Path
) -> None:
    given = tmp_path / "elsewhere" / "a.csv"
    given.parent.mkdir()
    given.write_bytes(form(f1_1=1))
    inside = put(paths, "b.csv", form("210381102", f1_1=1))
    report = take(files=[given, inside], received_at=datetime(2023, 6, 20, 17, 5))
    assert results(report) == {"a.csv": "accepted", "b.csv": "accepted"}
    assert given.exists() and not inside.exists()
    assert rows(paths, "receipts", "file_path, channel, received_at") == [
        ("a.csv", "command", datetime(2023, 6, 20, 17, 5)),
        (f"{CAMPAIGN}/b.csv", "folder", datetime(2023, 6, 20, 17, 5)),
    ]


def test_an_unknown_campaign_is_a_usage_error(paths: IntakePaths, take: Callable[..., IntakeReport]) -> None:
    with pytest.raises(UnknownCampaignError, match=CAMPAIGN):
        take(campaign_id="haichen")


def test_a_run_of_several_batches_commits_each_and_knows_the_ones_before(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    for number in range(5):
        put(paths, f"{number}.csv", form(f"21038110{number}", f1_1=1))
    put(paths, "9.csv", form("210381100", f1_1=1))
    done: list[tuple[int, int]] = []
    report = take(settings=replace(SETTINGS, batch_files=2), progress=lambda n, of: done.append((n, of)))
    assert list(results(report).values()) == ["accepted"] * 5 + ["duplicate"]
    assert [batch for (batch,) in distinct(paths, "receipts", "substr(batch_id, 1, 19)")] == [
        "20230625T013000-001",
        "20230625T013000-002",
        "20230625T013000-003",
    ]
    assert report.batch_id is not None and report.batch_id.startswith("20230625T013000-003-")
    assert done[-1] == (6, 6)


def test_a_file_replaced_while_it_was_read_stays_for_the_next_run(
    paths: IntakePaths, campaign: Campaign, take: Callable[..., IntakeReport]
) -> None:
    """The clerk saves again between our reading and our removing: the new file must not be lost."""
    path = put(paths, "a.csv", form(f1_1=1))

    def replacing_judge(campaign: Campaign, parsed: object) -> list:
        path.write_bytes(form(f1_1=2))
        return []

    first = take_in(paths, {CAMPAIGN: campaign}, {CAMPAIGN: []}, replacing_judge, NOW, settings=SETTINGS)
    assert results(first) == {"a.csv": "accepted"}
    assert path.read_bytes() == form(f1_1=2)
    assert results(take(NEXT)) == {"a.csv": "accepted"}
    assert rows(paths, "cells", "value") == [(Decimal("1.0000"),), (Decimal("2.0000"),)]


@pytest.mark.parametrize("given", [["b.csv", "a.csv", "c.csv"], ["c.csv", "b.csv", "a.csv"]])
def test_the_order_in_which_files_lie_there_changes_nothing(
    paths: IntakePaths, take: Callable[..., IntakeReport], given: list[str]
) -> None:
    contents = {"a.csv": form(f1_1=1), "b.csv": form(f1_1=2), "c.csv": form(f1_1=1)}
    files = [put(paths, name, contents[name]) for name in given]
    assert results(take(files=files)) == {"a.csv": "accepted", "b.csv": "accepted", "c.csv": "duplicate"}


def test_check_gives_the_same_verdict_and_stores_nothing(
    paths: IntakePaths, campaign: Campaign, take: Callable[..., IntakeReport], tmp_path: Path
) -> None:
    files = [
        put(paths, "a.csv", form(f1_1=1)),
        put(paths, "b.csv", form("210381102", f1_1=1, f1_2=2)),
        put(paths, "c.csv", b"x"),
    ]
    before = sorted(path for path in tmp_path.rglob("*"))
    checked = check_files(files, {CAMPAIGN: campaign}, {CAMPAIGN: []}, judge, NOW, settings=SETTINGS)
    assert sorted(path for path in tmp_path.rglob("*")) == before
    taken = take().files
    assert [file.result for file in checked] == ["accepted", "returned", "quarantined"]
    assert [file.result for file in taken] == [file.result for file in checked]
    assert [[s.reasons for s in file.submissions] for file in taken] == [
        [s.reasons for s in file.submissions] for file in checked
    ]


def test_check_does_not_pay_for_arrow_or_duckdb() -> None:
    import subprocess
    import sys

    code = "import sys, ingest.intake; print([m for m in ('pyarrow', 'duckdb', 'pandas') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_an_inbox_that_cannot_be_emptied_is_taken_once_and_emptied_when_it_can(
    paths: IntakePaths, take: Callable[..., IntakeReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read-only share: without memory of it every night would register the same file again."""
    path = put(paths, "a.csv", form(f1_1=1))
    unlink = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if paths.inbox in self.parents:
            raise PermissionError(13, "Permission denied")
        unlink(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    first, second = take(), take(NEXT)
    assert results(first) == {"a.csv": "accepted"}
    assert [note.rule_code for note in first.files[0].notes] == [Reading.NOT_REMOVED]
    assert results(second) == {"a.csv": "waiting"}
    assert [note.rule_code for note in second.files[0].notes] == [Reading.NOT_REMOVED]
    monkeypatch.undo()
    assert take(THIRD).files == ()
    assert not path.exists()
    assert rows(paths, "receipts", "result") == [("accepted",)]
