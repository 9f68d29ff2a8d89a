"""docs/how-to/add-a-form.md, followed word for word: a form that nobody foresaw, from its description to the mart."""

from pathlib import Path

import openpyxl

from tests.pipeline.followed_document import FollowedDocument


def test_the_document_leads_from_a_description_to_figures_in_the_marts(tmp_path: Path) -> None:
    document = FollowedDocument("add-a-form.md", tmp_path)
    assert "2023-07-25   2023-07-24   2023-07   hazard_statistics" in document.follow("taizhang calendar")
    document.follow("taizhang template")
    _fill(next((tmp_path / "data" / "inbox" / "haicheng_own").glob("*.xlsx")))
    assert "1 个文件：接收 1" in document.follow("taizhang check")
    answer = document.follow("taizhang nightly")
    assert "应报 26，按时 1，迟报 0，未报 0，未到期 25" in answer
    assert answer.splitlines()[-3:] == [
        "孤山镇,1.1,40.0000",
        "孤山镇,1.2,31.0000",
        "孤山镇,1.3,0.0000",  # 无 means zero on this form
    ]


def _fill(form: Path) -> None:
    workbook = openpyxl.load_workbook(form)
    sheet = workbook["调度表"]
    filled = {
        "A2": "填报单位：孤山镇 填表时间：2023年7月24日",
        "D3": 40,
        "G3": 31,
        "D4": "无",
        "A5": "填表人: 测试员甲",
        "E5": "审核人: 测试员乙",
    }
    for cell, value in filled.items():
        sheet[cell] = value
    workbook.save(form)
