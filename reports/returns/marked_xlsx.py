"""Cells of a received Excel workbook coloured and commented inside its own XML.

Belongs here: styles and cells of sheets. Does not belong here: the comments' own parts (xlsx_notes.py), which cell is
marked why (marked_workbook.py).

The XML is patched, and not rewritten by a library, so that everything else stays as the sender made it: values,
formulas with their stored results, pictures, seals, buttons, macros. A library that keeps formulas drops the results,
and a form sent again without them would be returned for it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

from reports.paper.cell_address import CellAddress, cell_address, column_letters
from reports.returns.marked_workbook import FILLS, Author, Mark, MarkedCopy, NotMarkableError
from reports.returns.office_package import OfficePackage, namespace_of
from reports.returns.xlsx_notes import add_notes


def mark_xlsx(content: bytes, marks: Sequence[Mark], author: Author) -> MarkedCopy:
    """Mark cells in a copy of the workbook.

    Raises:
        NotMarkableError: a part is missing or not built as office programs build it.
        Exception: the file is damaged; zip and XML libraries raise errors of many kinds.
    """
    package = OfficePackage(content)
    main = next((one.target for one in package.relations("") if one.kind == "officeDocument"), "xl/workbook.xml")
    related = package.relations(main)
    styles_name = next((one.target for one in related if one.kind == "styles"), "xl/styles.xml")
    styles = _Styles(package.xml(styles_name))
    targets = {one.identifier: one for one in related}
    done: list[Mark] = []
    for sheet in package.xml(main).iter("{*}sheet"):
        on_sheet = [mark for mark in marks if mark.address.is_a1 and mark.address.sheet == sheet.get("name")]
        relation = targets.get(next((value for name, value in sheet.items() if name.endswith("}id")), ""))
        if not on_sheet or relation is None or relation.kind != "worksheet":
            continue
        root = package.xml(relation.target)
        cells = _Cells(root)
        cells.restyle(styles.without_mark)
        for mark in on_sheet:
            cell = cells.get(mark.address)
            cell.set("s", str(styles.filled(int(cell.get("s") or cells.style_of_blank(cell)), mark.fill)))
        add_notes(package, relation.target, root, relation.family, on_sheet, author.name)
        package.put_xml(relation.target, root)
        done.extend(on_sheet)
    package.put_xml(styles_name, styles.root)
    return MarkedCopy(package.save(), tuple(done))


class _Styles:
    """The workbook's cell formats; each can be had with a fill of its own, everything else as it was."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self._space = namespace_of(root)
        self._fills = self._section("fills")
        self._formats = self._section("cellXfs")
        self._fill_ids: dict[str, int] = {}
        self._made: dict[tuple[int, int], int] = {}

        self._marked = self._marked_before()

    def without_mark(self, style: int) -> int:
        """The number of the format without a mark from an earlier return; the cell may have been corrected since."""
        return self._with_fill(style, 0) if style in self._marked else style

    def filled(self, style: int, colour: str) -> int:
        """The number of the format `style` with a fill of this colour."""
        return self._with_fill(style, self._fill(colour))

    def _with_fill(self, style: int, fill: int) -> int:
        if (style, fill) not in self._made:
            formats = list(self._formats)
            new = copy.deepcopy(formats[style if style < len(formats) else 0])
            new.set("fillId", str(fill))
            new.set("applyFill", "1")
            self._made[style, fill] = _append(self._formats, new)
        return self._made[style, fill]

    def _marked_before(self) -> set[int]:
        """The formats whose fill is the colour of a mark."""
        colours = {f"FF{colour}" for colour in FILLS.values()}
        fills = {
            str(number)
            for number, fill in enumerate(self._fills)
            if any(colour.get("rgb") in colours for colour in fill.iter(f"{self._space}fgColor"))
        }
        return {number for number, form in enumerate(self._formats) if form.get("fillId") in fills}

    def _fill(self, colour: str) -> int:
        from lxml import etree

        if colour not in self._fill_ids:
            fill = etree.Element(f"{self._space}fill")
            pattern = etree.SubElement(fill, f"{self._space}patternFill", patternType="solid")
            etree.SubElement(pattern, f"{self._space}fgColor", rgb=f"FF{colour}")
            etree.SubElement(pattern, f"{self._space}bgColor", indexed="64")
            self._fill_ids[colour] = _append(self._fills, fill)
        return self._fill_ids[colour]

    def _section(self, name: str) -> Any:
        section = self.root.find(f"{self._space}{name}")
        if section is None or len(section) == 0:
            raise NotMarkableError(f"the styles have no {name}")
        return section


class _Cells:
    """The cells of one sheet by address; one that is not there is made, in its place and with its column's format."""

    def __init__(self, root: Any) -> None:
        self._space = namespace_of(root)
        data = root.find(f"{self._space}sheetData")
        if data is None:
            raise NotMarkableError("the sheet has no cells")
        self._data = data
        self._columns = root.findall(f"{self._space}cols/{self._space}col")
        self._rows: dict[int, Any] = {}
        self._cells: dict[int, dict[int, Any]] = {}
        number = 0
        for row in data.iterchildren(f"{self._space}row"):
            number = int(row.get("r") or number + 1)
            row.set("r", str(number))
            self._rows[number] = row

    def get(self, address: CellAddress) -> Any:
        row = self._row(address.row)
        cells = self._cells_of(address.row, row)
        if address.column not in cells:
            cell = row.makeelement(f"{self._space}c", {"r": address.reference})
            row.insert(sum(1 for column in cells if column < address.column), cell)
            row.attrib.pop("spans", None)  # only a hint, and wrong from now on
            cells[address.column] = cell
        return cells[address.column]

    def restyle(self, new_style: Callable[[int], int]) -> None:
        """Give every cell the format that `new_style` makes of its own."""
        for row in self._rows.values():
            for cell in row.iterchildren(f"{self._space}c"):
                style = int(cell.get("s") or 0)
                if (new := new_style(style)) != style:
                    cell.set("s", str(new))

    def style_of_blank(self, cell: Any) -> int:
        """The format in which a cell without one of its own is shown: its row's, else its column's."""
        row = cell.getparent()
        if row.get("customFormat") in ("1", "true") and row.get("s"):
            return int(row.get("s"))
        column = cell_address(f"!{cell.get('r')}").column
        spans = (one for one in self._columns if int(one.get("min", 0)) <= column <= int(one.get("max", 0)))
        return int(next((one.get("style") for one in spans if one.get("style")), 0))

    def _row(self, number: int) -> Any:
        if number not in self._rows:
            row = self._data.makeelement(f"{self._space}row", {"r": str(number)})
            self._data.insert(sum(1 for known in self._rows if known < number), row)
            self._rows[number] = row
        return self._rows[number]

    def _cells_of(self, number: int, row: Any) -> dict[int, Any]:
        """The row's cells by column; every one gets its reference, so that a new one moves none of them."""
        if number not in self._cells:
            column, cells = 0, {}
            for cell in row.iterchildren(f"{self._space}c"):
                written = cell_address(f"!{cell.get('r') or ''}").column
                column = written or column + 1
                cell.set("r", f"{column_letters(column)}{number}")
                cells[column] = cell
            self._cells[number] = cells
        return self._cells[number]


def _append(section: Any, element: Any) -> int:
    """Append to a counted list and return the element's number."""
    section.append(element)
    section.set("count", str(len(section)))
    return len(section) - 1
