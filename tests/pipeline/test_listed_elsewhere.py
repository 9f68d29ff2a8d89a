"""A town counts on its form what only a department's list holds, from files to the letter that names the row.

孤山镇 reports three hazards that inspections found and lists one. The department lists two more in 孤山镇, and one of
its own elsewhere.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.home import Home
from orchestration.nightly import nightly
from reports.paper.word_reading import read_document
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import FIGURES, GUSHAN, at, send

CITY = "elsewhere_2023"
COLUMNS = ["hazard_number", "enterprise", "place", "hazard", "level", "source", "found_on"]
FOUND = {"level": "重大", "source": "部门检查", "found_on": "2023-06-05"}
OF_TOWN = [{**FOUND, "hazard_number": "GS-1", "enterprise": "甲厂", "hazard": "风管积尘"}]
OF_DEPARTMENT = [
    {**FOUND, "hazard_number": "B-1", "enterprise": "乙厂", "hazard": "出口上锁", "place": "孤山镇"},
    {
        **FOUND,
        "hazard_number": "B-2",
        "enterprise": "丙厂",
        "hazard": "氨罐无报警",
        "place": "孤山镇",
        "found_on": "2023-06-06",
    },
    {**FOUND, "hazard_number": "B-3", "enterprise": "丁厂", "hazard": "护栏缺失"},
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    department = cities.departments()[0]
    cities.add_campaign(home, CITY, "别处城市", "210396", [GUSHAN, department])
    figures = {(f"1.{number}", "value"): Decimal(3 if number == 3 else 0) for number in range(1, 7)}
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24), FIGURES | figures)
    campaign = home.campaigns()[CITY]
    for unit_id, rows in ((GUSHAN, OF_TOWN), (department, OF_DEPARTMENT)):
        name = next(unit.unit_name for unit in campaign.units if unit.unit_id == unit_id)
        table = listed(campaign.form("hazard_list"), rows, columns=COLUMNS, unit=name, filled_on="2023年6月24日")
        target: Path = home.inbox / CITY / "2023-06" / f"{name}6月隐患清单.xlsx"
        target.write_bytes(as_xlsx(table))
    assert nightly(home, at(date(2023, 6, 25))).failures == ()
    return home


def test_the_rows_of_another_units_list_stand_behind_the_towns_figure(home: Home) -> None:
    with duckdb.connect(str(home.current / "taizhang.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select form_value, ledger_value, hazard_number, is_counted, reason, list_unit_name is not null, list_row "
            f"from marts.rpt_ledger_differences where item_code = '1.3' and unit_id = '{GUSHAN}' order by hazard_number"
        ).fetchall()
    assert rows == [
        (3, 1, "B-1", False, "listed_by_other_unit", True, "Sheet1!4"),
        (3, 1, "B-2", False, "listed_by_other_unit", True, "Sheet1!5"),
        (3, 1, "GS-1", True, "counted", False, "Sheet1!4"),
    ]


def test_the_letter_names_them_before_what_counts(home: Home) -> None:
    (letter,) = (home.outbox / CITY).glob("*孤山镇核实单.docx")
    blocks = read_document(letter).blocks
    tables = [[[cell.text for cell in row] for row in block] for block in blocks if isinstance(block, tuple)]
    assert [row[2:5] for row in tables[1][1:]] == [["B-1", "乙厂", "出口上锁"], ["B-2", "丙厂", "氨罐无报警"]]
    assert all(row[1].startswith("别的单位的清单上有，本单位的没有（") for row in tables[1][1:])
    told = [block.text for block in blocks if not isinstance(block, tuple)]
    assert "计入 1 处（截止日前的清单上有）：孤山镇6月隐患清单.xlsx Sheet1 第 4 行。" in told
