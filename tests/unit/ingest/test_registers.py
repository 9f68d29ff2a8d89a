"""Registers and event lists in the layouts people send: formats, heads, pages, rows without a number, hidden rows.

Does not belong here: cells merged over rows (test_merged_rows.py), whose a list is (test_whose_lists.py), what is asked
about rows that were read (test_row_questions.py).
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms import Table, as_csv, as_docx, as_html, as_xls, as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.reading_lists import (
    BAOSHAN,
    CHONGMING,
    codes,
    column,
    form,
    keys,
    parse_one,
    places,
    rows,
    sentence,
)
from tests.unit.ingest.site_registers import COMPANY, SITE_ROWS, SITES, SITES_READ

HAZARDS = form(BAOSHAN, "hazard_register")
INSPECTIONS = form(BAOSHAN, "inspections")
ACCIDENTS = form(CHONGMING, "accidents")


@pytest.mark.parametrize("file_format", ["xlsx", "xls", "docx", "csv", "html"])
def test_a_register_reads_the_same_from_every_format(file_format: str) -> None:
    write = {"xlsx": as_xlsx, "xls": as_xls, "docx": as_docx, "csv": as_csv, "html": as_html}[file_format]
    submission = parse_one(BAOSHAN, write(listed(SITES, SITE_ROWS, **COMPANY)), f"网点.{file_format}", "2024-12-25")
    assert (submission.form_id, submission.unit_id, submission.period) == ("site_register", "310113E01", "2024")
    assert rows(submission) == SITES_READ
    assert keys(submission) == ["一号仓库|某路1号", "二号门店|某路2号"]
    assert codes(submission) == []


def test_five_columns_under_one_group_head() -> None:
    """整改“五落实”: measures, person, funds, deadline and plan stand below one merged head, as in most ledgers."""
    head = ["序号", "隐患编号", "隐患内容", "等级", "发现时间", "整改“五落实”", None, None, None, None, "销号日期"]
    below = [None, None, None, None, None, "责任人", "措施", "资金（万元）", "期限", "预案", None]
    numbers = list(range(1, 12))
    body = [
        [1, "YH-01", "配电箱无漏保", "重大", "6.25", "测试员甲", "加装", 0.5, "2024年7月底", "有", None],
        [2, "YH-02", "通道堵塞", "一般隐患", "2024.6.3", "测试员乙", "清理", "/", "6.10", "否", "6.8"],
    ]
    merges = [(2, c, 3, c) for c in (0, 1, 2, 3, 4, 10)] + [(2, 5, 2, 9)]
    table = Table(
        [["隐患清单"], ["填报单位：区属企业甲", "填报时间：2024年12月20日"], head, below, numbers, *body], merges
    )
    for content, name in ((as_xlsx(table), "隐患.xlsx"), (as_docx(table), "隐患.docx"), (as_csv(table), "隐患.csv")):
        submission = parse_one(BAOSHAN, content, name, "2024-12-25")
        assert submission.form_id == "hazard_register", name
        assert rows(submission)[0] == {
            "hazard_number": "YH-01",
            "hazard": "配电箱无漏保",
            "level": "major",
            "found_on": "2024-06-25",
            "measure": "加装",
            "person_in_charge": "测试员甲",
            "funds": "0.5",
            "due_on": "~2024-07-31",
            "emergency_plan": "1",
        }, name
        assert column(submission, "rectified_on") == ["", "2024-06-08"]
        assert column(submission, "funds") == ["0.5", "not_applicable"]
        assert [c.personal for c in submission.list_cells if c.column_id == "person_in_charge"] == [True, True]
        assert "RD-8-04" not in codes(submission)


def test_a_head_column_named_twice_is_read_from_its_printed_label() -> None:
    order = ["编号", "hazard_number", "hazard", "level", "found_on"]
    body = [[7, "YH-01", "通道堵塞", "一般", "6月3日"]]
    submission = parse_one(BAOSHAN, as_xlsx(listed(HAZARDS, body, columns=order, **COMPANY)), received_on="2024-12-25")
    assert keys(submission) == ["YH-01"]
    assert codes(submission) == []


def test_values_under_no_heading_are_not_dropped_without_a_word() -> None:
    order = ["site_name", "address", "use"]
    table = listed(SITES, [["甲", "某路1号", "自营", "已停业"]], columns=order, **COMPANY)
    submission = parse_one(BAOSHAN, as_xlsx(table), received_on="2024-12-25")
    assert rows(submission) == [{"site_name": "甲", "address": "某路1号", "use": "self_operated"}]
    assert sentence(submission, "RD-8-04").startswith("Sheet1!D4（“没有列名”）这一列不是《网点清单》的列")


def test_title_and_head_repeated_on_every_page_go_on_with_the_same_list() -> None:
    order = ["site_name", "address", "use"]
    labels = [next(c.label for c in SITES.columns if c.column_id == name) for name in order]
    body = [["甲", "某路1号", "自营"], ["网点清单", None, None], labels, ["乙", "某路2号", "出租"]]
    submission = parse_one(BAOSHAN, as_xlsx(listed(SITES, body, columns=order, **COMPANY)), received_on="2024-12-25")
    assert keys(submission) == ["甲|某路1号", "乙|某路2号"]
    assert codes(submission) == []


def test_paragraphs_behind_a_word_table_are_no_rows() -> None:
    table = listed(SITES, SITE_ROWS[1:], **COMPANY)

    def add_text(document: object) -> None:
        document.add_paragraph("以上网点已逐一核对。")  # type: ignore[attr-defined]
        document.add_paragraph("区属企业甲")  # type: ignore[attr-defined]

    submission = parse_one(BAOSHAN, as_docx(table, change=add_text), "网点.docx", "2024-12-25")
    assert keys(submission) == ["二号门店|某路2号"]


def test_a_second_word_table_without_a_head_is_asked_about() -> None:
    table = listed(SITES, SITE_ROWS[1:], **COMPANY)

    def add_tables(document: object) -> None:
        for number, texts in enumerate([("填表人：甲", "审核人：乙"), ("三号门店", "某路3号")]):
            document.add_paragraph(f"续{number}")  # type: ignore[attr-defined]
            cells = document.add_table(rows=1, cols=2).rows[0].cells  # type: ignore[attr-defined]
            cells[0].text, cells[1].text = texts

    submission = parse_one(BAOSHAN, as_docx(table, change=add_tables), "网点.docx", "2024-12-25")
    assert keys(submission) == ["二号门店|某路2号"]
    assert [p.message for p in submission.problems if p.rule_code == "RD-8-18"] == [
        "“表格3”没有表头，没有取数。如果它接着上一张《网点清单》，请把两张表连在一起，或补上表头后重报。"
    ]


def test_rows_without_a_number_of_their_own_and_rows_added_in_the_middle() -> None:
    order = ["序号", "held_on", "event", "led_by", "site_name"]
    body = [
        [1, "5月6日", "带队检查", "董事长", "一号仓库"],
        [None, "5月7日", "演练", "总经理", "二号门店"],
        [2, "5月9日", "带队检查", "董事长", "二号门店"],
        [3, None, None, None, None],
        [4, None, None, None, None],
    ]
    table = listed(INSPECTIONS, body, columns=order, unit="区属企业甲", filled_on="2024年5月18日")
    submission = parse_one(BAOSHAN, as_xlsx(table), received_on="2024-05-19")
    assert keys(submission) == [
        "2024-05-06|leader_inspection|一号仓库",
        "2024-05-07|evacuation_drill|二号门店",
        "2024-05-09|leader_inspection|二号门店",
    ]
    assert places(submission, 2)["held_on"] == "Sheet1!B5"
    assert codes(submission) == []


@pytest.mark.parametrize("text", ["本季度无生产安全事故", "无", "零报告", "本季度未发生事故。"])
def test_a_quarter_without_accidents_is_a_list_without_rows(text: str) -> None:
    stamped = {"unit": "区应急局", "filled_on": "2023年6月20日"}
    for body in ([[text]], [[None, text]], [{"accident_number": "无", "deaths": 0, "note": "无"}]):
        submission = parse_one(CHONGMING, as_xlsx(listed(ACCIDENTS, body, **stamped)), received_on="2023-06-25")
        assert (submission.unit_id, submission.list_cells, codes(submission)) == ("310151D01", (), [])


def test_hidden_rows_are_read_and_mentioned_and_a_hidden_sheet_is_a_reason() -> None:
    table = listed(SITES, SITE_ROWS, **COMPANY)
    table.hidden_rows = (4,)
    submission = parse_one(BAOSHAN, as_xlsx(table), received_on="2024-12-25")
    assert rows(submission) == SITES_READ
    assert "有 1 行被隐藏" in sentence(submission, "RD-8-17")
    hidden = listed(SITES, SITE_ROWS, **COMPANY, name="底稿")
    hidden.hidden = True
    cover = Table([["请见附表"]], name="封面")
    assert codes(parse_one(BAOSHAN, as_xlsx(cover, hidden), "网点.xlsx", "2024-12-25")) == ["RD-2-06"]


def test_a_struck_out_cell_is_no_blank() -> None:
    def strike(book: object) -> None:
        from openpyxl.styles import Font

        book.active["C4"].font = Font(strike=True)  # type: ignore[attr-defined]

    body = [
        {"site_name": "甲", "address": "某路1号", "use": "自营"},
        {"site_name": "乙", "address": "乙路", "use": "自营"},
    ]
    submission = parse_one(BAOSHAN, as_xlsx(listed(SITES, body, **COMPANY), change=strike), received_on="2024-12-25")
    assert column(submission, "use") == ["unreadable", "self_operated"]
    assert "整格被划掉了" in sentence(submission, "RD-8-08")


ODD = [
    None,
    "",
    "无",
    "/",
    "—",
    "同上",
    "小计",
    "一、东片",
    "注：略",
    "x" * 300,
    "12月",
    6.1,
    -3,
    "自营",
    "是",
    "|",
    "〃",
]


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(ODD), max_size=13), max_size=6))
def test_whatever_stands_in_a_list_is_read_or_told_and_never_raises(body: list[list[object]]) -> None:
    table = listed(SITES, [[*row, *[None] * (11 - len(row))] for row in body], **COMPANY)
    submission = parse_one(BAOSHAN, as_csv(table), "网点.csv", "2024-12-25")
    assert submission.form_id == "site_register"
    assert len({(c.cell_ref, c.column_id, c.position) for c in submission.list_cells}) == len(submission.list_cells)
    assert submission.list_cells or set(codes(submission)) <= {"RD-8-05", "RD-8-04"}
