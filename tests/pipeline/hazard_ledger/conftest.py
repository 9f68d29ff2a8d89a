"""The small city of the hazard ledger, built once: lists of three months from a town and a department, and its form.

孤山镇 sends June's list with three hazards, July's whole list again (one rectified and closed, one reworded, one new),
August's (the closed one open again). The department reports one of the town's hazards too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from orchestration.nightly import nightly
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import FIGURES, GUSHAN, at, send

CITY = "ledger_city_2023"
DUCT = "喷漆房未设置可燃气体报警装置，风管积尘严重"
EXIT = "员工宿舍安全出口上锁"
WELDER = "电焊工无证上岗"
TANK = "液氨储罐区未设置泄漏报警"

_MAJOR = {"level": "重大", "source": "企业自查"}
JUNE = [
    {
        "hazard_number": "GS-1",
        "enterprise": "甲化工有限公司",
        "hazard": DUCT,
        "found_on": "2023-06-05",
        "due_on": "2023-06-30",
        **_MAJOR,
    },
    {
        "hazard_number": "GS-2",
        "enterprise": "乙服装厂",
        "hazard": EXIT,
        "found_on": "2023.6.8",
        **_MAJOR,
        "source": "部门检查",
        "found_by": "市住建局",
    },
    {
        "hazard_number": "GS-3",
        "enterprise": "丙机械厂",
        "hazard": WELDER,
        "found_on": "2023年6月12日",
        "level": "一般",
        "source": "企业自查",
    },
]
JULY = [
    {**JUNE[0], "rectified_on": "2023-07-03", "closed_on": "2023-07-10", "signed_off_by": "市应急局"},
    {
        **JUNE[1],
        "hazard": "员工宿舍的安全出口上锁、堵塞",
        "listed_level": "县级",
        "listed_by": "市安委会",
        "listed_on": "2023-07-15",
    },
    JUNE[2],
    {"hazard_number": "GS-4", "enterprise": "丁冷库", "hazard": TANK, "found_on": "2023-07-20", **_MAJOR},
]
AUGUST = [{k: v for k, v in JULY[0].items() if k not in ("rectified_on", "closed_on", "signed_off_by")}, *JULY[1:]]
CORRECTION = f"""
correction_id,unit,form_id,period,item_code,part,expected_value,new_value,reason,decided_by,decided_on,document
k_01,{GUSHAN},progress,2023-07,1.3,value,1,2,漏报一处,市安委办综合科,2023-07-25,海安委办函〔2023〕1号
""".lstrip()
OF_DEPARTMENT = [{"enterprise": "乙服装厂", "hazard": EXIT, "found_on": "2023-06-08", **_MAJOR, "source": "部门检查"}]


class LedgerCity:
    def __init__(self, home: Home) -> None:
        self.home = home

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.home.current / "taizhang.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def send_list(home: Home, unit_id: str, period: str, filled_on: date, rows: list[Mapping[str, Any]]) -> Path:
    campaign = home.campaigns()[CITY]
    unit = next(unit for unit in campaign.units if unit.unit_id == unit_id)
    table = listed(campaign.form("hazard_list"), rows, unit=unit.unit_name, filled_on=f"{filled_on:%Y年%m月%d日}")
    target = home.inbox / CITY / period / f"{unit.unit_name}{int(period[5:])}月隐患清单.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_xlsx(table))
    return target


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> LedgerCity:
    home = Home(tmp_path_factory.mktemp("ledger_city")).prepare()
    department = cities.departments()[0]
    cities.add_campaign(home, CITY, "台账城市", "210398", [GUSHAN, department])
    (home.campaign_folder / CITY / "corrections.csv").write_text(CORRECTION, encoding="utf-8")
    june = FIGURES | {("1.1", "value"): Decimal(1), ("1.2", "value"): Decimal(0), ("1.3", "value"): Decimal(1)}
    june |= {("1.4", "value"): Decimal(0), ("1.5", "value"): Decimal(0), ("1.6", "value"): Decimal(0)}
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24), june)
    send_list(home, GUSHAN, "2023-06", date(2023, 6, 24), JUNE)
    nightly(home, at(date(2023, 6, 25)))
    july = june | {("1.1", "value"): Decimal(3), ("1.2", "value"): Decimal(1), ("1.5", "value"): Decimal(1)}
    send(home, CITY, GUSHAN, "2023-07", date(2023, 7, 24), july)
    send_list(home, GUSHAN, "2023-07", date(2023, 7, 24), JULY)
    send_list(home, department, "2023-07", date(2023, 7, 24), OF_DEPARTMENT)
    nightly(home, at(date(2023, 7, 25)))
    send_list(home, GUSHAN, "2023-08", date(2023, 8, 24), AUGUST)
    night = nightly(home, at(date(2023, 8, 25)))
    assert night.failures == ()
    return LedgerCity(home)
