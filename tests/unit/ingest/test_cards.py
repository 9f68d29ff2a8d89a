"""Cards, one hazard each, and lists under a two-row head with 五落实, in the file formats offices use."""

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from campaigns.load import load_all
from ingest.hazards.hazard_lines import LINE_COLUMNS, hazard_lines
from ingest.intake import IntakeSettings, take_in
from tests.forms import Table, as_csv, as_docx, as_xlsx
from tests.unit.ingest.plain_forms import paths_of
from tests.unit.ingest.reading_lists import DATES, blamed, codes, column, parse_all, parse_one, places, rows

HAICHENG = "haicheng_2023"
FORMATS = [(as_xlsx, "xlsx"), (as_docx, "docx"), (as_csv, "csv")]
CARD_ROWS = [
    ["重大事故隐患整改登记卡"],
    ["填报单位：孤山镇", None, None, "填报时间：2023年6月24日"],
    ["隐患编号", "GS-1", "企业名称", "甲化工厂"],
    ["隐患描述", "风管积尘", "隐患等级", "重大"],
    ["隐患来源", "企业自查", "发现日期", "2023.6.5"],
    ["五落实", "责任", "测试员甲", None],
    [None, "措施", "清理", None],
    [None, "资金（元）", 15000, None],
    [None, "时限", "2023-06-30", None],
    [None, "预案", None, None],
    ["整改完成日期", None, "销号部门", None],
    ["填表人：测试员甲", None, "审核人：测试员乙", None],
]
MERGES = [(0, 0, 0, 3), (5, 0, 9, 0), *[(row, 2, row, 3) for row in range(5, 10)]]
READ = {
    "hazard_number": "GS-1",
    "enterprise": "甲化工厂",
    "hazard": "风管积尘",
    "level": "major",
    "source": "self_check",
    "found_on": "2023-06-05",
    "responsible": "测试员甲",
    "measures": "清理",
    "funds": "1.5",
    "due_on": "2023-06-30",
}


def card(number: str = "GS-1", hazard: str = "风管积尘", rectified: str | None = None) -> Table:
    """A card with another number, description or day of rectification."""
    changed = [list(row) for row in CARD_ROWS]
    changed[2][1], changed[3][1], changed[10][1] = number, hazard, rectified
    return Table(changed, MERGES, name="Sheet1")


@pytest.mark.parametrize(("write", "ending"), FORMATS)
def test_a_card_is_one_hazard(write: Any, ending: str) -> None:
    submission = parse_one(HAICHENG, write(card()), f"隐患卡.{ending}", "2023-06-25")
    assert (submission.form_id, submission.unit_id, submission.period) == ("hazard_list", "210381101", "2023-06")
    assert (submission.card_key, submission.filler, submission.reviewer) == ("gs1", "测试员甲", "测试员乙")
    assert rows(submission) == [READ]
    assert codes(submission) == ["RD-8-24"]


def test_every_value_of_a_card_has_its_own_cell() -> None:
    submission = parse_one(HAICHENG, as_xlsx(card()), "隐患卡.xlsx", "2023-06-25")
    found = places(submission, 1)
    assert (found["hazard_number"], found["enterprise"], found["measures"]) == ("Sheet1!B3", "Sheet1!D3", "Sheet1!C7")


def test_a_blank_beside_a_label_is_asked_about_at_its_cell() -> None:
    blank = card()
    blank.rows[2][3] = None
    submission = parse_one(HAICHENG, as_xlsx(blank), "隐患卡.xlsx", "2023-06-25")
    assert blamed(submission, "RD-8-07") == ["Sheet1!D3"]


def test_a_label_that_the_form_does_not_know_is_told() -> None:
    other = card()
    other.rows[10] = ["整改完成日期", "2023-06-20", "奖励金额", "500"]
    submission = parse_one(HAICHENG, as_xlsx(other), "隐患卡.xlsx", "2023-06-25")
    assert column(submission, "rectified_on") == ["2023-06-20"]
    assert blamed(submission, "RD-8-04") == ["Sheet1!C11"]


def test_cards_below_each_other_are_hazards_of_their_own() -> None:
    two = Table([*card("GS-1").rows, [None], *card("GS-2", "出口上锁").rows])
    found = parse_all(HAICHENG, as_xlsx(two), "隐患卡.xlsx", "2023-06-25")
    assert [(s.card_key, column(s, "hazard"), codes(s)) for s in found] == [
        ("gs1", ["风管积尘"], ["RD-8-24"]),
        ("gs2", ["出口上锁"], ["RD-8-24"]),
    ]


