"""What could not be taken lies in the quarantine with its reasons."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from ingest.problems import Reading, reading_problem
from ingest.receiving.archive import Archive
from ingest.receiving.quarantine import put_aside, quarantine_name, quarantine_record
from ingest.receiving.receipt import FoundFile, Receipt

NOW = datetime(2023, 6, 25, 1, 30)
SHA = "0123456789abcdef" * 4


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive")
    archive.prepare()
    return archive


def receipt_of(archive: Archive, content: bytes = b"bytes", name: str = "海城镇6月.xlsx") -> Receipt:
    found = FoundFile(Path("/inbox/c") / name, name, f"c/{name}", ("c",), True)
    sha256 = archive.keep(content)
    archive.flush()
    return Receipt(found, sha256, len(content), (1, len(content), 1, 1))


def test_the_file_and_its_reasons_stand_side_by_side(tmp_path: Path, archive: Archive) -> None:
    receipt = receipt_of(archive)
    problem = reading_problem(Reading.FILE_ENCRYPTED, file="海城镇6月.xlsx")
    reason = put_aside(tmp_path / "quarantine", archive, quarantine_record(receipt, "c", NOW, [problem]))
    kept = tmp_path / "quarantine" / "c" / f"海城镇6月.{receipt.sha256[:8]}.xlsx"
    assert kept.read_bytes() == b"bytes"
    assert reason == kept.with_name(f"{kept.name}.reason.json")
    said = json.loads(reason.read_text(encoding="utf-8"))
    assert (said["file_name"], said["file_path"], said["campaign_id"]) == ("海城镇6月.xlsx", "c/海城镇6月.xlsx", "c")
    assert (said["file_sha256"], said["size_bytes"]) == (receipt.sha256, 5)
    assert said["received_at"] == "2023-06-25T01:30:00"
    assert said["reasons"] == [
        {
            "code": "RD-1-02",
            "message": "文件有打开密码：《海城镇6月.xlsx》无法读取，请去掉密码另存后重报。",
            "message_en": "File 海城镇6月.xlsx needs a password to open; please save it without the password "
            "and send it again.",
            "cell": "",
        }
    ]


def test_putting_aside_twice_changes_nothing(tmp_path: Path, archive: Archive) -> None:
    record = quarantine_record(receipt_of(archive), None, NOW, [])
    put_aside(tmp_path / "quarantine", archive, record)
    put_aside(tmp_path / "quarantine", archive, record)
    names = sorted(path.name for path in (tmp_path / "quarantine" / "_unknown").iterdir())
    assert [name.endswith(".reason.json") for name in names] == [False, True]


def test_a_file_too_large_to_keep_twice_leaves_its_reasons_only(tmp_path: Path, archive: Archive) -> None:
    record = quarantine_record(receipt_of(archive), "c", NOW, [], copy=False)
    reason = put_aside(tmp_path / "quarantine", archive, record)
    assert [path.name for path in reason.parent.iterdir()] == [reason.name]
    assert json.loads(reason.read_text(encoding="utf-8"))["only_in_archive"] is True


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("海城镇.xlsx", "海城镇.01234567.xlsx"),
        ("没有扩展名", "没有扩展名.01234567"),
        (".xlsx", "xlsx.01234567"),
        ("a/b:c*.xls", "a_b_c_.01234567.xls"),
        ("长" * 82 + ".xlsx", "长" * 50 + ".01234567.xlsx"),
        ("a.this is no ending at all", "a.this is no ending at all.01234567"),
        ("...", "_.01234567"),
    ],
)
def test_names_are_cut_and_cleaned_for_any_disk(name: str, kept: str) -> None:
    assert quarantine_name(name, SHA) == kept
    assert len(os.fsencode(f"{kept}.reason.json")) <= 255
