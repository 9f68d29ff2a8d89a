"""What is asked about the rows of a list: a part above its whole, one event twice, two units in one cell.

Does not belong here: what a single cell of a list says (test_list_values.py).
"""

from datetime import date
from pathlib import Path

from ingest.parse import parse_file
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.unit.campaigns.copied_campaigns import copy_of, loaded, replace
from tests.unit.ingest.reading_lists import (
    BAOSHAN,
    CHANGNING,
    DATES,
    blamed,
    codes,
    column,
    form,
    keys,
    parse_one,
    rows,
    sentence,
)
from tests.unit.ingest.site_registers import COMPANY, SITES

INSPECTIONS = form(BAOSHAN, "inspections")
LIAISONS = form(CHANGNING, "liaison_list")


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


def test_the_same_event_twice_is_asked_about_and_both_are_kept() -> None:
    row = {"held_on": "5月6日", "event": "带队检查", "led_by": "董事长", "site_name": "一号仓库"}
    table = listed(INSPECTIONS, [row, row], unit="区属企业甲", filled_on="2024年5月18日")
    submission = parse_one(BAOSHAN, as_xlsx(table), received_on="2024-05-19")
    assert keys(submission) == [
        "2024-05-06|leader_inspection|一号仓库",
        "2024-05-06|leader_inspection|一号仓库#2",
    ]
    assert sentence(submission, "RD-8-14") == ("Sheet1!A5 与 Sheet1!A4 是同一项，两行都已登记，请只保留一行。")


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
