"""Which files are taken, waited for or passed over, and that each is read once into the archive."""

import os
import socket
import threading
import time
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.problems import Reading
from ingest.raw.durable import flush_paths
from ingest.receiving import receipt
from ingest.receiving.archive import Archive, NoArchive
from ingest.receiving.names import readable_name
from ingest.receiving.receipt import PassedOver, find_files, leave_unsettled, read_once, scan_inbox


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox" / "c").mkdir(parents=True)
    return tmp_path / "inbox"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "archive")
    archive.prepare()
    return archive


@pytest.mark.parametrize(
    "name",
    ["~$表.xlsx", ".hidden.xlsx", "表.xlsx.tmp", "表.part", "表.CRDOWNLOAD", "Thumbs.db", "desktop.ini", ".DS_Store"],
)
def test_litter_is_not_looked_at(inbox: Path, name: str) -> None:
    (inbox / "c" / name).write_bytes(b"x")
    (inbox / "c" / ".git").mkdir()
    (inbox / "c" / ".git" / "表.xlsx").write_bytes(b"x")
    assert scan_inbox(inbox) == []


def test_files_are_found_at_any_depth_in_an_order_of_their_names(inbox: Path) -> None:
    for path in ("c/b.xlsx", "c/镇/2023-06/a.xlsx", "a.csv", "d/a.xlsx"):
        (inbox / path).parent.mkdir(parents=True, exist_ok=True)
        (inbox / path).write_bytes(b"x")
    found = scan_inbox(inbox)
    assert [file.file_path for file in found] == ["a.csv", "c/镇/2023-06/a.xlsx", "d/a.xlsx", "c/b.xlsx"]
    assert found[1].folders == ("c", "镇", "2023-06")
    assert [file.file_path for file in scan_inbox(inbox, "d")] == ["d/a.xlsx"]


def test_links_pipes_sockets_and_folders_are_never_opened(inbox: Path, archive: Archive, tmp_path: Path) -> None:
    secret = tmp_path / "secret.xlsx"
    secret.write_bytes(b"secret")
    (inbox / "c" / "link.xlsx").symlink_to(secret)
    (inbox / "c" / "folder").symlink_to(tmp_path)
    os.mkfifo(inbox / "c" / "pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(inbox / "c" / "s.xlsx"))
        read = [read_once(found, archive, 100) for found in scan_inbox(inbox)]
    assert [type(one) for one in read] == [PassedOver] * 4
    assert {one.problem.rule_code for one in read} == {Reading.NOT_A_FILE}
    assert [path for path in archive.root.rglob("*") if path.is_file()] == []


def test_a_link_that_takes_the_place_of_a_file_after_the_scan_is_not_followed(
    inbox: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "c" / "a.xlsx").write_bytes(b"x")
    (found,) = scan_inbox(inbox)
    regular = found.path.lstat()
    found.path.unlink()
    found.path.symlink_to("/etc/passwd")
    monkeypatch.setattr(Path, "lstat", lambda path: regular)
    assert read_once(found, archive, 100).problem.rule_code == Reading.NOT_A_FILE


def test_the_bytes_are_archived_under_their_hash(inbox: Path, archive: Archive) -> None:
    (inbox / "c" / "a.xlsx").write_bytes("海城".encode())
    (found,) = scan_inbox(inbox)
    taken, content = read_once(found, archive, 100)
    archive.flush()
    assert content == "海城".encode()
    assert taken.sha256 == sha256("海城".encode()).hexdigest()
    assert archive.path_of(taken.sha256).read_bytes() == content
    assert archive.path_of(taken.sha256).parent.name == taken.sha256[:2]
    assert taken.size_bytes == 6


def test_the_same_bytes_are_kept_once_and_a_damaged_copy_is_replaced(archive: Archive) -> None:
    kept = archive.path_of(archive.keep(b"abc"))
    archive.keep(b"abc")
    archive.flush()
    before = kept.stat().st_ino
    archive.keep(b"abc")
    archive.flush()
    assert kept.stat().st_ino == before
    kept.write_bytes(b"a")
    archive.keep(b"abc")
    archive.flush()
    assert kept.read_bytes() == b"abc"


def test_many_files_stand_in_their_places_after_one_flush(archive: Archive) -> None:
    contents = [f"{number}".encode() for number in range(300)]
    kept = [archive.path_of(archive.keep(content)) for content in contents]
    assert not any(path.exists() for path in kept)
    archive.flush()
    assert [path.read_bytes() for path in kept] == contents
    assert list((archive.root / ".incoming").iterdir()) == []


def test_a_file_that_is_gone_is_no_success_of_flushing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        flush_paths([tmp_path / "gone"])
    with pytest.raises(FileNotFoundError):
        flush_paths([tmp_path / f"gone {number}" for number in range(100)])


def test_a_file_above_the_cap_is_archived_without_being_held_in_memory(inbox: Path, archive: Archive) -> None:
    (inbox / "c" / "a.xlsx").write_bytes(b"12345678901")
    (found,) = scan_inbox(inbox)
    taken, content = read_once(found, archive, 10)
    archive.flush()
    assert content is None
    assert archive.path_of(taken.sha256).read_bytes() == b"12345678901"
    assert taken.sha256 == sha256(b"12345678901").hexdigest() == read_once(found, NoArchive(), 10)[0].sha256


def test_half_written_files_of_a_killed_run_are_removed(archive: Archive) -> None:
    (archive.root / ".incoming" / "stream").write_bytes(b"half")
    archive.prepare()
    assert list((archive.root / ".incoming").iterdir()) == []


def test_a_file_that_a_program_still_writes_waits(inbox: Path, archive: Archive) -> None:
    with (inbox / "c" / "a.xlsx").open("wb") as copying:
        copying.write(b"first half")
        copying.flush()
        (found,) = scan_inbox(inbox)
        assert read_once(found, archive, 100).problem.rule_code == Reading.STILL_ARRIVING
    assert read_once(found, archive, 100)[1] == b"first half"


def test_a_file_that_changes_within_the_quiet_time_waits_and_others_are_taken(inbox: Path) -> None:
    """What grows is written, closed and opened again, as network copies do."""
    growing, still = inbox / "c" / "growing.xlsx", inbox / "c" / "still.xlsx"
    for path in (growing, still):
        path.write_bytes(b"x")
    stop = threading.Event()

    def grow() -> None:
        while not stop.is_set():
            with growing.open("ab") as handle:
                handle.write(b"x")
            time.sleep(0.02)

    copying = threading.Thread(target=grow)
    copying.start()
    ready, waiting = leave_unsettled(scan_inbox(inbox), 0.3)
    stop.set()
    copying.join()
    assert [file.file_name for file in ready] == ["still.xlsx"]
    assert [(one.found.file_name, one.problem.rule_code) for one in waiting] == [("growing.xlsx", "RD-7-02")]


def test_files_that_have_been_left_alone_are_not_waited_for(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (inbox / "c" / "a.xlsx").write_bytes(b"x")
    monkeypatch.setattr(receipt.time, "sleep", lambda seconds: pytest.fail("waited"))
    assert len(leave_unsettled(scan_inbox(inbox), 0)[0]) == 1


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        (os.fsdecode("海城镇6月.xlsx".encode("gbk")), "海城镇6月.xlsx"),
        (os.fsdecode(b"\xff\xff.xlsx"), "\\xff\\xff.xlsx"),
        ("海城\u202egnp.xlsx", "海城_gnp.xlsx"),
        ("a\nb\x1b[31m.xlsx", "a_b_[31m.xlsx"),
        ("全角　空格.xlsx", "全角　空格.xlsx"),
    ],
)
def test_a_name_of_any_encoding_can_be_printed_and_stored(name: str, readable: str) -> None:
    assert readable_name(name) == readable
    readable_name(name).encode()


