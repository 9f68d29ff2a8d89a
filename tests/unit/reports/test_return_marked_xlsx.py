"""The marks in the sender's own Excel workbook: colours and notes of what failed, anew in a copy that was corrected.

Does not belong here: what else the workbook holds (test_return_kept_xlsx.py), one that cannot be marked
(test_return_unmarked_xlsx.py).
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree
from openpyxl.comments import Comment

from campaigns.vocabulary import RuleClass
from tests.unit.reports.marked_workbooks import fill, marked, note, opened, parts, values
from tests.unit.reports.returned_forms import (
    BLANK,
    BLUE,
    ORANGE,
    RED,
    ROWS,
    TOO_MANY_RECTIFIED,
    UNREADABLE,
    YELLOW,
    as_xlsx,
    failed,
    returned,
)

OFFICE = "海城市安全生产委员会办公室"


def test_blamed_cells_are_coloured_and_commented_and_nothing_else_changes(tmp_path: Path) -> None:
    sent = as_xlsx(ROWS)

    copy = marked(tmp_path, returned(TOO_MANY_RECTIFIED, UNREADABLE, BLANK, content=sent))
    sheet = opened(copy).worksheets[0]

    assert values(copy) == values(sent)
    assert {cell.coordinate: fill(sheet, cell.coordinate) for row in sheet["A1:D3"] for cell in row} == {
        **{f"{column}{row}": None for column in "ABCD" for row in (1, 2, 3)},
        "D2": RED,
        "B3": RED,
        "D3": YELLOW,
    }
    assert note(sheet, "D2") == (
        "【强制性 PF-1-01】“企业自查发现重大事故隐患中已完成整改的”（8）不能大于“企业自查发现的重大事故隐患”（5）。"
        "请核对后改正。"
    )
    assert note(sheet, "D3").startswith("【核实性 PF-0-02】“部门检查发现重大事故隐患中已完成整改的”没有填数。")
    assert {c.coordinate for row in sheet.iter_rows() for c in row if c.comment} == {"D2", "B3", "D3"}
    comment = sheet["D2"].comment
    assert comment is not None and comment.author == OFFICE


@pytest.mark.parametrize(
    ("rule_class", "colour"),
    list(zip(RuleClass, [RED, ORANGE, YELLOW, BLUE], strict=True)),
)
def test_each_class_has_its_colour(tmp_path: Path, rule_class: RuleClass, colour: str) -> None:
    outcomes = (TOO_MANY_RECTIFIED, failed("PF-9-01", at="Sheet!A3", rule_class=rule_class))

    sheet = opened(marked(tmp_path, returned(*outcomes, content=as_xlsx(ROWS)))).worksheets[0]

    assert fill(sheet, "A3") == colour


def test_a_cell_blamed_twice_has_the_graver_colour_and_both_notes(tmp_path: Path) -> None:
    hint = failed("PF-0-06", "与上期相同。", at="Sheet!D2", rule_class=RuleClass.ADVISORY)

    sheet = opened(marked(tmp_path, returned(hint, TOO_MANY_RECTIFIED, content=as_xlsx(ROWS)))).worksheets[0]

    assert fill(sheet, "D2") == RED
    assert [line[:13] for line in note(sheet, "D2").split("\n")] == ["【强制性 PF-1-01】", "【提示性 PF-0-06】"]


def test_a_marked_copy_corrected_in_place_is_marked_anew(tmp_path: Path) -> None:
    """Senders correct the marked copy: old marks must not blame what is right by now."""
    first = marked(tmp_path / "1", returned(TOO_MANY_RECTIFIED, UNREADABLE, BLANK, content=as_xlsx(ROWS)))

    again = marked(tmp_path / "2", returned(UNREADABLE, content=first, file_name="孤山镇6月（标注）.xlsx"))
    sheet = opened(again).worksheets[0]

    assert [fill(sheet, cell) for cell in ("D2", "B3", "D3")] == [None, RED, None]
    assert note(sheet, "D2") == "上次标注的问题，这次没有再发现。"
    assert note(sheet, "B3").count("【强制性 RD-5-02】") == 1


def test_a_comment_of_the_sender_is_kept_and_the_note_put_below(tmp_path: Path) -> None:
    book = opened(as_xlsx(ROWS))
    book.worksheets[0]["D2"].comment = Comment("已电话核实", "单位")
    content = io.BytesIO()
    book.save(content)

    copy = marked(tmp_path, returned(TOO_MANY_RECTIFIED, UNREADABLE, content=content.getvalue()))
    sheet = opened(copy).worksheets[0]

    assert note(sheet, "D2").startswith("已电话核实\n【强制性 PF-1-01】")
    assert note(sheet, "B3").startswith("【强制性 RD-5-02】")
    (drawing,) = (data for name, data in parts(copy).items() if name.endswith(".vml"))
    boxes = etree.fromstring(drawing).findall(".//{urn:schemas-microsoft-com:office:excel}ClientData")
    assert [[part.text for part in box[-2:]] for box in boxes] == [["1", "3"], ["2", "1"]]


def test_notes_are_text_without_control_characters_or_markup(tmp_path: Path) -> None:
    hostile = failed("PF-1-01", "=1+1 <b>&amp; \x00\x0b\ud800 13812347391", at="Sheet!A2")

    sheet = opened(marked(tmp_path, returned(hostile, content=as_xlsx(ROWS)))).worksheets[0]

    assert note(sheet, "A2") == "【强制性 PF-1-01】=1+1 <b>&amp; 138****7391"
