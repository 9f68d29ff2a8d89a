"""Nights that keep what did not change make the same marts, row for row, as a build that knows nothing of them.

Late forms, corrections, resent lists, a changed rule, a unit that ends, days that go by: after each the kept rows must
have given way.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pyarrow.parquet as pq
import pytest

from orchestration.building import kept_build, warehouse
from orchestration.home import Home
from orchestration.nightly import nightly
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, FIGURES, GUSHAN, HAIZHOU, at, send
from tests.pipeline.hazard_ledger.conftest import AUGUST, JULY, JUNE, send_list
from tests.pipeline.test_corrections import HEAD, ROW

CITY = "ledger_city_2023"
GOING_ON = (5, 6)  # nights that find the build file of the night before as it must be
COMPARED = (3, *GOING_ON)
OF_CHAGOU = [{**line, "enterprise": f"岔沟{line['enterprise']}"} for line in JUNE]


def less(item: str, number: int) -> dict[tuple[str, str], Decimal | str]:
    return FIGURES | {(item, "value"): Decimal(number)}


def nights(home: Home) -> Iterator[datetime]:
    """Each night's moment, after everything of that night was sent and changed; the caller runs the night."""
    folder = home.campaign_folder / CITY
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24), less("1.1", 13))
    send(home, CITY, CHAGOU, "2023-06", date(2023, 6, 24))
    send_list(home, GUSHAN, "2023-06", date(2023, 6, 24), JUNE)
    yield at(date(2023, 6, 25))
    send(home, CITY, HAIZHOU, "2023-06", date(2023, 7, 3))  # a month late
    send(home, CITY, GUSHAN, "2023-07", date(2023, 7, 24), less("1.1", 12))  # fell
    send(home, CITY, CHAGOU, "2023-07", date(2023, 7, 24), less("1.1", 15))
    send_list(home, GUSHAN, "2023-07", date(2023, 7, 24), JULY)
    send_list(home, CHAGOU, "2023-07", date(2023, 7, 24), OF_CHAGOU[:2])
    yield at(date(2023, 7, 25))
    (folder / "corrections.csv").write_text(f"{HEAD}\n{ROW}\n", encoding="utf-8")
    send(home, CITY, CHAGOU, "2023-07", date(2023, 7, 26), less("1.1", 11), "岔沟镇更正.xlsx")  # below June now
    yield at(date(2023, 7, 26))
    rules, units = folder / "rules.yml", folder / "units.csv"
    rules.write_text(rules.read_text("utf-8").replace('"[1.2] <= [1.1]"', '"[1.2] < [1.1]"'), encoding="utf-8")
    units.write_text(units.read_text("utf-8").replace("海州,2023-05-01,,", "海州,2023-05-01,2023-08-01,"), "utf-8")
    send(home, CITY, GUSHAN, "2023-08", date(2023, 8, 21), less("1.1", 20))
    yield at(date(2023, 8, 22))
    # all of this is older than what is kept: July's form and list again, June's form of a unit that reported July since
    send(home, CITY, GUSHAN, "2023-07", date(2023, 8, 22), less("1.1", 14), "孤山镇更正.xlsx")
    send(home, CITY, CHAGOU, "2023-06", date(2023, 7, 31), less("1.1", 10), "岔沟镇六月更正.xlsx")
    send_list(home, GUSHAN, "2023-07", date(2023, 8, 22), [JULY[0], {**JULY[2], "rectified_on": "2023-07-22"}, JULY[3]])
    send_list(home, CHAGOU, "2023-08", date(2023, 8, 22), OF_CHAGOU[:2])
    yield at(date(2023, 8, 23))
    # the new row stands above the one that was left over
    send_list(home, GUSHAN, "2023-08", date(2023, 8, 24), [{**AUGUST[0], "due_on": "2023-12-31"}, *AUGUST])
    # July's list once more, with a third hazard that August's, which was there before, leaves out
    send_list(home, CHAGOU, "2023-07", date(2023, 7, 26), OF_CHAGOU)
    yield at(date(2023, 8, 26))  # the 24th was August's last day: 岔沟 has not reported


def differing_rows(home: Home, now: datetime) -> dict[str, int]:
    """Rows of every mart that only one of both has, as published by the night and as built from nothing."""
    fresh = home.as_it_stood(now)
    assert warehouse.build(fresh, now, now).failures == ()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{home.current / 'taizhang.duckdb'}' as night (read_only)")
        connection.execute(f"attach '{fresh.warehouse}' as fresh (read_only)")
        query = "select table_name from duckdb_tables() where database_name = 'fresh' and schema_name = 'marts'"
        names = [name for (name,) in connection.execute(query).fetchall()]
        found = {}
        for name in names:
            one, other = (f"select * from {database}.marts.{name}" for database in ("night", "fresh"))
            found[name] = connection.execute(
                f"select count(*) from (({one} except all {other}) union all ({other} except all {one}))"
            ).fetchall()[0][0]
    return found


def test_nights_equal_a_build_from_nothing(home: Home) -> None:
    judged = {}
    for number, now in enumerate(nights(home), start=1):
        assert nightly(home, now).failures == ()
        assert (f'"begun_on": "{now:%Y-%m-%d}"' not in (home.build / kept_build.NOTE).read_text("utf-8")) == (
            number in GOING_ON
        )
        judged[number] = pq.read_table(home.kept_outcomes / "rows.parquet").num_rows
        if number in COMPARED:
            differing = differing_rows(home, now)
            assert len(differing) > 40
            assert {name: rows for name, rows in differing.items() if rows} == {}
    assert judged[1] < judged[2] < judged[5]
    late = "select period, is_current from marts.fct_submissions where file_name = '岔沟镇六月更正.xlsx'"
    assert cities.published_rows(home, late) == [("2023-06", True)]


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("kept_city")).prepare()
    cities.add_campaign(home, CITY, "台账城市", "210398", [GUSHAN, CHAGOU, HAIZHOU])
    file = home.campaign_folder / CITY / "campaign.yml"
    file.write_text(file.read_text("utf-8").replace("lock_after_days: 45", "lock_after_days: 90"), "utf-8")
    return home
