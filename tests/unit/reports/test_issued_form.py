"""The blank form we hand out is the form that was issued: equal labels in equal order (海安委〔2023〕3号 附件)."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from campaigns.load import load_campaign
from reports.blank_forms.forms import FormContent, write_form_docx, write_form_xlsx

ISSUED = [
    ("总体情况", 1, "企业自查发现的重大事故隐患(个)", 2, "企业自查发现重大事故隐患中已完成整改的(个)"),
    ("总体情况", 3, "部门检查发现的重大事故隐患(个)", 4, "部门检查发现重大事故隐患中已完成整改的(个)"),
    ("总体情况", 5, "政府挂牌督办的重大事故隐患(个)", 6, "挂牌督办重大事故隐患中已完成整改的(个)"),
    (
        "对企业自查自改进行抽查检查情况",
        1,
        "部门抽查检查的企业总数(家)",
        2,
        "企业主要负责人未按要求亲自研究排查整治工作(家)",
    ),
    ("对企业自查自改进行抽查检查情况", 3, "企业主要负责人未带队检查(家)", 4, "企业未制定分管负责人职责清单(家)"),
    (
        "对企业自查自改进行抽查检查情况",
        5,
        "企业未依法建立安全管理机构和配足安全管理人员(家)",
        6,
        "电焊等特种作业岗位人员无证上岗作业(家)",
    ),
    (
        "对企业自查自改进行抽查检查情况",
        7,
        "外包外租安全管理混乱(家)",
        8,
        "未按规定开展应急演练、员工不熟悉逃生出口(家)",
    ),
    ("部门精准严格执法情况", 1, "帮扶指导(个次)", 2, "帮扶指导重点企业(家次)"),
    ("部门精准严格执法情况", 3, "行政处罚(次,万元)", 4, "企业和企业主要负责人“一案双罚”(次)"),
    ("部门精准严格执法情况", 5, "移送司法机关(人)", 6, "责令停产整顿(家)"),
    ("部门精准严格执法情况", 7, "曝光、约谈、联合惩戒企业(家)", 8, "公布典型案例(个),其中危险作业罪案例(个)"),
    ("部门精准严格执法情况", 9, "责任倒查追责问责(人)", 10, "约谈通报有关地区及部门(次)"),
    (
        "党委政府组织领导情况",
        1,
        "党委政府分别组织专题学习安全生产十五条硬措施(次)",
        2,
        "党委政府主要负责同志分别专题研究(次)",
    ),
    ("党委政府组织领导情况", 3, "政府负责同志分别现场督导检查(次)", 4, "市安委会成员单位负责同志分别到企业(次)"),
    (
        "党委政府组织领导情况",
        5,
        "举报奖励(万元),其中匿名举报查实奖励(万元)",
        6,
        "是否在市级、县级主流媒体播放安全生产专题栏目",
    ),
    ("党委政府组织领导情况", 7, "配备专兼职技术检查员数量(人)", 8, "组织开展考核巡查督导检查(次)"),
]
STAMP_LINE = "____ 镇(街)、开发区、市安委会成员单位(加盖公章)。填表时间: 年 月 日"
NOTES_BEGIN = "注: 1. 市安委会办公室对各地区、各有关部门工作进展情况月度调度。"
NOTES_END = "安全生产管理职责不清，未纳入本企业统一管理。"


@pytest.fixture(scope="module")
def blank_forms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    campaign = load_campaign("haicheng_2023")
    folder, form = tmp_path_factory.mktemp("blank"), campaign.form("progress")
    return (
        write_form_xlsx(folder / "blank.xlsx", campaign, form, FormContent()),
        write_form_docx(folder / "blank.docx", campaign, form, FormContent()),
    )


def test_the_blank_excel_form_is_the_issued_one(blank_forms: tuple[Path, Path]) -> None:
    sheet = openpyxl.load_workbook(blank_forms[0]).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "附件"
    assert rows[1][0].replace(" ", "") == "全市重大隐患专项排查整治2023行动进展情况调度表"
    assert rows[2][0] == STAMP_LINE
    section, table = "", []
    for name, *cells in rows[3:19]:
        section = name or section  # merged over the section's rows
        assert (cells[2], cells[5]) == (None, None)
        table.append((section, cells[0], cells[1], cells[3], cells[4]))
    assert table == ISSUED
    assert (rows[19][0], rows[19][4]) == ("填表人: _____", "审核人: _____")
    assert rows[20][:2] == ["情况说明:", None]
    assert rows[21][0].startswith(NOTES_BEGIN) and rows[21][0].endswith(NOTES_END)


def test_the_blank_word_form_is_the_issued_one(blank_forms: tuple[Path, Path]) -> None:
    document = docx.Document(str(blank_forms[1]))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "附件"
    assert texts[1].replace(" ", "") == "全市重大隐患专项排查整治2023行动进展情况调度表"
    assert texts[2:6] == [STAMP_LINE, "填表人: _____", "审核人: _____", "情况说明:"]
    assert texts[6].startswith(NOTES_BEGIN) and texts[6].endswith(NOTES_END)
    table = []
    for row in document.tables[0].rows:
        cells = [cell.text for cell in row.cells]
        assert (cells[3], cells[6]) == ("", "")
        table.append((cells[0], int(cells[1]), cells[2], int(cells[4]), cells[5]))
    assert table == ISSUED
