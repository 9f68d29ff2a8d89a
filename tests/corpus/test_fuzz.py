"""Files changed at random, always the same way: none ends the run, and each has one outcome with a reason."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from ingest.files.office_parts import OfficeParts
from ingest.files.read_xlsx import read_quickly
from ingest.files.xlsx_sheets import read_sheets
from ingest.files.xlsx_workbook import read_workbook
from ingest.files.zip_members import UnsafeError
from ingest.parsed import ParsedSubmission
from ingest.workers.supervisor import Supervisor
from ingest.workers.wire import ParseRequest
from tests.corpus import excel_parts, old_excel, plain_text, word
from tests.corpus.promises import assert_nothing_is_silent
from tests.corpus.test_both_ways import cells
from tests.unit.ingest.parsing import CAMPAIGN, DATES, READ, figures

_FILES: dict[str, Callable[[], bytes]] = {
    "孤山镇6月.xlsx": excel_parts.excel,
    "孤山镇6月.xls": old_excel.workbook,
    "孤山镇6月.et": old_excel.workbook,
    "孤山镇6月.docx": word.ordinary,
    "孤山镇6月.csv": plain_text.separated,
    "孤山镇6月.html": plain_text.page,
}
_CHECKED = (".xlsx", ".docx")  # every part that is read has a checksum
_TURNS = 60
_PIECES = (
    *(b"<", b">", b'"', b"'", b"&", b"/", b"\0", b"\xff", b"<v>", b"</v>", b"<c/>", b"<f/>", b"<row/>", b"<!-- -->"),
    *(b' t="e"', b' t="s"', b' r="D4"', b' s="1"', b' hidden="1"', b"<![CDATA[9]]>", b"&#57;", b"&amp;", b"xmlns:x="),
    *(b"1e999", b"-1", b"99999999999999999999", b"_x000B_", "９".encode(), b"<strike/>", b"<mergeCell ref='A1:G9'/>"),
    *(b"</sheetData>", b"<sheetData>", b"<is><t>9</t></is>", b"<sheet name='x'/>", b"]]>", b"\r\n", b"  "),
)


def _changed(content: bytes, dice: random.Random) -> bytes:
    """Some bytes overwritten, put in, taken out, doubled or cut off."""
    mutable = bytearray(content)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(mutable)) if mutable else 0
        end = min(len(mutable), at + dice.choice((1, 1, 2, 7, 60, 500)))
        match dice.randrange(6):
            case 0:
                mutable[at:end] = dice.randbytes(end - at)
            case 1:
                mutable[at:at] = dice.choice(_PIECES)
            case 2:
                del mutable[at:end]
            case 3:
                mutable[at:at] = mutable[at:end]
            case 4:
                mutable[at : at + 1] = bytes([mutable[at] ^ 1 << dice.randrange(8)]) if mutable else b""
            case _ if dice.random() < 0.2:
                del mutable[at:]
    return bytes(mutable)


def _slightly_changed(content: bytes, dice: random.Random) -> bytes:
    """A digit here and there replaced (places, styles, figures, indexes), a piece put in between two tags."""
    mutable = bytearray(content)
    for _ in range(dice.randint(1, 3)):
        at = dice.choice([place for place, byte in enumerate(mutable) if chr(byte).isdigit()])
        mutable[at] = dice.choice(b"0123456789")
    if dice.random() < 0.3:
        between = dice.choice([place + 1 for place, byte in enumerate(mutable) if byte == ord(">")])
        mutable[between:between] = dice.choice(_PIECES)
    return bytes(mutable)


def _with_changed_part(dice: random.Random) -> bytes:
    """A workbook of which the XML itself is changed; container and checksums are right."""

    def change(parts: excel_parts.Parts) -> None:
        names = (excel_parts.SHEET, excel_parts.SHEET, excel_parts.STRINGS, excel_parts.STYLES, excel_parts.WORKBOOK)
        name = dice.choice(names)
        parts[name] = dice.choice((_changed, _slightly_changed))(parts[name], dice)

    return excel_parts.excel(None, change)


@pytest.fixture(scope="module")
def worker() -> Iterator[Supervisor]:
    with Supervisor({CAMPAIGN.campaign_id: CAMPAIGN}, {CAMPAIGN.campaign_id: DATES}) as supervisor:
        yield supervisor


def _read(worker: Supervisor, files: list[tuple[str, bytes]]) -> list[list[ParsedSubmission]]:
    day = date(2023, 6, 25)
    read = list(worker.parse(ParseRequest(content, name, (), CAMPAIGN.campaign_id, day) for name, content in files))
    assert len(read) == len(files)
    return read


@pytest.mark.parametrize("name", _FILES)
def test_files_with_changed_bytes(worker: Supervisor, name: str) -> None:
    dice = random.Random(name)
    content = _FILES[name]()
    for submissions in _read(worker, [(name, _changed(content, dice)) for _ in range(_TURNS)]):
        assert_nothing_is_silent(submissions)
        for submission in submissions:
            if name.endswith(_CHECKED) and not submission.quarantined:
                assert figures(submission) == READ


def test_workbooks_with_changed_xml(worker: Supervisor) -> None:
    dice = random.Random(2023)
    for submissions in _read(worker, [("孤山镇6月.xlsx", _with_changed_part(dice)) for _ in range(3 * _TURNS)]):
        assert_nothing_is_silent(submissions)


def test_the_quick_way_reads_no_changed_xml_otherwise_than_the_careful_one() -> None:
    dice = random.Random(6)
    quick = 0
    for _ in range(10 * _TURNS):
        content = _with_changed_part(dice)
        try:
            parts = OfficeParts(content)
            read = read_quickly(parts, read_workbook(parts))
        except UnsafeError:
            continue
        if read is not None:
            quick += 1
            parts = OfficeParts(content)
            assert cells(read) == cells(read_sheets(parts, read_workbook(parts)))
    assert quick > _TURNS
