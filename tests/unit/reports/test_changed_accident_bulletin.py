"""A 事故通报 that somebody changed is held back, and what was changed is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from reports.bulletins.accident_bulletin import verify_accident_bulletin, write_accident_bulletin
from reports.report_request import ReportRequest
from tests.unit.reports.accidents_of_spring import publish_accidents
from tests.unit.reports.putuo_head import PUTUO


@pytest.fixture
def request_(tmp_path: Path) -> ReportRequest:
    return ReportRequest(publish_accidents(tmp_path / "published"), PUTUO, "2024Q2", disclosure="public")


def controls(document: Any, name: str) -> list[Any]:
    """The text elements of the figures bound to `name`."""
    found = [
        tag.getparent().getparent() for tag in document.element.body.iter(qn("w:tag")) if tag.get(qn("w:val")) == name
    ]
    return [next(control.iter(qn("w:t"))) for control in found]


def with_figure(path: Path, request: ReportRequest, name: str, text: str) -> Path:
    """The bulletin with the first figure bound to `name` typed over."""
    write_accident_bulletin(path, request)
    document = docx.Document(str(path))
    controls(document, name)[0].text = text
    document.save(str(path))
    return path


def test_a_changed_figure_is_found_with_its_fact(request_: ReportRequest, tmp_path: Path) -> None:
    path = with_figure(tmp_path / "a.docx", request_, "rpt_accident_summary.deaths.2024Q2", "2")
    (difference,) = verify_accident_bulletin(path, request_)
    assert str(difference).startswith("第7段 rpt_accident_summary.deaths.2024Q2：文件为“2”，数据为“3”。")


def test_a_changed_cell_is_found_with_its_place(request_: ReportRequest, tmp_path: Path) -> None:
    path = with_figure(tmp_path / "a.docx", request_, "rpt_accident_summary.deaths.2024Q1", "0")
    (difference,) = verify_accident_bulletin(path, request_)
    assert (difference.cell, difference.printed, difference.expected) == ("第12段（表）R2C3", "0", "1")


@pytest.mark.parametrize(
    ("change", "printed"),
    [
        ("<w:r><w:t>另有9起。</w:t></w:r>", "另有9起。"),
        ("<w:r><w:drawing/></w:r>", "□"),
    ],
)
def test_what_is_added_by_hand_is_found(request_: ReportRequest, tmp_path: Path, change: str, printed: str) -> None:
    path = write_accident_bulletin(tmp_path / "a.docx", request_)
    document = docx.Document(str(path))
    element = parse_xml(change.replace("<w:r>", f"<w:r {nsdecls('w')}>"))
    document.paragraphs[-1]._p.append(element)
    document.save(str(path))
    (difference,) = verify_accident_bulletin(path, request_)
    assert difference.what == "文字" and difference.printed.endswith(printed)


@pytest.mark.parametrize("mark", ["w:vanish", "w:del"])
def test_a_figure_that_a_reader_does_not_see_is_missing(request_: ReportRequest, tmp_path: Path, mark: str) -> None:
    path = write_accident_bulletin(tmp_path / "a.docx", request_)
    document = docx.Document(str(path))
    run = controls(document, "rpt_accident_summary.deaths.2024Q2")[0].getparent()
    if mark == "w:vanish":
        run.insert(0, parse_xml(f"<w:rPr {nsdecls('w')}><w:vanish/></w:rPr>"))
    else:
        deleted = parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="x"/>')
        run.addprevious(deleted)
        deleted.append(run)
    document.save(str(path))
    (difference,) = verify_accident_bulletin(path, request_)
    assert (difference.printed, difference.expected) == ("", "3")
