"""What one intake run makes of a file: accepted, returned or quarantined, and what every table then holds."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from ingest.intake import IntakePaths, IntakeReport
from ingest.problems import Reading
from tests.unit.ingest.intake_runs import CAMPAIGN, NOW, distinct, put, reason_codes, results, rows
from tests.unit.ingest.plain_forms import SETTINGS, form

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")


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
