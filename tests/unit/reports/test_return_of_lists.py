"""What goes back to the sender of a list or a narrative: his own file with the cells marked, and the slip."""

import io
from datetime import datetime
from pathlib import Path

import docx
import openpyxl

from campaigns.vocabulary import Verdict
from reports.returns.marked_workbook import prepare_attachment
from reports.returns.return_slip import ReturnedFile
from tests.forms import as_csv, as_docx, as_xlsx
from tests.list_forms import as_written, listed
from tests.unit.ingest.reading_lists import CAMPAIGNS, PUTUO, form, parse_one
from tests.unit.reports.returned_forms import YELLOW, slip_lines

ROWS = [
    {"number": 8, "status": "基本完成", "progress": "甲"},
    {"number": 99, "status": "已完成", "progress": "乙"},
    {"number": 9, "progress": "丙"},
]
TABLE = listed(form(PUTUO, "lead_tasks"), ROWS, unit="区应急局", filled_on="2024年5月24日")


def answered(content: bytes, file_name: str) -> ReturnedFile:
    parsed = parse_one(PUTUO, content, file_name)
    return ReturnedFile(
        file_name=file_name,
        file_format=parsed.file_format,
        content=content,
        campaign=CAMPAIGNS[PUTUO],
        form_id=parsed.form_id,
        unit_id=parsed.unit_id,
        unit_name="区应急局",
        period=parsed.period,
        received_at=datetime(2024, 5, 25, 9, 30),
        verdict=Verdict.ACCEPTED,
        outcomes=parsed.problems,
    )


def test_cells_of_a_list_are_marked_where_they_stand_also_the_blank_ones() -> None:
    attachment = prepare_attachment(answered(as_xlsx(TABLE), "任务.xlsx"))
    assert attachment is not None
    sheet = openpyxl.load_workbook(io.BytesIO(attachment.content)).active
    marked = {c.coordinate: c.comment.text for row in sheet for c in row if c.fill.fgColor.rgb == YELLOW}
    assert set(marked) == {"F4", "A5", "F6"}
    assert "只能填：未启动、推进中、已完成" in marked["F4"]
    assert "清单里没有这个序号" in marked["A5"]
    assert "没有填" in marked["F6"]


def test_cells_of_a_word_list_and_of_separated_text_are_marked_too() -> None:
    attachment = prepare_attachment(answered(as_docx(TABLE), "任务.docx"))
    assert attachment is not None
    document = docx.Document(io.BytesIO(attachment.content))
    assert len(list(document.comments)) == 3
    copy = prepare_attachment(answered(as_csv(TABLE), "任务.csv"))
    assert copy is not None
    sheet = openpyxl.load_workbook(io.BytesIO(copy.content)).active
    assert {c.coordinate for row in sheet for c in row if c.fill.fgColor.rgb == YELLOW} == {"F4", "A5", "F6"}


def test_a_paragraph_of_a_narrative_is_marked_and_the_slip_says_what_to_do(tmp_path: Path) -> None:
    lines = ["区应急局治本攻坚三年行动工作开展情况", "一、亮点工作", "甲。", "二、经验启示", "乙。", "2024年5月24日"]
    returned = answered(as_written(*lines), "情况.docx")
    attachment = prepare_attachment(returned)
    assert attachment is not None
    (comment,) = docx.Document(io.BytesIO(attachment.content)).comments
    assert "不属于" in comment.text
    text = "\n".join(slip_lines(tmp_path, returned))
    assert "没有找到这些部分：困难问题、重大隐患情况、整改计划" in text
    assert "正文第4段" in text
