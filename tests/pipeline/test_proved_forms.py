"""What one night leaves to the next: proofs of gate 1 (what is new; everything when told to, and once a week), and the
reports of days without a night.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.home import Home
from orchestration.nightly import NightResult, nightly
from tests.pipeline import cities
from tests.pipeline.cities import CHAGOU, GUSHAN, HAIZHOU, at, send

CITY = "proved_city_2023"
TOO_EARLY = (
    "{output_id: unclosed_hazards_july, name: 未完成整改隐患清单, kind: unclosed_hazards, cadence: monthly, "
    "first_period: 2023-07, last_period: 2023-07, due_day: 25, due_month_offset: -1, shift: earlier, "
    "clause: 测试, basis: inferred}"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three units; the tests send one form a night. July's list of open hazards is due in June."""
    home = Home(tmp_path_factory.mktemp("proved_city")).prepare()
    cities.add_campaign(home, CITY, "复核城市", "210397", [GUSHAN, CHAGOU, HAIZHOU])
    campaign = home.campaign_folder / CITY / "campaign.yml"
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("outputs:", f"outputs:\n  - {TOO_EARLY}", 1), encoding="utf-8")
    return home


def night(home: Home, day: int, *unit_ids: str) -> NightResult:
    for unit_id in unit_ids:
        send(home, CITY, unit_id, "2023-06", date(2023, 6, day))
    return nightly(home, at(date(2023, 6, day)))


def proved(result: NightResult) -> int:
    assert result.build is not None
    return next(proof.checked for proof in result.build.proofs if proof.name == "gate1_outcomes_agree")


def test_each_night_proves_what_is_new_and_the_batch_before(home: Home) -> None:
    one_form = proved(night(home, 20, GUSHAN))
    assert one_form > 10  # the rules of gate 1 of one form
    assert proved(night(home, 21, CHAGOU)) == 2 * one_form
    assert proved(night(home, 22, HAIZHOU)) == 2 * one_form  # not three
    assert proved(night(home, 27)) == 3 * one_form  # a week after the first


def test_a_report_whose_day_had_no_night_is_written_by_the_next_one(home: Home) -> None:
    """June was due on Sunday the 25th, a working day; nights ran on the 22nd and the 27th. What is not written for
    want of content is not said to have been made up for.
    """
    note = json.loads(home.last_night.read_text(encoding="utf-8"))
    assert [Path(report["path"]).name for report in note["reports"] if report["path"]] == [
        "合计上报表_progress_2023-06.xlsx",
        "汇总表_progress_2023-06.xlsx",
    ]
    assert [warning for warning in note["warnings"] if "补上" in warning] == [
        f"{CITY} 2023-06 {name}（progress） 应于 2023-06-25 出，那天没有写成，今天补上。 Written after its day."
        for name in ("合计上报表", "汇总表")
    ]
    (empty,) = [warning for warning in note["warnings"] if "未写：" in warning]
    assert empty.startswith(f"{CITY} 2023-07 unclosed_hazards 没有内容，未写：")
    assert night(home, 28).reports == ()


def test_damage_to_what_was_proved_is_found_by_a_full_proof(home: Home) -> None:
    """A stored outcome of the first batch is turned round: the next night does not see it, a full proof does."""
    (batch,) = [path for path in sorted((home.raw / "outcomes").glob("2023*.parquet"))][:1]
    turn_round(batch)
    result = night(home, 29)
    assert result.failures == ()
    from orchestration.building import warehouse

    full = warehouse.build(home, at(date(2023, 6, 29)), at(date(2023, 6, 29)), everything=True)
    assert [sentence.split("：")[0] for sentence in full.failures] == ["gate1_outcomes_agree"]


def turn_round(batch: Path) -> None:
    """One outcome that passed becomes one that does not apply."""
    changed = batch.with_suffix(".changed")
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * replace (case when outcome = 'pass' and rule_code = 'PF-1-01' then 'not_applicable' "
            f"else outcome end as outcome) from '{batch}') to '{changed}' (format parquet)"
        )
    changed.replace(batch)
