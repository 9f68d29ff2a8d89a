"""One intake run: what is registered, what is told, what is left where it is."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_campaign
from campaigns.model import Campaign
from ingest.intake import IntakePaths, IntakeReport, UnknownCampaignError, check_files, take_in
from ingest.problems import Reading
from tests.unit.ingest.plain_forms import SETTINGS, form, judge, paths_of

CAMPAIGN = "haicheng_2023"
NOW = datetime(2023, 6, 25, 1, 30)
NEXT = datetime(2023, 6, 26, 1, 30)
THIRD = datetime(2023, 6, 27, 1, 30)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load_campaign(CAMPAIGN)


@pytest.fixture
def paths(tmp_path: Path) -> IntakePaths:
    (tmp_path / "inbox" / CAMPAIGN).mkdir(parents=True)
    return paths_of(tmp_path)


@pytest.fixture
def take(paths: IntakePaths, campaign: Campaign) -> Callable[..., IntakeReport]:
    dates = {CAMPAIGN: due_dates(campaign, WorkCalendar.load())}

    def take(now: datetime = NOW, **more: object) -> IntakeReport:
        options = {"settings": SETTINGS} | more
        return take_in(paths, {CAMPAIGN: campaign}, dates, judge, now, **options)

    return take


def put(paths: IntakePaths, name: str, content: bytes, folder: str = CAMPAIGN) -> Path:
    path = paths.inbox / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def rows(paths: IntakePaths, table: str, columns: str) -> list[tuple]:
    return duckdb.read_parquet(f"{paths.raw}/{table}/*.parquet").project(columns).order("all").fetchall()


def distinct(paths: IntakePaths, table: str, columns: str) -> list[tuple]:
    return sorted(set(rows(paths, table, columns)))


def results(report: IntakeReport) -> dict[str, str]:
    return {file.file_name: file.result for file in report.files}


def reason_codes(report: IntakeReport) -> list[str]:
    return [reason.rule_code for file in report.files for one in file.submissions for reason in one.reasons]


def test_an_accepted_form_is_in_every_table_and_out_of_the_inbox(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    content = form(filled_on="2023-06-24", f1_1=12, f1_2=5, filler="甲", explanation="合并重复数据")
    path = put(paths, "海城6月.csv", content, f"{CAMPAIGN}/西柳镇")
    report = take()
    (file,) = report.files
    (submission,) = file.submissions
    assert (file.file_name, file.campaign_id, file.result, file.duplicate_of) == (
        "海城6月.csv",
        CAMPAIGN,
        "accepted",
        None,
    )
    assert (submission.unit_id, submission.form_id, submission.period) == ("210381101", "progress", "2023-06")
    assert submission.unit_name
    assert (submission.verdict, submission.reasons) == ("accepted", ())
    assert report.batch_id is not None and report.batch_id.startswith("20230625T013000-001-")
    assert rows(paths, "receipts", "campaign_id, file_name, file_path, size_bytes, channel, result, received_on") == [
        (
            CAMPAIGN,
            "海城6月.csv",
            f"{CAMPAIGN}/西柳镇/海城6月.csv",
            len(content),
            "folder",
            "accepted",
            date(2023, 6, 25),
        )
    ]
    assert rows(
        paths, "submissions", "unit_id, period, filled_on, verdict, reason_code, file_format, sheet_name, received_at"
    ) == [("210381101", "2023-06", date(2023, 6, 24), "accepted", None, "csv", "表", NOW)]
    assert rows(paths, "cells", "item_code, part, value_state, value, raw_text, cell_ref") == [
        ("1.1", "value", "value", Decimal("12.0000"), "12", "B4"),
        ("1.2", "value", "value", Decimal("5.0000"), "5", "B5"),
    ]
    assert rows(paths, "outcomes", "unit_id, rule_code, rule_class, gate, outcome, source_cell") == [
        ("210381101", "PF-1-01", "mandatory", "submission", "pass", "表!B2")
    ]
    assert rows(paths, "explanations", "explanation, source_cell") == [("合并重复数据", "表!B9")]
    assert rows(paths, "signatures", "filler, reviewer") == [("甲", None)]
    assert not path.exists()
    sha256 = file.file_sha256 or ""
    assert (paths.archive / sha256[:2] / sha256).read_bytes() == content
    ids = {table: distinct(paths, table, "submission_id") for table in ("submissions", "cells", "outcomes")}
    assert len({tuple(found) for found in ids.values()}) == 1
    assert ids["cells"] == [(submission.submission_id,)]


def test_names_of_people_are_in_the_signatures_only(paths: IntakePaths, take: Callable[..., IntakeReport]) -> None:
    put(paths, "a.csv", form(filler="填表人甲", f1_1=1))
    report = take()
    assert "填表人甲" not in repr(report)
    for table in ("receipts", "submissions", "cells", "outcomes", "explanations"):
        assert "填表人甲" not in repr(rows(paths, table, "*"))


def test_a_broken_mandatory_rule_returns_the_form_with_its_sentence(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "a.csv", form(f1_1=3, f1_2=4))
    report = take()
    assert results(report) == {"a.csv": "returned"}
    assert report.files[0].submissions[0].reasons[0].message == "1.2 不能大于 1.1，请核对。"
    assert rows(paths, "submissions", "verdict, reason_code, status_reason, status_reason_en") == [
        ("returned", "PF-1-01", "1.2 不能大于 1.1，请核对。", "1.2 cannot exceed 1.1.")
    ]
    assert list(paths.quarantine.rglob("*.csv")) == []


def zip_of(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_cannot_be_read_is_quarantined_and_the_others_go_on(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "1 好.csv", form(f1_1=1))
    put(paths, "2 谁的.csv", b"period=2023-06")
    put(paths, "3 断.xlsx", zip_of(("xl/workbook.xml", b"<workbook/>"))[:-30])
    put(paths, "4 弹.xlsx", zip_of(("xl/workbook.xml", bytes(64 << 20))))
    put(paths, "5 崩.csv", b"do=abort")
    put(paths, "6 密.xlsx", OLE + "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0"))
    put(paths, "7 重.xlsx", zip_of(("xl/workbook.xml", b"<a/>"), ("xl/workbook.xml", b"<b/>")))
    put(paths, "8 好.csv", form("210381102", f1_1=1))
    report = take()
    assert list(results(report).values()) == ["accepted", *["quarantined"] * 6, "accepted"]
    assert rows(paths, "submissions", "file_name, verdict, reason_code, unit_id, form_id, campaign_id") == [
        ("1 好.csv", "accepted", None, "210381101", "progress", CAMPAIGN),
        ("2 谁的.csv", "quarantined", "RD-3-01", None, None, CAMPAIGN),
        ("3 断.xlsx", "quarantined", "RD-1-03", None, None, CAMPAIGN),
        ("4 弹.xlsx", "quarantined", "RD-1-05", None, None, CAMPAIGN),
        ("5 崩.csv", "quarantined", "RD-1-08", None, None, CAMPAIGN),
        ("6 密.xlsx", "quarantined", "RD-1-02", None, None, CAMPAIGN),
        ("7 重.xlsx", "quarantined", "RD-1-05", None, None, CAMPAIGN),
        ("8 好.csv", "accepted", None, "210381102", "progress", CAMPAIGN),
    ]
    reasons = sorted((paths.quarantine / CAMPAIGN).glob("*.reason.json"))
    assert [path.name.split(".")[0] for path in reasons] == ["2 谁的", "3 断", "4 弹", "5 崩", "6 密", "7 重"]
    said = [json.loads(path.read_text(encoding="utf-8"))["reasons"][0]["message"] for path in reasons]
    assert said[1].startswith("文件《3 断.xlsx》已损坏，打不开（文件不完整，可能没有传完）")
    assert said[3].startswith("读取文件《5 崩.csv》时程序中断（解析时意外中止")
    assert said[4].startswith("文件有打开密码：《6 密.xlsx》")
    assert "内部有重名文件" in said[5]
    assert list((paths.inbox / CAMPAIGN).iterdir()) == []


def test_a_file_of_no_known_campaign_is_quarantined_and_told_where_to_go(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "a.csv", form(f1_1=1), "haichen_2023")
    put(paths, "b.csv", form(f1_1=2), ".")
    report = take()
    assert results(report) == {"a.csv": "quarantined", "b.csv": "quarantined"}
    assert "没有这个专项行动" in report.files[0].submissions[0].reasons[0].message
    assert CAMPAIGN in report.files[0].submissions[0].reasons[0].message
    assert rows(paths, "receipts", "campaign_id, file_path, result") == [
        (None, "b.csv", "quarantined"),
        (None, "haichen_2023/a.csv", "quarantined"),
    ]
    assert len(list((paths.quarantine / "_unknown").glob("*.reason.json"))) == 2


def test_a_file_above_the_cap_is_archived_and_quarantined_unread(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "a.csv", form(f1_1=1))
    report = take(settings=replace(SETTINGS, size_cap_bytes=10))
    assert reason_codes(report) == [Reading.FILE_TOO_LARGE]
    sha256 = report.files[0].file_sha256 or ""
    assert (paths.archive / sha256[:2] / sha256).read_bytes() == form(f1_1=1)


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


def test_a_figure_too_large_for_the_ledger_costs_its_form_and_not_the_batch(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "a.csv", form(f1_1="1e400"))
    put(paths, "b.csv", form("210381102", f1_1="NaN", f1_2="123456789012345"))
    put(paths, "c.csv", form("210381103", f1_1="12.34567"))
    report = take()
    assert results(report) == {"a.csv": "returned", "b.csv": "returned", "c.csv": "accepted"}
    assert set(reason_codes(report)) == {Reading.FIGURE_OUT_OF_RANGE, Reading.FIGURE_ROUNDED}
    assert rows(paths, "cells", "unit_id, item_code, value_state, value") == [
        ("210381101", "1.1", "unreadable", None),
        ("210381102", "1.1", "unreadable", None),
        ("210381102", "1.2", "unreadable", None),
        ("210381103", "1.1", "value", Decimal("12.3457")),
    ]


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


def test_a_mail_taken_in_late_is_held_against_what_had_come_by_then(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    put(paths, "a.csv", form(f1_1=1))
    take(received_at=NOW)
    put(paths, "b.csv", form(f1_1=2))
    take(received_at=THIRD)
    put(paths, "a.csv", form(f1_1=1))
    assert results(take(THIRD, received_at=NEXT)) == {"a.csv": "duplicate"}


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