def take(home: Path, files: dict[str, bytes], now: datetime) -> list[str]:
    for name, content in files.items():
        path = home / "inbox" / HAICHENG / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    campaigns = {HAICHENG: load_all()[HAICHENG]}
    settings = IntakeSettings(quiet_seconds=0)
    report = take_in(
        paths_of(home), campaigns, {HAICHENG: DATES[HAICHENG]}, lambda campaign, parsed: (), now, settings=settings
    )
    return [file.result for file in report.files]


def test_cards_of_one_unit_and_month_stand_beside_each_other(tmp_path: Path) -> None:
    """Three files, of which the last is the first one sent again with a day of rectification."""
    at = datetime(2023, 6, 25, 1, 30)
    second = as_docx(card("GS-2", "出口上锁"))
    assert take(tmp_path, {"卡1.xlsx": as_xlsx(card()), "卡2.docx": second}, at) == ["accepted", "accepted"]
    later = at.replace(hour=5)
    assert take(tmp_path, {"卡1改.xlsx": as_xlsx(card(rectified="2023-06-20"))}, later) == ["accepted"]
    assert take(tmp_path, {"卡2再.docx": second}, later) == ["duplicate"]
    stored = duckdb.sql(
        f"select card_key, file_name, count(*) from '{tmp_path}/raw/submissions/*.parquet' group by all order by all"
    ).fetchall()
    assert stored == [("gs1", "卡1.xlsx", 1), ("gs1", "卡1改.xlsx", 1), ("gs2", "卡2.docx", 1)]
    newer = "select count(*) from '{}/raw/outcomes/*.parquet' where rule_code = 'RD-7-07'"
    assert duckdb.sql(newer.format(tmp_path)).fetchall() == [(0,)]


@pytest.mark.parametrize(("write", "ending"), FORMATS)
@pytest.mark.parametrize(
    "names",
    [
        ["责任人", "措施", "资金（万元）", "期限", "预案"],
        ["预案落实", "期限落实", "责任落实", "资金落实", "措施落实"],
        ["整改时限", "治理资金", "治理措施", "整改责任", "应急预案"],
    ],
)
def test_five_elements_in_any_order_and_naming_below_one_head(write: Any, ending: str, names: list[str]) -> None:
    values = {"责任": "测试员甲", "措施": "清理", "资金": 1.5, "限": "2023-06-30", "预案": "有"}
    head = ["序号", "企业名称", "隐患描述", "隐患来源", "发现日期", "五落实", None, None, None, None]
    below = [None, None, None, None, None, *names]
    body = [1, "甲化工厂", "风管积尘", "企业自查", "2023-06-05"]
    body += [next(value for word, value in values.items() if word in name) for name in names]
    merges = [*[(2, c, 3, c) for c in range(5)], (2, 5, 2, 9)]
    sheet = Table([["重大事故隐患清单"], ["填报单位：孤山镇", "填报时间：2023年6月24日"], head, below, body], merges)
    submission = parse_one(HAICHENG, write(sheet), f"清单.{ending}", "2023-06-25")
    (row,) = rows(submission)
    assert {name: row[name] for name in ("responsible", "measures", "funds", "due_on", "emergency_plan")} == {
        "responsible": "测试员甲",
        "measures": "清理",
        "funds": "1.5",
        "due_on": "2023-06-30",
        "emergency_plan": "有",
    }
    assert submission.card_key == ""


@pytest.mark.parametrize(
    ("responsible", "measures", "plan", "named"),
    [
        ("测试员甲", "更换排风机", "有", (True, True, True)),
        ("待定", "未制定", "无", (False, False, False)),
        ("/", "暂无。", "不涉及", (False, False, False)),
        ("尚未明确", "正在制定", "否", (False, False, False)),
        ("无", "待定岗后由班组清理", "已制定", (False, True, True)),
        (None, "—", None, (False, False, False)),
    ],
)
def test_a_plan_that_is_not_there_yet_names_nobody_and_nothing(
    responsible: str | None, measures: str, plan: str | None, named: tuple[bool, ...]
) -> None:
    head = ["企业名称", "隐患描述", "隐患来源", "发现日期", "责任人", "整改措施", "应急预案"]
    line = ["甲化工厂", "风管积尘", "企业自查", "2023-06-05", responsible, measures, plan]
    sheet = Table([["重大事故隐患清单"], ["填报单位：孤山镇", "填报时间：2023年6月24日"], head, line])
    submission = parse_one(HAICHENG, as_xlsx(sheet), "清单.xlsx", "2023-06-25")
    (stored,) = hazard_lines(submission.list_cells, HAICHENG, "孤山镇")
    by_name = dict(zip(LINE_COLUMNS, stored, strict=True))
    assert tuple(by_name[f"has_{name}"] for name in ("responsible", "measures", "emergency_plan")) == named
