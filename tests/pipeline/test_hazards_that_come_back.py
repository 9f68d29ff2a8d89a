"""Hazards that come back or are left out, over four monthly lists of a town; every value was worked out by hand.

GS-1 is closed in July, found again on 10 August and closed again; GS-2 likewise, and rectified on the spot. Of GS-3 the
day of finding is corrected before any closing. August leaves out the closing of GS-4, and all that was done about GS-5
and GS-6; September says it again of GS-6. August's list leaves out GS-7, September's GS-8, too; neither was closed.
Another town sends only what is new: July's list repeats one hazard of June's three.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from orchestration.home import Home
from orchestration.nightly import nightly
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, GUSHAN, at
from tests.pipeline.cities import published_rows as ask

CITY = "come_back_2023"
COLUMNS = [
    *("hazard_number", "enterprise", "hazard", "level", "source", "found_on"),
    *("rectified_on", "closed_on", "signed_off_by"),
]
FOUND = {"level": "重大", "source": "企业自查", "found_on": "2023-06-05"}
DONE = {"rectified_on": "2023-07-03", "closed_on": "2023-07-10", "signed_off_by": "市应急局"}
HAZARDS = {
    "GS-1": {"enterprise": "甲厂", "hazard": "喷漆房未设置可燃气体报警装置", **FOUND},
    "GS-2": {"enterprise": "乙厂", "hazard": "员工宿舍安全出口上锁", **FOUND},
    "GS-3": {"enterprise": "丙厂", "hazard": "液氨储罐区未设置泄漏报警", **FOUND},
    "GS-4": {"enterprise": "丁厂", "hazard": "配电室堆放可燃物", **FOUND},
    "GS-5": {"enterprise": "戊厂", "hazard": "除尘器未按规定清灰", **FOUND},
    "GS-6": {"enterprise": "己厂", "hazard": "有限空间未设置警示标志", **FOUND},
    "GS-7": {"enterprise": "庚厂", "hazard": "叉车通道堆放杂物", **FOUND},
    "GS-8": {"enterprise": "辛厂", "hazard": "压力容器超期未检", **FOUND},
}
LEFT_OUT = {"2023-08": ["GS-7"], "2023-09": ["GS-7", "GS-8"]}
_CLOSED = {number: DONE for number in HAZARDS if number not in ("GS-7", "GS-8")}
CHANGES: dict[str, dict[str, dict[str, str]]] = {
    "2023-06": {},
    "2023-07": {**_CLOSED, "GS-3": {"found_on": "2023-06-06"}},
    "2023-08": {
        "GS-1": {"found_on": "2023-08-10"},
        "GS-2": {"found_on": "2023-08-10", "rectified_on": "2023-08-10"},
        "GS-3": {"found_on": "2023-06-06", **DONE},
        "GS-4": {"rectified_on": "2023-07-03"},
    },
    "2023-09": {
        "GS-1": {**DONE, "found_on": "2023-08-10", "rectified_on": "2023-09-01", "closed_on": "2023-09-05"},
        "GS-2": {"found_on": "2023-08-10", "rectified_on": "2023-08-10"},
        "GS-3": {"found_on": "2023-06-06", **DONE},
        "GS-4": {"rectified_on": "2023-07-03"},
        "GS-6": DONE,
    },
}  # fmt: skip
NEW_ONLY = {
    "CG-1": {"enterprise": "子厂", "hazard": "电焊作业无人监护", **FOUND},
    "CG-2": {"enterprise": "丑厂", "hazard": "粉尘车间未装泄爆口", **FOUND},
    "CG-3": {"enterprise": "寅厂", "hazard": "危化品库通风失效", **FOUND},
    "CG-4": {"enterprise": "卯厂", "hazard": "应急照明全部损坏", **FOUND, "found_on": "2023-07-05"},
}
SENT_AS_NEW = {"2023-06": ["CG-1", "CG-2", "CG-3"], "2023-07": ["CG-1", "CG-4"]}


def send_list(home: Home, unit_id: str, period: str, rows: list[Mapping[str, Any]]) -> None:
    campaign = home.campaigns()[CITY]
    unit = next(unit for unit in campaign.units if unit.unit_id == unit_id)
    month = int(period[5:])
    stamp = {"unit": unit.unit_name, "filled_on": f"2023年{month}月24日"}
    target = home.inbox / CITY / period / f"{unit.unit_name}{month}月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(listed(campaign.form("hazard_list"), rows, columns=COLUMNS, **stamp)))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    cities.add_campaign(home, CITY, "复现城市", "210393", [GUSHAN, CHAGOU])
    for period, changes in CHANGES.items():
        sent = {number: row for number, row in HAZARDS.items() if number not in LEFT_OUT.get(period, ())}
        rows = [{"hazard_number": number, **row, **changes.get(number, {})} for number, row in sent.items()]
        send_list(home, GUSHAN, period, rows)
        if new := [{"hazard_number": number, **NEW_ONLY[number]} for number in SENT_AS_NEW.get(period, ())]:
            send_list(home, CHAGOU, period, new)
        received = at(date(2023, int(period[5:]), 25))
        if period == "2023-09":
            assert nightly(home, received).failures == ()
        else:
            cities.take_in(home, received, received)
    return home


JUNE_5, JUNE_6, JULY_3, JULY_10 = date(2023, 6, 5), date(2023, 6, 6), date(2023, 7, 3), date(2023, 7, 10)
AUGUST_10, AUGUST_24 = date(2023, 8, 10), date(2023, 8, 24)


def test_a_hazard_keeps_its_first_day_and_is_reopened_on_the_day_it_was_found_again(home: Home) -> None:
    assert ask(
        home,
        "select hazard_number, found_on, status, rectified_on, closed_on, reopened_count from marts.fct_hazards "
        "where hazard_number like 'GS-%' order by 1",
    ) == [
        ("GS-1", JUNE_5, "closed", date(2023, 9, 1), date(2023, 9, 5), 1),
        ("GS-2", JUNE_5, "rectified", AUGUST_10, None, 1),
        ("GS-3", JUNE_6, "closed", JULY_3, JULY_10, 0),
        ("GS-4", JUNE_5, "closed", JULY_3, JULY_10, 0),
        ("GS-5", JUNE_5, "reopened", None, None, 1),
        ("GS-6", JUNE_5, "closed", JULY_3, JULY_10, 0),
        ("GS-7", JUNE_5, "open", None, None, 0),
        ("GS-8", JUNE_5, "open", None, None, 0),
    ]


def test_every_hazard_has_the_status_that_its_spans_end_with(home: Home) -> None:
    spans = "select hazard_id, status, from_on from marts.fct_hazard_spans where until_on is null"
    assert ask(
        home,
        f"select hazard_number, spans.status, from_on from marts.fct_hazards inner join ({spans}) as spans "
        "using (hazard_id) where hazard_number like 'GS-%' order by 1",
    ) == [
        ("GS-1", "closed", date(2023, 9, 5)),
        ("GS-2", "rectified", AUGUST_10),
        ("GS-3", "closed", JULY_10),
        ("GS-4", "closed", JULY_10),
        ("GS-5", "reopened", AUGUST_24),
        ("GS-6", "closed", JULY_10),
        ("GS-7", "open", JUNE_5),
        ("GS-8", "open", JUNE_5),
    ]


def test_what_was_found_in_june_stays_found_in_june(home: Home) -> None:
    assert ask(
        home,
        "select period, sum(found_count), sum(closed_count), sum(reopened_count), sum(is_open::int) "
        "from marts.fct_hazard_months group by 1 order by 1",
    ) == [
        ("2023-06", 11, 0, 0, 11),
        ("2023-07", 1, 6, 0, 6),
        ("2023-08", 0, 0, 3, 8),
        ("2023-09", 0, 1, 0, 7),
    ]


def test_the_unit_is_asked_whether_it_was_found_again_as_long_as_its_lists_say_so(home: Home) -> None:
    asked = ask(
        home,
        "select period, source_cell, message from marts.fct_rule_outcomes where rule_code = 'HL-2-14' order by 1, 2",
    )
    assert [row[:2] for row in asked] == [
        (period, f"Sheet1!F{row}") for period in ("2023-08", "2023-09") for row in (4, 5)
    ]
    assert asked[0][2] == (
        "甲厂：“发现日期”2023-08-10 晚于此前的“销号日期”2023-07-10，已按该日又被发现、重新打开计。"
        "确是又出现的，请填重新挂账日期，保留原发现日期；另一处的，请另编号；改正日期的，请一并改正销号日期。"
    )


def test_a_hazard_that_a_whole_list_leaves_out_is_asked_about_once_and_stays_in_the_ledger(home: Home) -> None:
    asked = "select unit_id, period, source_cell, message from {} where rule_code = 'HL-2-15' order by period"
    august, september = ask(home, asked.format("marts.fct_rule_outcomes"))
    assert (august[:3], september[:3]) == ((GUSHAN, "2023-08", None), (GUSHAN, "2023-09", None))
    assert august[3] == (
        "庚厂：隐患 GS-7 “叉车通道堆放杂物”在 2023-07 的清单（孤山镇7月隐患清单.xlsx Sheet1!10）中有，尚未整改，"
        "本期清单没有列，台账仍按原状计。已整改、销号的，请保留该行并填日期；误报的，请说明；漏列的，请补报。"
    )
    before = "辛厂：隐患 GS-8 “压力容器超期未检”在 2023-08 的清单（孤山镇8月隐患清单.xlsx Sheet1!10）中有"
    assert september[3].startswith(before)
    assert ask(home, asked.format("marts.rpt_unit_questions")) == [september]


def test_a_day_told_in_one_list_and_blank_in_the_next_is_asked_for_with_its_cell(home: Home) -> None:
    asked = ask(
        home,
        "select period, source_cell, message from marts.fct_rule_outcomes where rule_code = 'HL-2-16' order by 1, 2",
    )
    assert [row[:2] for row in asked] == [
        ("2023-08", "Sheet1!G8"),
        ("2023-08", "Sheet1!G9"),
        ("2023-08", "Sheet1!H7"),
    ]
    assert asked[0][2] == (
        "戊厂：“整改完成日期”2023-07-03、“销号日期”2023-07-10 在 2023-07 的清单（孤山镇7月隐患清单.xlsx Sheet1!8）中"
        "填过，本期没有填，台账自 2023-08-24 起按重新打开计，补填后仍按原日期计。"
        "请补填；又出现的，请填重新挂账日期；原来填错的，请说明。"
    )
    assert asked[2][2] == (
        "丁厂：“销号日期”2023-07-10 在 2023-07 的清单（孤山镇7月隐患清单.xlsx Sheet1!7）中填过，本期没有填，"
        "台账仍按原日期计。请补填；又出现的，请填重新挂账日期；原来填错的，请说明。"
    )
