"""The empty page a Word document is written on: paper, margins, what is printed above and below every page.

Belongs here: the shape of a page and the package around the body. Does not belong here: the body (word_page.py).
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from reports.paper.workbook import BODY_FONT

BODY_PART: Final = "word/document.xml"
_PAGE_NUMBER_SIZE: Final = 14  # 4号 (GB/T 9704-2012 7.5)


@dataclass(frozen=True, slots=True)
class PageShape:
    """An A4 page; margins in mm, the right one as the left one where it is not given.

    `header` is printed above every page and belongs to no text. With `outer_page_numbers` the number stands below, at
    the outer edge: right on odd pages, left on even ones.
    """

    landscape: bool = False
    side_mm: float = 10.5
    top_mm: float = 14
    bottom_mm: float = 12
    header: str = ""
    right_mm: float | None = None
    outer_page_numbers: bool = False

    @property
    def text_width_mm(self) -> float:
        right = self.side_mm if self.right_mm is None else self.right_mm
        return (297 if self.landscape else 210) - self.side_mm - right


def empty_document() -> Any:
    """A document without a page, whose Chinese text is said to be Chinese: programs break its lines by that."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    return document


@lru_cache(maxsize=16)
def blank_package(page: PageShape) -> tuple[str, str, tuple[tuple[str, bytes], ...]]:
    """The body's markup before and after its content, and all parts of an empty document."""
    from docx.shared import Pt

    document = empty_document()
    section = document.sections[0]
    _shape(section, page)
    document.styles["Normal"].font.size = Pt(10.5)
    if page.header:
        section.header.paragraphs[0].add_run(page.header).font.size = Pt(9)
    if page.outer_page_numbers:
        document.settings.odd_and_even_pages_header_footer = True
        section.even_page_header.paragraphs[0].add_run(page.header).font.size = Pt(9)
        _number_pages(section.footer.paragraphs[0], "right")
        _number_pages(section.even_page_footer.paragraphs[0], "left")
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        members = tuple((name, package.read(name)) for name in package.namelist())
    markup = dict(members)[BODY_PART].decode()
    start, end = markup.index("<w:body>") + len("<w:body>"), markup.index("<w:sectPr")
    return markup[:start], markup[end:], members


def _shape(section: Any, page: PageShape) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section.page_width, section.page_height = (Mm(297), Mm(210)) if page.landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.left_margin = Mm(page.side_mm)
    section.right_margin = Mm(page.side_mm if page.right_mm is None else page.right_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    if page.outer_page_numbers:
        section.footer_distance = Mm(page.bottom_mm - 10)  # 7 mm below the text (GB/T 9704-2012 7.5), 3 mm high


def _number_pages(paragraph: Any, side: str) -> None:
    """— 1 —, one character from the outer edge."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    fonts = f'<w:rFonts w:eastAsia="{BODY_FONT}" w:ascii="{BODY_FONT}" w:hAnsi="{BODY_FONT}"/>'
    letters = f'<w:rPr>{fonts}<w:sz w:val="{2 * _PAGE_NUMBER_SIZE}"/></w:rPr>'
    indent = f'<w:ind w:{side}Chars="100" w:{side}="{20 * _PAGE_NUMBER_SIZE}"/>'
    dash = f'<w:r>{letters}<w:t xml:space="preserve">{{}}</w:t></w:r>'
    number = f'<w:fldSimple w:instr=" PAGE "><w:r>{letters}<w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.getparent().replace(
        paragraph._p,
        parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr>{indent}<w:jc w:val="{side}"/></w:pPr>'
            f"{dash.format('— ')}{number}{dash.format(' —')}</w:p>"
        ),
    )
