"""What is made of the cells of a Word table: tracked changes, controls, hidden text, merges, tables inside tables."""

from collections.abc import Callable
from typing import Any

import pytest

from ingest.files.grid import Unusual
from ingest.files.read_docx import read_docx
from tests.forms import Table, as_docx, pairs
from tests.unit.ingest.parsing import FILLED, FORM, STAMPED, figures, mandatory, notes, parse_one


def first_cell(change: Callable[[Any], None]) -> Any:
    """What is read from the first cell of a Word table after a change to its XML element."""

    def edit(document: Any) -> None:
        change(document.tables[0].rows[0].cells[0]._tc)

    return read_docx(as_docx(Table([["63", "x"], ["y", "z"]]), change=edit)).grids[0].rows[0][0]


def append(xml: str) -> Callable[[Any], None]:
    """Append XML to the first paragraph of the cell."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def change(cell: Any) -> None:
        cell.p_lst[0].append(parse_xml(xml.replace("<w:", "<w:", 1).replace(">", f" {nsdecls('w')}>", 1)))

    return change


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<w:ins><w:r><w:t>5</w:t></w:r></w:ins>", "635"),
        ("<w:del><w:r><w:delText>5</w:delText></w:r></w:del>", "63"),
        ("<w:del><w:r><w:t>5</w:t></w:r></w:del>", "63"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>", "63"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>9</w:t></w:r>', "639"),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>9</w:t></w:r>", "63"),
        ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>9</w:t></w:r>", "63"),
        ("<w:sdt><w:sdtContent><w:r><w:t>5</w:t></w:r></w:sdtContent></w:sdt>", "635"),
        ("<w:hyperlink><w:r><w:t>5</w:t></w:r></w:hyperlink>", "635"),
        ("<w:r><w:t>5</w:t><w:br/><w:t>7</w:t></w:r>", "635\n7"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "63☑"),
    ],
)
def test_what_counts_of_a_cell(xml: str, expected: str) -> None:
    assert first_cell(append(xml)) == expected


def test_a_cell_inside_a_content_control_is_read() -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def change(cell: Any) -> None:
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        cell.addprevious(control)
        control[0].append(cell)

    assert first_cell(change) == "63"


def test_a_deleted_row_is_no_row_and_tracked_changes_are_pointed_out() -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    def change(document: Any) -> None:
        row = document.tables[0].rows[0]._tr
        row.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} w:id='1'/>"))
        duplicate = parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>0</w:t></w:r></w:ins>")
        document.tables[0].rows[1].cells[3]._tc.p_lst[0].append(duplicate)

    submission = parse_one(as_docx(pairs(FORM, {**FILLED, "1.3": 8}, **STAMPED), change=change), "6月.docx")
    assert figures(submission)["1.3"] == "80"
    assert figures(submission)["1.1"] == "blank"
    assert (mandatory(submission), notes(submission)) == (["RD-2-03"], ["RD-5-09"])


def test_merged_cells_keep_their_places() -> None:
    table = Table([["a", "b", "c"], [None, "d", "e"]], [(0, 0, 1, 0), (0, 1, 0, 2)])
    table.rows[0][2] = None
    grid = read_docx(as_docx(table)).grids[0]
    assert grid.rows == [["a", "b", None], [None, "d", "e"]]
    assert set(grid.merges) == {(0, 0, 1, 0), (0, 1, 0, 2)}
    assert grid.address(1, 2) == ("表格1", "R2C3")


def test_a_table_inside_a_table_is_read_behind_it() -> None:
    def nest(document: Any) -> None:
        inner = document.tables[0].rows[0].cells[0].add_table(1, 2)
        inner.rows[0].cells[1].text = "里"

    grid = read_docx(as_docx(Table([["63", "x"], ["y", "z"]]), change=nest)).grids[0]
    assert grid.rows == [[Unusual("nested", "里"), "x"], ["y", "z"], [None, "里"]]
    assert grid.address(2, 1) == ("表格2", "R1C2")
