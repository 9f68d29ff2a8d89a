"""Names of the files that go back to their sender."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaigns.vocabulary import Verdict
from reports.returns.return_slip import write_return_package
from reports.returns.returned_file import attachment_name
from tests.unit.reports.returned_forms import ROWS, as_csv, as_docx, as_xls, as_xlsx, failed, returned


@pytest.mark.parametrize(
    ("file_name", "marked", "expected"),
    [
        ("孤山镇6月.xlsx", True, "孤山镇6月（标注）.xlsx"),
        ("孤山镇6月.xlsx", False, "孤山镇6月.xlsx"),
        ("../../etc/passwd", False, "_._etc_passwd"),
        ("a\\b:c*d?e\"f<g>h|i\tj\nk.xls", False, "a_b_c_d_e_f_g_h_i_j_k.xls"),
        ("gpj\u202excod.exe", True, "gpjxcod（标注）.exe"),
        ("\udcff\x00坏.xlsx", False, "坏.xlsx"),
        (".hidden", True, "hidden（标注）"),
        ("...", False, "来件"),
        ("", True, "来件（标注）"),
        ("CON.xlsx", False, "_CON.xlsx"),
        ("退回单.docx", False, "退回单（原件）.docx"),
        ("退回单.docx", True, "退回单（标注）.docx"),
        ("联系人13812347391.xlsx", False, "联系人138____7391.xlsx"),
        ("x." + "y" * 40, False, "x." + "y" * 40),
    ],
)  # fmt: skip
def test_names_are_cleaned(file_name: str, marked: bool, expected: str) -> None:
    assert attachment_name(file_name, marked=marked) == expected


def test_long_names_fit_every_disk() -> None:
    name = attachment_name("镇" * 300 + ".xlsx", marked=True)

    assert name == "镇" * 50 + "（标注）.xlsx"
    assert len(f".{name}.partial".encode()) < 255


def test_the_ending_of_a_fresh_copy_is_its_own() -> None:
    assert attachment_name("表.xls", marked=True, ending=".xlsx") == "表（标注）.xlsx"


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0 encrypted", b"%PDF-1.7", b"\x00\x01"])
def test_what_cannot_be_opened_goes_back_unchanged(tmp_path: Path, content: bytes) -> None:
    one = returned(failed("RD-1-02", "有打开密码。"), content=content, file_format="", verdict=Verdict.QUARANTINED)

    paths = write_return_package(tmp_path / "a" / "b", one)

    assert [path.name for path in paths] == ["退回单.docx", "孤山镇6月.xlsx"]
    assert paths[1].read_bytes() == content


@pytest.mark.parametrize(
    ("file_format", "make"), [("xlsx", as_xlsx), ("docx", as_docx), ("xls", as_xls), ("csv", as_csv)]
)
def test_no_damage_keeps_the_slip_from_its_sender(
    tmp_path: Path, file_format: str, make: Callable[[list[list[Any]]], bytes]
) -> None:
    """Bytes changed at random: the package is written all the same, marked or as received."""
    sent, dice = make(ROWS), random.Random(2023)
    blamed = tuple(failed("PF-1-01", at=at) for at in ("Sheet!D2", "表格1!R2C4", "CSV!R2C4"))
    for _ in range(25):
        content = bytearray(sent)
        for _ in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        damaged = bytes(content[: dice.choice([len(content), dice.randrange(1, len(content))])])
        one = returned(*blamed, content=damaged, file_format=file_format, file_name=f"a.{file_format}")

        slip, attachment = write_return_package(tmp_path, one)

        assert slip.name == "退回单.docx"
        assert "（标注）" in attachment.name or attachment.read_bytes() == damaged


def test_a_file_whose_bytes_are_not_given_gets_only_the_slip(tmp_path: Path) -> None:
    too_large = returned(failed("RD-1-06", "太大。"), verdict=Verdict.QUARANTINED)

    assert [path.name for path in write_return_package(tmp_path, too_large)] == ["退回单.docx"]
    assert [path.name for path in tmp_path.iterdir()] == ["退回单.docx"]
