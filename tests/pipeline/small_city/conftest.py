"""One small city, built once per session with everything real: forms in, three nights, snapshot and reports out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from orchestration.home import Home
from orchestration.nightly import NightResult, nightly
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, DEPARTMENT_FIGURES, FIGURES, GUSHAN, HAIZHOU, at, send

CITY = "small_city_2023"


@dataclass(frozen=True)
class SmallCity:
    home: Home
    nights: tuple[NightResult, ...]
    department: str

    def rows(self, sql: str, *parameters: object) -> list[tuple]:
        with duckdb.connect(str(self.home.current / "taizhang.duckdb"), read_only=True) as connection:
            return connection.execute(sql, list(parameters)).fetchall()

    def one(self, sql: str, *parameters: object) -> object:
        ((value,),) = self.rows(sql, *parameters)
        return value


@pytest.fixture(scope="session")
def small_city(tmp_path_factory: pytest.TempPathFactory) -> SmallCity:
    """June to August 2023.

    June: 孤山镇 and the department on time, 岔沟镇 a month late (arrives in July's night), 海州街道 missing.
    July: 孤山镇 sends 1.1 = 15, then (in August's night) corrects it to 16; 岔沟镇's 1.1 falls from 12 to 10;
    海州街道 joins in.
    August: only 孤山镇, with 2.6 left blank.
    """
    home = Home(tmp_path_factory.mktemp("small_city")).prepare()
    department = cities.departments()[0]
    cities.add_campaign(home, CITY, "小城市", "210399", [HAIZHOU, GUSHAN, CHAGOU, department])

    def night(day: date) -> NightResult:
        return nightly(home, at(day))

    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24))
    send(home, CITY, department, "2023-06", date(2023, 6, 24), DEPARTMENT_FIGURES)
    first = night(date(2023, 6, 25))
    send(home, CITY, CHAGOU, "2023-06", date(2023, 6, 27))
    july = FIGURES | {("1.1", "value"): Decimal(15), ("4.7", "value"): Decimal(5)}
    send(home, CITY, GUSHAN, "2023-07", date(2023, 7, 24), july)
    send(home, CITY, CHAGOU, "2023-07", date(2023, 7, 24), FIGURES | {("1.1", "value"): Decimal(10)})
    send(home, CITY, HAIZHOU, "2023-07", date(2023, 7, 24))
    second = night(date(2023, 7, 25))
    send(home, CITY, GUSHAN, "2023-07", date(2023, 7, 26), july | {("1.1", "value"): Decimal(16)}, "孤山镇7月更正.xlsx")
    august = {key: value for key, value in july.items() if key != ("2.6", "value")}
    send(home, CITY, GUSHAN, "2023-08", date(2023, 8, 24), august | {("1.1", "value"): Decimal(20)})
    third = night(date(2023, 8, 25))
    return SmallCity(home, (first, second, third), department)
