"""What a cell merged over several rows of a list says of each of them: a key, a figure, a key of two states."""

from tests.forms import as_docx, as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.reading_lists import BAOSHAN, CHONGMING, blamed, codes, column, form, keys, parse_one
from tests.unit.ingest.site_registers import COMPANY

HAZARDS = form(BAOSHAN, "hazard_register")
ACCIDENTS = form(CHONGMING, "accidents")
ENTERPRISES = form(CHONGMING, "key_enterprises")


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


def test_a_key_merged_over_two_rows_with_two_states_is_two_rows_and_a_question() -> None:
    order = ["hazard_number", "hazard", "level", "found_on"]
    body = [["YH-01", "通道堵塞", "一般", "6月3日"], [None, "配电箱无漏保", "重大", "6月3日"]]
    table = listed(HAZARDS, body, columns=order, **COMPANY)
    table.merges.append((3, 0, 4, 0))
    submission = parse_one(BAOSHAN, as_xlsx(table), received_on="2024-12-25")
    assert column(submission, "level") == ["general", "major"]
    assert keys(submission) == ["YH-01", "YH-01#2"]
    assert "RD-8-14" in codes(submission)


def test_a_number_merged_over_several_rows_counts_once() -> None:
    order = ["accident_number", "occurred_on", "grade", "deaths"]
    body = [["SG-1", "5月3日", "一般", 2], ["SG-2", "5月9日", "一般", None]]
    table = listed(ACCIDENTS, body, unit="区应急局", filled_on="2023年6月20日", columns=order)
    table.merges.append((3, 3, 4, 3))
    submission = parse_one(CHONGMING, as_xlsx(table), received_on="2023-06-25")
    assert column(submission, "deaths") == ["2", ""]
    assert blamed(submission, "RD-8-07") == ["Sheet1!D5"]
