"""Two towns and a department send the same words about the same enterprise and day, over two nights.

孤山 and 岔沟 tell of 甲厂, and so does the department: of which of both nobody can know. Of 乙厂 the department names
岔沟, of 丙厂 孤山 itself names 岔沟. Then a person says that the towns' 甲厂 is one, then that 岔沟's 乙厂 is not the
department's, and takes both back. Worked out by hand.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from orchestration.home import Home
from orchestration.nightly import nightly
from orchestration.snapshot import published_snapshot
from orchestration.tracing.hazard_trace import trace_hazard
from reports.consolidation.consolidated import verify_consolidated, write_consolidated
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, GUSHAN, at
from tests.pipeline.cities import published_rows as ask

CITY = "two_towns_2023"
COLUMNS = ["hazard_number", "enterprise", "place", "hazard", "level", "source", "found_on"]
BUREAU = cities.departments()[0]
_INSPECTED = {"level": "重大", "source": "部门检查", "found_on": "2023-06-05"}
DUCT = {"enterprise": "甲厂", "hazard": "喷漆房未设置可燃气体报警装置", **_INSPECTED}
EXIT = {"enterprise": "乙厂", "hazard": "员工宿舍安全出口上锁", **_INSPECTED}
TANK = {"enterprise": "丙厂", "hazard": "液氨储罐区未设置泄漏报警", **_INSPECTED}
LISTS = {
    GUSHAN: [
        {**DUCT, "hazard_number": "GS-1"},
        {**EXIT, "hazard_number": "GS-2"},
        {**TANK, "hazard_number": "GS-3", "place": "岔沟镇"},
    ],
    CHAGOU: [{**DUCT, "hazard_number": "CG-1"}, {**EXIT, "hazard_number": "CG-2"}],
    BUREAU: [{**DUCT}, {**EXIT, "place": "岔沟镇"}, {**TANK}],
}
TOWNS = "描述相同，不在同一镇街"
UNCLEAR = "描述相同，别的单位所报也与它相同"
PRINTED = [  # on 待认定: the older line's unit, why, its enterprise, the other line's unit
    ("孤山镇", TOWNS, "甲厂", "岔沟镇"),
    ("孤山镇", UNCLEAR, "甲厂", "市应急局"),
    ("孤山镇", TOWNS, "乙厂", "岔沟镇"),
    ("孤山镇", TOWNS, "乙厂", "市应急局"),
    ("孤山镇", TOWNS, "丙厂", "市应急局"),
    ("岔沟镇", UNCLEAR, "甲厂", "市应急局"),
]


def overlaps(home: Home) -> list[tuple[Any, ...]]:
    return ask(
        home,
        "select enterprise, told.unit_id from marts.fct_hazard_overlaps as told "
        "inner join marts.fct_hazards using (campaign_id, hazard_id) order by all",
    )


def doubts(home: Home) -> list[tuple[Any, ...]]:
    return ask(
        home,
        "select enterprise, unit_id, other_unit_id, kind, reason, decision from marts.rpt_hazard_doubts order by all",
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    cities.add_campaign(home, CITY, "两镇城市", "210394", [GUSHAN, CHAGOU, BUREAU])
    campaign = home.campaigns()[CITY]
    names = {unit.unit_id: unit.unit_name for unit in campaign.units}
    for unit_id, rows in LISTS.items():
        table = listed(
            campaign.form("hazard_list"), rows, unit=names[unit_id], filled_on="2023年6月24日", columns=COLUMNS
        )
        target = home.inbox / CITY / "2023-06" / f"{names[unit_id]}6月隐患清单.xlsx"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(as_xlsx(table))
    assert nightly(home, at(date(2023, 6, 25))).failures == ()
    return home


def test_what_two_towns_tell_alike_waits_for_a_person_and_joins_on_a_persons_word(home: Home) -> None:
    assert overlaps(home) == [("乙厂", CHAGOU), ("乙厂", BUREAU)]
    assert doubts(home) == [
        ("丙厂", GUSHAN, BUREAU, "overlap", TOWNS, None),
        ("乙厂", GUSHAN, CHAGOU, "overlap", TOWNS, None),
        ("乙厂", GUSHAN, BUREAU, "overlap", TOWNS, None),
        ("甲厂", GUSHAN, CHAGOU, "overlap", TOWNS, None),
        ("甲厂", GUSHAN, BUREAU, "overlap", UNCLEAR, None),
        ("甲厂", CHAGOU, BUREAU, "overlap", UNCLEAR, None),
    ]
    trace = trace_hazard(home, published_snapshot(home.published), CITY, "GS-1")
    assert sorted((pair.kind, pair.reason, pair.is_joined) for pair in trace.pairs) == [
        ("overlap", "同一企业、同一日期、同样的描述", False),
        ("overlap", TOWNS, False),
    ]

    [(pair_id,)] = ask(
        home,
        "select pair_id from marts.rpt_hazard_doubts "
        f"where enterprise = '甲厂' and unit_id = '{GUSHAN}' and other_unit_id = '{CHAGOU}'",
    )
    decide(home, f"{pair_id},same,市安委办综合科,2023-06-26,厂区跨两镇")
    assert nightly(home, at(date(2023, 6, 26))).failures == ()
    assert overlaps(home) == [("乙厂", CHAGOU), ("乙厂", BUREAU), ("甲厂", GUSHAN), ("甲厂", CHAGOU), ("甲厂", BUREAU)]
    assert [row for row in doubts(home) if row[0] == "甲厂"] == [("甲厂", GUSHAN, CHAGOU, "overlap", TOWNS, "same")]


def test_what_was_joined_unasked_is_told_apart_by_the_pair_that_joined_it_and_joins_again(home: Home) -> None:
    exits = f"select pair_ids from marts.fct_hazard_overlaps where unit_id = '{CHAGOU}' and pair_ids not like '%、%'"
    decide(home)
    assert nightly(home, at(date(2023, 6, 27))).failures == ()
    assert overlaps(home) == [("乙厂", CHAGOU), ("乙厂", BUREAU)]
    [(pair_id,)] = ask(home, exits)

    decide(home, f"{pair_id},different,市安委办综合科,2023-06-28,两栋宿舍")
    assert nightly(home, at(date(2023, 6, 28))).failures == ()
    assert overlaps(home) == []
    assert ("乙厂", CHAGOU, BUREAU, "overlap", "同一企业、同一日期、同样的描述", "different") in doubts(home)

    decide(home)
    assert nightly(home, at(date(2023, 6, 29))).failures == ()
    assert overlaps(home) == [("乙厂", CHAGOU), ("乙厂", BUREAU)]
    assert ask(home, exits) == [(pair_id,)]


def test_pairs_of_two_units_stand_on_the_sheet_with_what_they_would_change(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "totals.xlsx"
    write_consolidated(target, home.published, CITY, "progress", "2023-06")
    assert verify_consolidated(target, home.published, CITY, "progress", "2023-06") == []
    rows = list(openpyxl.load_workbook(target)["待认定"].iter_rows(min_row=4, min_col=2, values_only=True))
    pairs = list(zip(rows[::2], rows[1::2], strict=True))
    assert [(*older[1:4], older[5], other[3]) for older, other in pairs] == [
        ("1.3\n2023年6月\n共 1 个数", f"两个单位各一条\n{reason}", unit, enterprise, other_unit)
        for unit, reason, enterprise, other_unit in PRINTED
    ]
    assert [older[0] for older, _ in pairs] == [other[0] for _, other in pairs]
    waiting = {row[0] for row in ask(home, "select pair_id from marts.rpt_hazard_doubts where decision is null")}
    assert {older[0] for older, _ in pairs} == waiting


def decide(home: Home, *rows: str) -> None:
    head = "pair_id,decision,decided_by,decided_on,reason"
    file: Path = home.campaign_folder / CITY / "hazard_decisions.csv"
    file.write_text("\n".join((head, *rows, "")), encoding="utf-8")
