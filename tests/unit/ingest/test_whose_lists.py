"""Whose a list is, for which period, and how many lists the sheets of a file are.

Does not belong here: the same of forms with figures (test_several_forms.py, test_attribution.py).
"""

import pytest

from tests.forms import Table, as_csv, as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.reading_lists import (
    BAOSHAN,
    CHANGNING,
    PUTUO,
    codes,
    column,
    form,
    keys,
    parse_all,
    parse_one,
    places,
    rows,
)
from tests.unit.ingest.site_registers import COMPANY, SITE_ROWS, SITES, SITES_READ

HAZARDS = form(BAOSHAN, "hazard_register")
MEETINGS = form(PUTUO, "leader_meetings")
LIAISONS = form(CHANGNING, "liaison_list")


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


def test_a_register_with_a_sheet_for_each_place_is_one_list() -> None:
    first = listed(SITES, SITE_ROWS[:1], **COMPANY, name="东片")
    second = listed(SITES, SITE_ROWS[1:], **COMPANY, name="西片")
    submission = parse_one(BAOSHAN, as_xlsx(first, second), "网点.xlsx", "2024-12-25")
    assert rows(submission) == SITES_READ
    assert places(submission, 2)["address"] == "西片!B4"
    again = listed(SITES, [SITE_ROWS[0] | {"use": "自营"}], **COMPANY, name="旧")
    found = parse_all(BAOSHAN, as_xlsx(first, again), "网点.xlsx", "2024-12-25")
    assert [("RD-2-07" in codes(s), s.quarantined) for s in found] == [(True, True), (True, True)]


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
