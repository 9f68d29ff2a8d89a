"""docs/how-to/add-a-campaign.md, followed word for word: a sixth campaign as one folder of data, and no code."""

from pathlib import Path

import docx
import duckdb
import openpyxl

from tests.pipeline.followed_document import FollowedDocument


def test_the_document_leads_from_an_empty_folder_to_figures_tasks_and_texts_in_the_marts(tmp_path: Path) -> None:
    document = FollowedDocument("add-a-campaign.md", tmp_path)
    assert "2025-06-25   2025-06-25   2025H1    summary" in document.follow("taizhang calendar")
    document.follow("taizhang template")
    inbox = tmp_path / "data" / "inbox" / "xinqu_2025"
    _fill_sheet(inbox / "东湖镇_2025-06_progress.xlsx", {"D3": 20, "G3": 15, "D4": 11})
    _fill_sheet(inbox / "东湖镇_2025Q2_tasks.xlsx", {"C6": "推进中", "D6": "已查12家。"})
    _fill_text(inbox / "东湖镇_2025H1_summary.docx")
    document.follow("taizhang nightly")
    assert (tmp_path / "data" / "reports" / "xinqu_2025" / "2025-06" / "汇总表_progress_2025-06.xlsx").is_file()
    answer = document.follow("taizhang status").splitlines()
    assert "应报 3，按时 1，迟报 0，未报 0，未到期 2" in answer  # both towns and the bureau stand on the list
    assert answer[-5:] == [
        "东湖镇,1.1,20.0000",
        "东湖镇,1.2,15.0000",
        "东湖镇,1.3,11.0000",
        "unit_name,task_id,status",
        "东湖镇,XQ-02,in_progress",
    ]
    with duckdb.connect(str(tmp_path / "data" / "published" / "current" / "taizhang.duckdb"), read_only=True) as marts:
        texts = "select unit_name, period, parts_found, counted_length, is_over_limit from marts.fct_narratives"
        assert marts.execute(texts).fetchall() == [("东湖镇", "2025H1", 2, 13, False)]  # 8 and 5 characters
    document.follow("unit_changes:")
    _fill_sheet(inbox / "湖山镇_2025-07_progress.xlsx", {"D3": 26, "G3": 19, "D4": 14}, day="2025年7月28日")
    answer = document.follow("taizhang nightly")
    assert "按时（延期至 2025-07-31）" in answer  # three days after the 25th
    assert "应报 2，按时 0，迟报 0，未报 0，未到期 2" in answer  # the new town answers for the old ones' tasks
    assert answer.splitlines()[-2:] == [
        "2025-06,湖山镇,东湖镇、西山镇,20.0000,2,1",  # 西山镇 never reported
        "2025-07,湖山镇,,26.0000,1,1",
    ]


def _fill_sheet(form: Path, filled: dict[str, str | int], day: str = "2025年6月24日") -> None:
    workbook = openpyxl.load_workbook(form)
    sheet = workbook.worksheets[0]
    for cell, value in filled.items():
        sheet[cell] = value
    sheet["A2"] = _dated(str(sheet["A2"].value), day)
    workbook.save(form)


def _fill_text(form: Path) -> None:
    document = docx.Document(str(form))
    paragraphs = document.paragraphs
    paragraphs[1].text = _dated(paragraphs[1].text)
    paragraphs[3].text = "排查企业20家。"
    paragraphs[6].text = "人手不足。"
    document.save(str(form))


def _dated(stamped: str, day: str = "2025年6月24日") -> str:
    return f"{stamped.partition('填表时间')[0]}填表时间：{day}"
