"""Registers, event lists and liaison lists in the layouts people send."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parse import parse_file
from tests.forms import Table, as_csv, as_docx, as_html, as_xls, as_xlsx
from tests.list_forms import listed
from tests.unit.campaigns.copied_campaigns import copy_of, loaded, replace
from tests.unit.ingest.reading_lists import (
    BAOSHAN,
    CHANGNING,
    CHONGMING,
    DATES,
    PUTUO,
    blamed,
    codes,
    column,
    form,
    keys,
    parse_all,
    parse_one,
    places,
    rows,
    sentence,
)

SITES = form(BAOSHAN, "site_register")
HAZARDS = form(BAOSHAN, "hazard_register")
INSPECTIONS = form(BAOSHAN, "inspections")
MEETINGS = form(PUTUO, "leader_meetings")
ACCIDENTS = form(CHONGMING, "accidents")
ENTERPRISES = form(CHONGMING, "key_enterprises")
LIAISONS = form(CHANGNING, "liaison_list")
COMPANY = {"unit": "区属企业甲", "filled_on": "2024年12月20日"}
SITE_ROWS = [
    {"site_name": "一号仓库", "address": "某路1号", "use": "出租", "operator": "承租商行", "area": "1,200.5㎡",
     "is_high_risk": "√", "has_safety_agreement": "有", "valid_from": 45292},
    {"site_name": "二号门店", "address": "某路2号", "use": "自用", "area": 86.5, "is_high_risk": "否",
     "valid_from": "2019.1", "valid_to": "2024年6月30日"},
]  # fmt: skip
SITES_READ = [
    {"site_name": "一号仓库", "address": "某路1号", "use": "leased_out", "operator": "承租商行",
     "area": "1200.5", "is_high_risk": "1", "has_safety_agreement": "1", "valid_from": "2024-01-01"},
    {"site_name": "二号门店", "address": "某路2号", "use": "self_operated", "area": "86.5", "is_high_risk": "0",
     "valid_from": "~2019-01-31", "valid_to": "2024-06-30"},
]  # fmt: skip


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


def test_a_key_merged_over_several_rows_belongs_to_each_of_them() -> None:
    order = ["enterprise", "category", "place", "note"]
    body = [
        ["某金属厂", "粉尘涉爆", "城桥镇", None],
        [None, "有限空间", None, "两处"],
        ["某冷库", "涉氨", "堡镇", None],
    ]
    table = listed(ENTERPRISES, body, unit="城桥镇", filled_on="2023年6月20日", columns=order)
    table.merges += [(3, 0, 4, 0), (3, 2, 4, 2)]
    for content, name in ((as_xlsx(table), "企业.xlsx"), (as_docx(table), "企业.docx")):
        submission = parse_one(CHONGMING, content, name, "2023-06-25")
        assert keys(submission) == [
            "某金属厂|dust_explosion",
            "某金属厂|confined_space",
            "某冷库|ammonia_refrigeration",
        ]
        assert column(submission, "place") == ["310151101", "310151101", "310151102"]


def test_a_number_merged_over_several_rows_counts_once() -> None:
    order = ["accident_number", "occurred_on", "grade", "deaths"]
    body = [["SG-1", "5月3日", "一般", 2], ["SG-2", "5月9日", "一般", None]]
    table = listed(ACCIDENTS, body, unit="区应急局", filled_on="2023年6月20日", columns=order)
    table.merges.append((3, 3, 4, 3))
    submission = parse_one(CHONGMING, as_xlsx(table), received_on="2023-06-25")
    assert column(submission, "deaths") == ["2", ""]
    assert blamed(submission, "RD-8-07") == ["Sheet1!D5"]


def test_a_part_above_its_whole_is_asked_about_with_both_cells() -> None:
    """已整改 of 发现, row by row: 3 of 2; 2 of 2; either blank; merged over two rows the whole counts once."""
    order = ["held_on", "event", "led_by", "site_name", "hazards_found", "hazards_rectified"]
    numbers = [(2, 3), (2, 2), (None, 3), (2, None), (0, 1), (9, 4), (None, 8)]
    body = [[f"5月{day}日", "带队检查", "董事长", "一号店", *pair] for day, pair in enumerate(numbers, start=1)]
    table = listed(INSPECTIONS, body, unit="区属企业甲", filled_on="2024年5月20日", columns=order)
    table.merges.append((8, 4, 9, 4))
    submission = parse_one(BAOSHAN, as_xlsx(table))
    assert blamed(submission, "RD-8-25") == ["Sheet1!F4", "Sheet1!F8"]
    assert sentence(submission, "RD-8-25") == (
        "Sheet1!F4“已整改数”填的是 3，大于同一行 Sheet1!E4“发现隐患数”的 2，请核对后改正。"
    )
    assert column(submission, "hazards_rectified") == ["3", "2", "3", "", "1", "4", "8"]
    assert not submission.quarantined and codes(submission) == ["RD-8-25", "RD-8-25"]


def test_what_is_part_of_what_is_data_of_any_list(tmp_path: Path) -> None:
    """A register of a copied campaign gets a column for the area let out, no larger than the area."""
    folder = copy_of(BAOSHAN, tmp_path)
    area = "{column_id: area, label: 面积, aliases: [建筑面积], type: decimal, measure_unit: 平方米}"
    let_out = "{column_id: area_let_out, label: 出租面积, type: decimal, measure_unit: 平方米, at_most: area}"
    replace(folder / "forms" / "site_register.yml", area, f"{area}\n  - {let_out}")
    campaign = loaded(folder)
    sites = [
        {"site_name": "一号仓库", "address": "某路1号", "use": "出租", "area": 80.5, "area_let_out": 80.6},
        {"site_name": "二号仓库", "address": "某路2号", "use": "出租", "area": 80.5, "area_let_out": 80.5},
    ]
    order = ["site_name", "address", "use", "area", "area_let_out"]
    content = as_xlsx(listed(campaign.form("site_register"), sites, columns=order, **COMPANY))
    [submission] = parse_file(content, "网点.xlsx", (), campaign, DATES[BAOSHAN], date(2024, 12, 25))
    assert sentence(submission, "RD-8-25") == (
        "Sheet1!E4“出租面积”填的是 80.6，大于同一行 Sheet1!D4“面积”的 80.5，请核对后改正。"
    )
    assert codes(submission) == ["RD-8-25"]


def test_lists_of_two_units_on_one_sheet_are_two_submissions() -> None:
    first = listed(MEETINGS, [{"held_on": "5月6日", "meeting": "专题会议", "chaired_by": "党工委书记"}],
                   unit="曹杨新村街道", filled_on="2024年6月24日")  # fmt: skip
    second = listed(MEETINGS, [{"held_on": "5月8日", "meeting": "专题会议", "chaired_by": "主任"}],
                    unit="长风新村街道", filled_on="2024年6月24日")  # fmt: skip
    both = Table([*first.rows, [None], *second.rows])
    for content, name in ((as_xlsx(both), "会议.xlsx"), (as_csv(both), "会议.csv")):
        found = parse_all(PUTUO, content, name, "2024-06-25")
        assert [(s.unit_id, s.period, column(s, "held_on")) for s in found] == [
            ("310107005", "2024Q2", ["2024-05-06"]),
            ("310107014", "2024Q2", ["2024-05-08"]),
        ]
        assert [codes(s) for s in found] == [[], []]


def test_one_sheet_for_each_list() -> None:
    unit = {"unit": "区属企业甲", "filled_on": "2024年12月18日"}
    sites = listed(SITES, SITE_ROWS[1:], **unit, name="网点")
    hazards = listed(
        HAZARDS,
        [{"hazard_number": "YH-01", "hazard": "通道堵塞", "level": "一般", "found_on": "6月3日"}],
        **unit,
        name="隐患",
    )
    found = parse_all(BAOSHAN, as_xlsx(sites, hazards), "底数.xlsx", "2024-12-25")
    assert [(s.form_id, s.sheet_name, len(rows(s))) for s in found] == [
        ("site_register", "网点", 1),
        ("hazard_register", "隐患", 1),
    ]


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


def test_the_same_event_twice_is_asked_about_and_both_are_kept() -> None:
    row = {"held_on": "5月6日", "event": "带队检查", "led_by": "董事长", "site_name": "一号仓库"}
    table = listed(INSPECTIONS, [row, row], unit="区属企业甲", filled_on="2024年5月18日")
    submission = parse_one(BAOSHAN, as_xlsx(table), received_on="2024-05-19")
    assert keys(submission) == [
        "2024-05-06|leader_inspection|一号仓库",
        "2024-05-06|leader_inspection|一号仓库#2",
    ]
    assert sentence(submission, "RD-8-14") == ("Sheet1!A5 与 Sheet1!A4 是同一项，两行都已登记，请只保留一行。")


@pytest.mark.parametrize("text", ["本季度无生产安全事故", "无", "零报告", "本季度未发生事故。"])
def test_a_quarter_without_accidents_is_a_list_without_rows(text: str) -> None:
    stamped = {"unit": "区应急局", "filled_on": "2023年6月20日"}
    for body in ([[text]], [[None, text]], [{"accident_number": "无", "deaths": 0, "note": "无"}]):
        submission = parse_one(CHONGMING, as_xlsx(listed(ACCIDENTS, body, **stamped)), received_on="2023-06-25")
        assert (submission.unit_id, submission.list_cells, codes(submission)) == ("310151D01", (), [])


def test_a_liaison_list_may_name_its_unit_in_its_rows_alone() -> None:
    people = [
        {"unit": "区商务委", "role": "负责人", "person_name": "测试员甲", "phone": "13800000000"},
        {"unit": "区商务委", "role": "联络员", "person_name": "测试员乙", "phone": "13800000001"},
    ]
    submission = parse_one(CHANGNING, as_xlsx(listed(LIAISONS, people)), "联络员.xlsx", "2023-05-20")
    assert (submission.unit_id, keys(submission)) == ("310105D05", ["310105D05", "310105D05#2"])
    assert column(submission, "role") == ["person_in_charge", "liaison"]
    assert "RD-8-14" not in codes(submission)
    two_units = [people[0], people[1] | {"unit": "区民政局"}]
    several = parse_one(CHANGNING, as_xlsx(listed(LIAISONS, two_units)), "联络员.xlsx", "2023-05-20")
    assert several.quarantined
    assert "RD-3-01" in codes(several)


def test_two_units_where_one_is_meant_are_asked_about() -> None:
    people = [{"unit": "区商务委、区民政局", "person_name": "测试员甲", "phone": "13800000000"}]
    submission = parse_one(
        CHANGNING,
        as_xlsx(listed(LIAISONS, people, unit="区商务委", filled_on="2023年5月19日")),
        received_on="2023-05-20",
    )
    assert column(submission, "unit") == ["unreadable"]
    assert sentence(submission, "RD-8-11") == (
        "Sheet1!A4“单位”写了不止一个单位（区商务委、区民政局），这一列一行只填一个单位，请分行填写。"
    )


def test_many_problems_of_one_kind_are_listed_thirty_times_and_then_counted() -> None:
    body = [{"site_name": f"网点{number}", "address": f"某路{number}号"} for number in range(1, 46)]
    submission = parse_one(BAOSHAN, as_xlsx(listed(SITES, body, **COMPANY)), received_on="2024-12-25")
    assert len(rows(submission)) == 45
    assert codes(submission) == ["RD-8-05"]  # nothing was answered at all
    body[0]["use"] = "自营"
    submission = parse_one(BAOSHAN, as_xlsx(listed(SITES, body, **COMPANY)), received_on="2024-12-25")
    assert codes(submission) == ["RD-8-07"] * 30 + ["RD-8-16"]
    assert "“经营方式”一列还有 14 处同样的问题" in sentence(submission, "RD-8-16")


def test_a_head_column_named_twice_is_read_from_its_printed_label() -> None:
    order = ["编号", "hazard_number", "hazard", "level", "found_on"]
    body = [[7, "YH-01", "通道堵塞", "一般", "6月3日"]]
    submission = parse_one(BAOSHAN, as_xlsx(listed(HAZARDS, body, columns=order, **COMPANY)), received_on="2024-12-25")
    assert keys(submission) == ["YH-01"]
    assert codes(submission) == []


@pytest.mark.parametrize(
    ("campaign_id", "form_id", "row", "unit", "filled_on", "period"),
    [
        (BAOSHAN, "site_register", {"site_name": "甲", "address": "乙", "use": "自营"}, "区属企业甲",
         "2024-09-02", "2024"),
        (PUTUO, "leader_meetings", {"held_on": "8.5", "meeting": "专题会议", "chaired_by": "主任"}, "曹杨新村街道",
         "2024-08-06", "2024Q3"),
        (PUTUO, "liaison_list", {"unit": "区商务委", "person_name": "测试员甲", "post": "科长", "phone": "13800000000"},
         "区商务委", "2024-03-05", "2024-03"),
        (PUTUO, "accidents", {"accident_number": "1", "occurred_on": "4.2", "grade": "一般", "deaths": 1}, "区应急局",
         "2024-04-03", "2024-04"),
    ],
)  # fmt: skip
def test_what_is_sent_as_things_happen_need_not_wait_for_the_cut_off(
    campaign_id: str, form_id: str, row: dict[str, object], unit: str, filled_on: str, period: str
) -> None:
    table = listed(form(campaign_id, form_id), [row], unit=unit, filled_on=filled_on)
    submission = parse_one(campaign_id, as_xlsx(table), received_on=filled_on)
    assert (submission.period, submission.quarantined) == (period, False)


def test_a_register_with_a_sheet_for_each_place_is_one_list() -> None:
    first = listed(SITES, SITE_ROWS[:1], **COMPANY, name="东片")
    second = listed(SITES, SITE_ROWS[1:], **COMPANY, name="西片")
    submission = parse_one(BAOSHAN, as_xlsx(first, second), "网点.xlsx", "2024-12-25")
    assert rows(submission) == SITES_READ
    assert places(submission, 2)["address"] == "西片!B4"
    again = listed(SITES, [SITE_ROWS[0] | {"use": "自营"}], **COMPANY, name="旧")
    found = parse_all(BAOSHAN, as_xlsx(first, again), "网点.xlsx", "2024-12-25")
    assert [("RD-2-07" in codes(s), s.quarantined) for s in found] == [(True, True), (True, True)]


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


def test_values_under_no_heading_are_not_dropped_without_a_word() -> None:
    order = ["site_name", "address", "use"]
    table = listed(SITES, [["甲", "某路1号", "自营", "已停业"]], columns=order, **COMPANY)
    submission = parse_one(BAOSHAN, as_xlsx(table), received_on="2024-12-25")
    assert rows(submission) == [{"site_name": "甲", "address": "某路1号", "use": "self_operated"}]
    assert sentence(submission, "RD-8-04").startswith("Sheet1!D4（“没有列名”）这一列不是《网点清单》的列")


def test_a_key_merged_over_two_rows_with_two_states_is_two_rows_and_a_question() -> None:
    order = ["hazard_number", "hazard", "level", "found_on"]
    body = [["YH-01", "通道堵塞", "一般", "6月3日"], [None, "配电箱无漏保", "重大", "6月3日"]]
    table = listed(HAZARDS, body, columns=order, **COMPANY)
    table.merges.append((3, 0, 4, 0))
    submission = parse_one(BAOSHAN, as_xlsx(table), received_on="2024-12-25")
    assert column(submission, "level") == ["general", "major"]
    assert keys(submission) == ["YH-01", "YH-01#2"]
    assert "RD-8-14" in codes(submission)


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


def test_an_address_list_beside_a_form_with_figures_is_no_list_of_ours() -> None:
    from tests.forms import pairs

    progress = form(CHANGNING, "progress")
    figures = pairs(
        progress, {item.code: 1 for item in progress.items}, stamp="填报单位：区商务委  填表时间：2023年6月24日"
    )
    people = [["单位", "姓名", "职务", "联系电话"], ["区商务委", "测试员甲", "科长", "13800000000"]]
    for title, forms in (("通讯录", ["progress"]), ("行动联络员名单", ["progress", "liaison_list"])):
        book = as_xlsx(figures, Table([[title], *people], name="附"))
        found = parse_all(CHANGNING, book, "调度表.xlsx", "2023-06-25")
        assert [submission.form_id for submission in found] == forms


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
