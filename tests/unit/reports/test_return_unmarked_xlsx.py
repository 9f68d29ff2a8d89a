"""A workbook in which nothing can be marked comes back as it was sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from campaigns.vocabulary import Verdict
from reports.returns.return_slip import write_return_package
from reports.returns.returned_file import ReturnedFile
from tests.unit.reports.marked_workbooks import with_parts
from tests.unit.reports.returned_forms import ROWS, UNREADABLE, as_xlsx, failed, returned


@pytest.mark.parametrize(
    "changes",
    [
        {"content": b"PK\x03\x04 damaged"},
        {"content": as_xlsx(ROWS)[:2000]},
        {"content": with_parts(as_xlsx(ROWS), xl__styles_dot_xml=b"<styleSheet/>")},
        {"content": with_parts(as_xlsx(ROWS), xl__worksheets__sheet1_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')},
        {"content": as_xlsx(ROWS), "outcomes": (UNREADABLE, failed("RD-1-05", "结构不正常。"))},
        {"content": as_xlsx(ROWS), "outcomes": (failed("PF-1-01", at="没有这个表!D2"),)},
        {"content": as_xlsx(ROWS), "outcomes": (failed("RD-4-01", "看不出是哪一期。"),)},
        {"content": as_xlsx(ROWS), "file_format": "xlsb"},
    ],
    ids=["damaged", "cut off", "no formats", "document type", "unsafe", "no such sheet", "no cell blamed", "unknown"],
)
def test_where_nothing_can_be_marked_the_file_comes_back_as_it_was(tmp_path: Path, changes: dict[str, Any]) -> None:
    one = returned(UNREADABLE, verdict=Verdict.QUARANTINED)
    fields = {name: getattr(one, name) for name in one.__dataclass_fields__}

    _, path = write_return_package(tmp_path, ReturnedFile(**(fields | changes)))

    assert path.name == "孤山镇6月.xlsx"
    assert path.read_bytes() == changes["content"]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = with_parts(as_xlsx(ROWS), xl__bomb_dot_xml=b"\0" * (33 * 1024 * 1024))

    _, path = write_return_package(tmp_path, returned(UNREADABLE, content=bomb))

    assert path.name == "孤山镇6月.xlsx"
