"""The sender's own Word form with its cells marked; its text stays as it was."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from campaigns.vocabulary import RuleClass
from ingest.files.read_docx import read_docx
from reports.returns.return_slip import write_return_package
from tests.unit.reports.returned_forms import ROWS, as_docx, failed, returned


def marked(folder: Path, content: bytes, *outcomes: Any) -> Any:
    one = returned(*outcomes, content=content, file_name="孤山镇.docx", file_format="docx")
    _, path = write_return_package(folder, one)
    assert path.name == "孤山镇（标注）.docx"
    return docx.Document(str(path))


def fill(cell: Any) -> str | None:
    shading = cell._tc.find(f".//{qn('w:shd')}")
    return None if shading is None else shading.get(qn("w:fill"))


def commented(document: Any, text: str) -> str:
    """The text between the ends of the comment with this text."""
    number = next(str(one.comment_id) for one in document.comments if one.text.strip() == text)
    inside, words = False, ""
    for element in document.element.body.iter():
        if element.get(qn("w:id")) == number:
            inside = element.tag == qn("w:commentRangeStart")
        elif inside and element.tag == qn("w:t"):
            words += element.text or ""
    return words


def test_blamed_cells_are_shaded_and_commented(tmp_path: Path) -> None:
    sent = as_docx(ROWS)

    document = marked(
        tmp_path,
        sent,
        failed("PF-1-01", "太大。", at="表格1!R2C4", item="1.2"),
        failed("PF-0-02", "没有填数。", at="表格1!R3C4", item="1.4", rule_class=RuleClass.VERIFICATION),
    )
    table = document.tables[0]

    assert [[fill(cell) for cell in row.cells] for row in table.rows] == [
        [None, None, None, None],
        [None, None, None, "FFC3CB"],
        [None, None, None, "FFF1B1"],
    ]
    original = docx.Document(io.BytesIO(sent)).tables[0]
    assert [[c.text for c in row.cells] for row in table.rows] == [[c.text for c in row.cells] for row in original.rows]
    assert commented(document, "【强制性 PF-1-01】太大。") == "8"
    assert commented(document, "【核实性 PF-0-02】没有填数。") == ""
    assert {one.author for one in document.comments} == {"海城市安全生产委员会办公室"}


def test_a_paragraph_is_commented(tmp_path: Path) -> None:
    document = marked(tmp_path, as_docx(ROWS), failed("RD-3-02", "不在名单里。", at="正文!R1C1"))

    assert commented(document, "【强制性 RD-3-02】不在名单里。") == "填报单位：孤山镇"
    assert document.paragraphs[0].text == "填报单位：孤山镇"


def an_awkward_document() -> bytes:
    """Merged cells, shifted rows, tables inside cells, tracked changes, content controls, hidden text, empty lines."""
    document = docx.Document()
    document.add_paragraph("")
    document.add_paragraph("标题")
    hidden = document.add_paragraph().add_run("隐藏的一段")
    hidden.font.hidden = True
    document.add_paragraph("填报单位")
    table = document.add_table(rows=4, cols=5)
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.text = f"甲{number + 1}-{column + 1}"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "甲横并"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "甲竖并"
    inner = table.cell(3, 2).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "乙1-1", "乙1-2"
    innermost = inner.cell(0, 1).add_table(rows=1, cols=1)
    innermost.cell(0, 0).text = "丙1-1"
    before = OxmlElement("w:gridBefore")
    before.set(qn("w:val"), "2")
    last_row = table.rows[3]._tr
    last_row.get_or_add_trPr().append(before)
    inserted, deleted = OxmlElement("w:ins"), OxmlElement("w:del")
    run = table.cell(1, 3)._tc.p_lst[0].r_lst[0]
    run.addprevious(inserted)
    inserted.append(run)
    table.rows[2]._tr.get_or_add_trPr().append(deleted)
    second = document.add_table(rows=1, cols=1)
    second.cell(0, 0).text = "丁1-1"
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    second._tbl.addprevious(control)
    control.append(content)
    content.append(second._tbl)
    document.add_paragraph("末段")
    finished = io.BytesIO()
    document.save(finished)
    return finished.getvalue()


def test_cells_are_found_by_the_addresses_that_the_reader_gives(tmp_path: Path) -> None:
    """The reader of submissions and the marker count alike; each comment stands at the text the reader saw there."""
    sent = an_awkward_document()
    (grid,) = read_docx(sent).grids
    seen = {
        grid.at(row, column): value
        for row, values in enumerate(grid.rows)
        for column, value in enumerate(values)
        if isinstance(value, str)
    }
    assert {"表格1!R1C2", "表格1!R4C3", "表格2!R1C1", "表格3!R1C1", "表格4!R1C1", "正文!R3C1"} <= seen.keys()

    document = marked(tmp_path, sent, *(failed("PF-1-01", f"查{value}", at=at) for at, value in seen.items()))

    texts = {one.text.strip().removeprefix("【强制性 PF-1-01】查") for one in document.comments}
    assert texts == set(seen.values())
    for value in seen.values():
        assert value in (commented(document, f"【强制性 PF-1-01】查{value}"), *_inserted(document, value))
    assert {grid.at(r, c) for r, c in _places(read_docx(_saved(document)).grids[0].rows)} == seen.keys()


def _inserted(document: Any, value: str) -> list[str]:
    """Text under tracked changes stands beside its comment, in the same cell."""
    cells = document.element.body.iter(qn("w:tc"))
    return [value for cell in cells if cell.find(f".//{qn('w:ins')}") is not None and value in "".join(cell.itertext())]


def _places(rows: list[list[Any]]) -> list[tuple[int, int]]:
    return [(r, c) for r, values in enumerate(rows) for c, value in enumerate(values) if isinstance(value, str)]


def _saved(document: Any) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def test_a_marked_form_corrected_in_place_is_marked_anew(tmp_path: Path) -> None:
    first = marked(tmp_path / "1", as_docx(ROWS), failed("PF-1-01", "太大。", at="表格1!R2C4"))

    again = marked(tmp_path / "2", _saved(first), failed("PF-1-02", "太大。", at="表格1!R3C4"))

    assert [fill(row.cells[3]) for row in again.tables[0].rows] == [None, None, "FFC3CB"]
    assert [one.text.strip() for one in again.comments] == ["【强制性 PF-1-02】太大。"]
    assert again.element.body.findall(f".//{qn('w:commentReference')}")[0].get(qn("w:id")) == str(
        next(iter(again.comments)).comment_id
    )
    assert len(again.element.body.findall(f".//{qn('w:commentRangeStart')}")) == 1


@pytest.mark.parametrize("damage", [lambda c: c[:1500], lambda c: b"PK\x03\x04"], ids=["cut off", "no zip"])
def test_a_damaged_document_comes_back_as_it_was(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    content = damage(as_docx(ROWS))
    one = returned(failed("PF-1-01", at="表格1!R2C4"), content=content, file_name="孤山镇.docx", file_format="docx")

    _, path = write_return_package(tmp_path, one)

    assert (path.name, path.read_bytes()) == ("孤山镇.docx", content)