def test_names_in_gbk_bytes_and_of_250_bytes_are_received(inbox: Path, archive: Archive) -> None:
    folder = inbox / os.fsdecode("海城镇".encode("gbk"))
    folder.mkdir()
    for name in ("八里镇6月.xlsx".encode("gbk"), "长".encode() * 81 + b"12.xlsx"):
        (folder / os.fsdecode(name)).write_bytes(name)
    taken = [read_once(found, archive, 1000) for found in scan_inbox(inbox)]
    assert [one.found.file_path for one, _ in taken] == ["海城镇/八里镇6月.xlsx", f"海城镇/{'长' * 81}12.xlsx"]
    assert len(os.fsencode(taken[1][0].found.path.name)) == 250


def test_a_file_gone_from_the_inbox_is_no_event_but_a_missing_file_given_by_name_is(
    inbox: Path, archive: Archive
) -> None:
    (inbox / "c" / "a.xlsx").write_bytes(b"x")
    (found,) = scan_inbox(inbox)
    found.path.unlink()
    assert read_once(found, archive, 100) is None
    (given,) = find_files([inbox.parent / "nowhere.xlsx"], inbox)
    assert read_once(given, archive, 100).problem.rule_code == Reading.CANNOT_OPEN


def test_files_given_by_path_know_whether_they_lie_in_the_inbox(inbox: Path) -> None:
    (inbox / "c" / "镇").mkdir()
    (inbox / "c" / "镇" / "a.xlsx").write_bytes(b"x")
    (inbox.parent / "elsewhere" / "2023-06").mkdir(parents=True)
    (inbox.parent / "elsewhere" / "2023-06" / "b.xlsx").write_bytes(b"x")
    found = find_files([inbox / "c" / "镇" / "a.xlsx", inbox.parent / "elsewhere"], inbox)
    assert [(file.file_path, file.folders, file.in_inbox) for file in found] == [
        ("c/镇/a.xlsx", ("c", "镇"), True),
        ("2023-06/b.xlsx", ("2023-06",), False),
    ]
