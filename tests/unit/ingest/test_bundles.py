"""Archives of files: what is taken out of them, under which names, and what is refused."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from campaigns.calendar import WorkCalendar, due_dates
from campaigns.load import load_campaign
from ingest.bundles import Allowance, bundle_kind, unpack
from ingest.files.zip_members import DamagedError, UnsafeError
from ingest.intake import IntakePaths, IntakeReport, check_files, take_in
from tests.unit.ingest.plain_forms import SETTINGS, form, judge, paths_of

CAMPAIGN = "haicheng_2023"
NOW = datetime(2023, 6, 25, 1, 30)
NEXT = datetime(2023, 6, 26, 1, 30)


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def named_in(raw: bytes, extra: bytes = b"") -> bytes:
    """An archive of one empty file whose name is given as bytes, without the flag that says UTF-8."""
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, len(raw), len(extra)) + raw + extra
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(raw), len(extra), 0, 0, 0, 0, 0)
    directory = entry + raw + extra
    return local + directory + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(local), 0)


def workbook() -> bytes:
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


def labels(content: bytes) -> list[str]:
    return ["/".join((*part.folders, part.name)) for part in unpack("zip", content, Allowance())]


def test_an_office_document_is_no_bundle_and_an_archive_of_them_is() -> None:
    assert bundle_kind(workbook(), "a.xlsx") is None
    assert bundle_kind(packed(("a.xlsx", workbook())), "a.zip") == "zip"
    assert bundle_kind(packed(("a.xlsx", workbook()), method=zipfile.ZIP_STORED), "a.zip") == "zip"
    assert bundle_kind(packed(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")), "a.ods") is None
    assert bundle_kind(b"PK\x03\x04 cut off", "a.zip") is None


@pytest.mark.parametrize(
    ("raw", "extra", "label"),
    [
        ("孤山镇6月.xlsx".encode("gbk"), b"", "孤山镇6月.xlsx"),
        ("报表/岔沟镇.xlsx".encode("gbk"), b"", "报表/岔沟镇.xlsx"),
        ("孤山镇6月.xlsx".encode(), b"", "孤山镇6月.xlsx"),
        (b"?.xlsx", b"", "?.xlsx"),
        (
            "孤山镇.xlsx".encode("gbk"),
            struct.pack("<HHBI", 0x7075, 5 + len("孤山（改）.xlsx".encode()), 1, 0) + "孤山（改）.xlsx".encode(),
            "孤山（改）.xlsx",
        ),
        ("乙丁.xlsx".encode("gbk"), b"", "乙丁.xlsx"),
        (b"..\\..\\..\\etc/passwd", b"", "etc/passwd"),
        (b"/root/a.csv", b"", "root/a.csv"),
        (b"C:\\forms\\a.csv", b"", "forms/a.csv"),
        (b"-rf a\nb\x1b[2J.csv", b"", "-rf a_b_[2J.csv"),
        ("\u202egpj.exe".encode(), b"", "_gpj.exe"),
        (b"a" * 300 + b".xlsx", b"", "a" * 114 + "….xlsx"),
        (b"\xff\xfe\x80", b"", "\ufffd\u4723"),
    ],
)
def test_a_name_inside_is_a_label_in_the_right_characters(raw: bytes, extra: bytes, label: str) -> None:
    assert labels(named_in(raw, extra)) == [label]


def test_two_members_of_one_name_are_both_taken_and_told_apart() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = packed(("a.csv", b"1"), ("a.csv", b"2"), ("A.csv", b"3"), ("b/a.csv", b"4"))
    assert labels(content) == ["a.csv", "a(2).csv", "A.csv", "b/a.csv"]


def test_litter_and_folders_inside_are_no_files() -> None:
    content = packed(("报表/", b""), ("__MACOSX/._a.csv", b"x"), ("报表/.DS_Store", b"x"), ("报表/~$a.xlsx", b"x"))
    assert labels(content) == []


def test_what_unpacks_to_more_than_the_allowance_is_unsafe() -> None:
    content = packed(("a.csv", b"0" * 600), ("b.csv", b"0" * 600))
    with pytest.raises(UnsafeError, match="too large once unpacked"):
        unpack("zip", content, Allowance(size_bytes=1_199))
    with pytest.raises(UnsafeError, match="too many files inside"):
        unpack("zip", content, Allowance(files=1))
    allowance = Allowance(files=4, size_bytes=2_400)
    unpack("zip", content, allowance)
    unpack("zip", content, allowance)
    assert (allowance.files, allowance.size_bytes) == (0, 0)


def test_a_member_that_is_longer_than_it_says_is_unsafe() -> None:
    content = bytearray(packed(("a.csv", b"0" * 1000)))
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<I", 10)
    with pytest.raises(UnsafeError, match="longer than it says"):
        unpack("zip", bytes(content), Allowance())


def test_a_damaged_member_refuses_the_whole_archive() -> None:
    content = bytearray(packed(("a.csv", b"good"), ("b.csv", b"bad!"), method=zipfile.ZIP_STORED))
    content[content.index(b"bad!")] ^= 1
    with pytest.raises(DamagedError, match="checksum"):
        unpack("zip", bytes(content), Allowance())


@pytest.fixture
def paths(tmp_path: Path) -> IntakePaths:
    (tmp_path / "inbox" / CAMPAIGN).mkdir(parents=True)
    return paths_of(tmp_path)


@pytest.fixture
def take(paths: IntakePaths) -> Callable[..., IntakeReport]:
    campaign = load_campaign(CAMPAIGN)
    dates = {CAMPAIGN: due_dates(campaign, WorkCalendar.load())}

    def take(now: datetime = NOW) -> IntakeReport:
        return take_in(paths, {CAMPAIGN: campaign}, dates, judge, now, settings=SETTINGS)

    return take


def receipts(paths: IntakePaths) -> list[tuple]:
    found = duckdb.read_parquet(f"{paths.raw}/receipts/*.parquet")
    return found.project("received_on, file_path, result").order("all").fetchall()


def told(report: IntakeReport) -> list[tuple[str, str]]:
    return [(file.file_path.removeprefix(f"{CAMPAIGN}/"), file.result) for file in report.files]


def test_every_file_of_an_archive_has_its_own_receipt_and_the_archive_has_one(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    archive = packed(
        ("a.csv", form(f1_1=1)),
        ("报表/b.csv", form("210381102", f1_1=1, f1_2=2)),
        ("说明.txt", b"no form"),
        ("again.csv", form(f1_1=1)),
    )
    (paths.inbox / CAMPAIGN / "六月.zip").write_bytes(archive)
    report = take()
    assert told(report) == [
        ("六月.zip", "unpacked"),
        ("六月.zip!a.csv", "accepted"),
        ("六月.zip!报表/b.csv", "returned"),
        ("六月.zip!说明.txt", "quarantined"),
        ("六月.zip!again.csv", "duplicate"),
    ]
    assert report.files[0].notes[0].message == "《六月.zip》已拆开，里面 4 个文件各自登记。"
    assert not list((paths.inbox / CAMPAIGN).iterdir())
    kept = {path.read_bytes() for path in paths.archive.rglob("*") if path.is_file()}
    assert kept == {archive, form(f1_1=1), form("210381102", f1_1=1, f1_2=2), b"no form"}
    aside = [path for path in (paths.quarantine / CAMPAIGN).iterdir() if path.name.startswith("说明.")]
    assert sorted(path.name[-12:] for path in aside if path.suffix == ".json") == [".reason.json"]
    assert b"no form" in {path.read_bytes() for path in aside}


def test_an_archive_sent_again_or_its_members_one_by_one_add_nothing(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    for now in (NOW, NEXT):
        (paths.inbox / CAMPAIGN / "六月.zip").write_bytes(packed(("a.csv", form(f1_1=1))))
        take(now)
    (paths.inbox / CAMPAIGN / "a.csv").write_bytes(form(f1_1=1))
    assert told(take(datetime(2023, 6, 27))) == [("a.csv", "duplicate")]
    assert [result for _, _, result in receipts(paths)] == [
        "unpacked", "accepted", "unpacked", "duplicate", "duplicate",
    ]  # fmt: skip
    assert len(duckdb.read_parquet(f"{paths.raw}/submissions/*.parquet").fetchall()) == 1


def test_an_archive_in_an_archive_is_opened_and_one_deeper_is_refused(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    third = packed(("c.csv", form("210381103", f1_1=1)))
    second = packed(("b.csv", form("210381102", f1_1=1)), ("三层.zip", third))
    (paths.inbox / CAMPAIGN / "一.zip").write_bytes(packed(("a.csv", form(f1_1=1)), ("二.zip", second)))
    # the plain reader of these tests takes any bytes for text: what the third layer holds is no form to it
    assert told(take()) == [
        ("一.zip", "unpacked"),
        ("一.zip!a.csv", "accepted"),
        ("一.zip!二.zip", "unpacked"),
        ("一.zip!二.zip!b.csv", "accepted"),
        ("一.zip!二.zip!三层.zip", "quarantined"),
    ]


def test_a_damaged_archive_inside_costs_itself_only(paths: IntakePaths, take: Callable[..., IntakeReport]) -> None:
    bad = bytearray(packed(("b.csv", b"bad!"), method=zipfile.ZIP_STORED))
    bad[bad.index(b"bad!")] ^= 1
    (paths.inbox / CAMPAIGN / "外.zip").write_bytes(packed(("a.csv", form(f1_1=1)), ("内.zip", bytes(bad))))
    report = take()
    assert told(report) == [("外.zip", "unpacked"), ("外.zip!a.csv", "accepted"), ("外.zip!内.zip", "quarantined")]
    assert report.files[2].submissions[0].reasons[0].rule_code == "RD-7-15"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(), "RD-7-16"),
        (packed(("__MACOSX/._a.csv", b"x")), "RD-7-16"),
        (packed(*((f"{n}.csv", b"") for n in range(1_001))), "RD-7-15"),
        (packed(("a.csv", b"0" * (25 << 20))), "RD-7-15"),
    ],
)
def test_an_archive_that_is_empty_or_too_much_is_told_so(
    paths: IntakePaths, take: Callable[..., IntakeReport], content: bytes, code: str
) -> None:
    (paths.inbox / CAMPAIGN / "包.zip").write_bytes(content)
    (file,) = take().files
    assert file.result == "quarantined"
    assert file.submissions[0].reasons[0].rule_code == code
    assert not list((paths.inbox / CAMPAIGN).iterdir())


def test_an_archive_waits_whole_when_one_of_its_files_must_wait(
    paths: IntakePaths, take: Callable[..., IntakeReport]
) -> None:
    zipped = paths.inbox / CAMPAIGN / "六月.zip"
    zipped.write_bytes(packed(("a.csv", form(f1_1=1)), ("b.csv", form("210381102", f1_1=666))))
    assert told(take()) == [("六月.zip!b.csv", "waiting")]
    assert zipped.exists()
    assert receipts(paths) == []


def test_the_name_of_the_archive_and_its_folders_may_say_whose_a_form_is(tmp_path: Path) -> None:
    """The worker is told them as folders, the weakest of the places that name a unit or a period."""
    campaign = load_campaign(CAMPAIGN)
    zipped = tmp_path / "孤山镇.zip"
    zipped.write_bytes(packed(("六月/表.csv", b"")))
    settings = type(SETTINGS)(quiet_seconds=0, parser=f"{__name__}:tell_folders")
    results = check_files([zipped], {CAMPAIGN: campaign}, {CAMPAIGN: []}, judge, NOW, settings=settings)
    assert [file.file_path for file in results] == ["孤山镇.zip", "孤山镇.zip!六月/表.csv"]
    assert results[1].submissions[0].sheet_name == "孤山镇|六月"


def tell_folders(content: bytes, file_name: str, folders: tuple[str, ...], *_: object) -> list:
    from tests.unit.ingest.plain_forms import parse

    return parse(f"sheet={'|'.join(folders)}".encode(), file_name, folders, None, None, None)  # type: ignore[arg-type]
