"""Pairs and decisions joined to hazards, as of a moment, on a real raw zone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.load import load_campaign
from campaigns.strict import as_compared
from ingest.hazards.hazard_identity import enterprise_key, signature_of
from ingest.hazards.hazard_matching import match_new_lines, pair_id_of
from ingest.raw.raw_zone import RawZone
from orchestration.building.hazard_links import write_hazard_links
from orchestration.building.pair_groups import first_of_group
from orchestration.home import Home

CAMPAIGN = "haicheng_2023"
GUSHAN, CHAGOU, BUREAU = "210381101", "210381102", "210381D01"
JUNE, JULY, AUGUST = datetime(2023, 6, 25, 17), datetime(2023, 7, 25, 17), datetime(2023, 8, 25, 17)
DUCT = "喷漆房未设置可燃气体报警装置，风管积尘严重"


def line(
    unit: str,
    hazard: str,
    at: datetime,
    number: str = "",
    enterprise: str = "甲化工有限公司",
    place: str | None = None,
) -> dict[str, object]:
    found_on = date(2023, 6, 5)
    keys = (number, enterprise_key(enterprise), as_compared(hazard))
    return {
        "submission_id": f"{unit}-{at:%m}",
        "campaign_id": CAMPAIGN,
        "unit_id": unit,
        "row_number": 1,
        "signature": signature_of(CAMPAIGN, unit, *keys, found_on),
        **dict(zip(("number_key", "enterprise_key", "hazard_key"), keys, strict=True)),
        "found_on": found_on,
        "place": place,
        "received_at": at,
    }


def receive(home: Home, at: datetime, *lines: dict[str, object]) -> int:
    zone = RawZone(home.raw)
    zone.append(f"{at:%Y%m%dT%H%M%S}-received", {"hazard_lines": lines})
    return match_new_lines(zone, {CAMPAIGN: load_campaign(CAMPAIGN)}, at)


def links(home: Home, as_of: datetime) -> dict[str, tuple[str, str]]:
    write_hazard_links(home, as_of, {CAMPAIGN: load_campaign(CAMPAIGN)})
    rows = duckdb.execute(
        "select signature, hazard_id, shared_hazard_id from read_parquet($1)", [str(home.hazard_links)]
    )
    return {signature: (own, shared) for signature, own, shared in rows.fetchall()}


def own_of(home: Home, as_of: datetime) -> dict[object, str]:
    return {signature: own for signature, (own, _) in links(home, as_of).items()}


def possible_of(home: Home, as_of: datetime) -> dict[object, str]:
    links(home, as_of)
    rows = duckdb.execute("select signature, possible_hazard_id from read_parquet($1)", [str(home.hazard_links)])
    return dict(rows.fetchall())


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path).prepare()


def test_a_resend_brings_nothing_new_and_a_rewording_joins(home: Home) -> None:
    first = line(GUSHAN, DUCT, JUNE)
    assert receive(home, JUNE, first) == 1
    assert receive(home, JULY, line(GUSHAN, DUCT, JULY)) == 0
    reworded = line(GUSHAN, "喷漆房未设置可燃气体报警装置、风管积尘", AUGUST)
    assert receive(home, AUGUST, reworded) == 1
    assert {own for own, _ in links(home, AUGUST).values()} == {first["signature"]}
    assert set(links(home, JULY)) == {first["signature"]}


TANK = "液氨储罐区未设置围堰和喷淋"


def test_a_list_numbered_anew_says_the_same_of_the_same_hazards(home: Home) -> None:
    june = [line(GUSHAN, DUCT, JUNE, "XL-01"), line(GUSHAN, TANK, JUNE, "XL-02")]
    july = [line(GUSHAN, DUCT, JULY, "2023-001"), line(GUSHAN, TANK, JULY, "2023-002")]
    receive(home, JUNE, *june)
    receive(home, JULY, *july)
    assert own_of(home, JULY) == {
        told["signature"]: first["signature"] for told, first in zip(june + july, june * 2, strict=True)
    }
    assert possible_of(home, JULY) == own_of(home, JULY)


def test_lines_of_one_list_that_differ_in_their_number_are_asked_about_whatever_comes_later(home: Home) -> None:
    """Which of XL-04 and XL-05 became 2023-004 nobody can tell; a decision says that they are one."""
    june = [line(GUSHAN, DUCT, JUNE, "XL-04"), line(GUSHAN, DUCT, JUNE, "XL-05")]
    july = line(GUSHAN, DUCT, JULY, "2023-004")
    receive(home, JUNE, *june)
    receive(home, JULY, july)
    assert own_of(home, JULY) == {one["signature"]: one["signature"] for one in (*june, july)}
    assert set(possible_of(home, JULY).values()) == {min(str(told["signature"]) for told in june)}  # received together


def test_two_lines_told_apart_stay_so_under_later_numbers(home: Home) -> None:
    """未清扫 and 没有清扫, told apart as XL-04 and XL-05, come again as 2023-004 and 2023-005."""
    words = ("络筒车间粉尘堆积未清扫", "络筒车间粉尘堆积没有清扫")
    june = [line(GUSHAN, hazard, JUNE, number) for hazard, number in zip(words, ("XL-04", "XL-05"), strict=True)]
    july = [line(GUSHAN, hazard, JULY, number) for hazard, number in zip(words, ("2023-004", "2023-005"), strict=True)]
    receive(home, JUNE, *june)
    receive(home, JULY, *july)
    assert len(set(own_of(home, JULY).values())) == 2
    assert len(set(possible_of(home, JULY).values())) == 1
    decide(home, JULY, pair_id_of(*(str(told["signature"]) for told in june)), "different")
    assert possible_of(home, JULY) == own_of(home, JULY)
    assert len(set(possible_of(home, JULY).values())) == 2


def test_numbers_given_anew_are_taken_apart_when_a_list_holds_both_and_by_a_person(home: Home) -> None:
    june, july = line(GUSHAN, DUCT, JUNE, "XL-01"), line(GUSHAN, DUCT, JULY, "2023-001")
    receive(home, JUNE, june)
    receive(home, JULY, july)
    assert len(set(own_of(home, JULY).values())) == 1
    receive(home, AUGUST, line(GUSHAN, DUCT, AUGUST, "XL-01"), line(GUSHAN, DUCT, AUGUST, "2023-001"))
    assert len(set(own_of(home, AUGUST).values())) == 2
    assert len(set(own_of(home, JULY).values())) == 1  # as it was known then
    decide(home, JULY, pair_id_of(str(june["signature"]), str(july["signature"])), "different")
    assert len(set(own_of(home, JULY).values())) == len(set(possible_of(home, JULY).values())) == 2


@pytest.mark.parametrize("change", [{"enterprise": "乙化工有限公司"}, {"hazard": TANK}, {"unit": CHAGOU}])
def test_another_number_for_something_else_joins_nothing(home: Home, change: dict[str, str]) -> None:
    receive(home, JUNE, line(GUSHAN, DUCT, JUNE, "XL-01"))
    receive(home, JULY, line(**{"unit": GUSHAN, "hazard": DUCT, "at": JULY, "number": "2023-001"} | change))
    assert len(set(own_of(home, JULY).values())) == 2


def test_two_hazards_of_one_number_are_asked_about_until_one_of_them_has_another(home: Home) -> None:
    june = [line(GUSHAN, DUCT, JUNE, "GS-11"), line(GUSHAN, TANK, JUNE, "GS-11", "乙厂")]
    receive(home, JUNE, *june)
    assert len(set(own_of(home, JUNE).values())) == 2
    assert len(set(possible_of(home, JUNE).values())) == 1
    corrected = line(GUSHAN, TANK, JULY, "GS-12", "乙厂")
    receive(home, JULY, line(GUSHAN, DUCT, JULY, "GS-11"), corrected)
    one, other = (signature["signature"] for signature in june)
    assert own_of(home, JULY) == {one: one, other: other, corrected["signature"]: other}
    assert possible_of(home, JULY) == own_of(home, JULY)
    receive(home, AUGUST, line(GUSHAN, DUCT, AUGUST, "GS-11"), line(GUSHAN, TANK, AUGUST, "GS-11", "乙厂"))
    assert len(set(possible_of(home, AUGUST).values())) == 1  # the number is back: asked again


def test_a_line_of_an_unknown_unit_is_compared_with_none(home: Home) -> None:
    """Its list was put aside and comes once more, with the unit on it; a home may hold the first from before."""
    stray, known = {**line("", DUCT, JUNE), "unit_id": None}, line(GUSHAN, DUCT, JULY)
    assert receive(home, JUNE, stray) == 0
    assert receive(home, JULY, known) == 1
    assert set(links(home, JULY)) == {known["signature"]}


def test_a_line_of_an_unknown_unit_that_was_compared_before_stays_out(home: Home) -> None:
    stray, known = {**line("", DUCT, JUNE), "unit_id": None}, line(GUSHAN, DUCT, JULY)
    compared = {name: value for name, value in stray.items() if name not in ("submission_id", "row_number")}
    RawZone(home.raw).append("20230625T170000-earlier", {"hazard_lines": [stray], "hazard_signatures": [compared]})
    assert receive(home, JULY, known) == 1
    assert links(home, JULY)[str(known["signature"])] == (known["signature"], known["signature"])


def test_two_reporting_lines_share_a_hazard_and_keep_their_own(home: Home) -> None:
    town, bureau = line(GUSHAN, DUCT, JUNE), line(BUREAU, DUCT, JULY)
    receive(home, JUNE, town)
    receive(home, JULY, bureau)
    found = links(home, JULY)
    assert found[str(bureau["signature"])] == (bureau["signature"], town["signature"])


def test_an_enterprise_that_is_written_with_its_area_is_found_whatever_the_words_begin_with(home: Home) -> None:
    town = line(GUSHAN, DUCT, JUNE, enterprise="鸿运木业有限公司")
    bureau = line(BUREAU, f"检查发现{DUCT}", JULY, enterprise="海城市鸿运木业有限公司")
    receive(home, JUNE, town)
    receive(home, JULY, bureau)
    assert links(home, JULY)[str(bureau["signature"])] == (bureau["signature"], town["signature"])


def test_two_towns_share_a_hazard_only_on_a_persons_word(home: Home) -> None:
    one, other = (line(unit, DUCT, JUNE) for unit in (GUSHAN, CHAGOU))
    receive(home, JUNE, one, other)
    assert len({shared for _, shared in links(home, JUNE).values()}) == 2
    pair_id = pair_id_of(str(one["signature"]), str(other["signature"]))
    decide(home, JULY, pair_id, "same")
    assert len({shared for _, shared in links(home, JULY).values()}) == 1
    assert len({own for own, _ in links(home, JULY).values()}) == 2
    decide(home, AUGUST, pair_id, "different")
    assert len({shared for _, shared in links(home, AUGUST).values()}) == 2


def test_a_department_that_tells_what_two_towns_tell_brings_them_together_only_on_a_persons_word(home: Home) -> None:
    """Which of the two it tells nobody can know, so it joins neither; a person says that it is 岔沟's."""
    gushan, chagou, bureau = (line(unit, DUCT, JUNE) for unit in (GUSHAN, CHAGOU, BUREAU))
    receive(home, JUNE, gushan, chagou, bureau)
    assert len({shared for _, shared in links(home, JUNE).values()}) == 3
    decide(home, JULY, pair_id_of(str(chagou["signature"]), str(bureau["signature"])), "same")
    shared = {signature: shared for signature, (_, shared) in links(home, JULY).items()}
    assert shared[str(bureau["signature"])] == shared[str(chagou["signature"])]
    assert shared[str(gushan["signature"])] == gushan["signature"]


def test_what_a_person_told_apart_stays_apart_in_other_words_and_comes_back_when_it_is_taken_back(home: Home) -> None:
    town, bureau = line(GUSHAN, DUCT, JUNE), line(BUREAU, DUCT, JUNE)
    receive(home, JUNE, town, bureau)
    assert len({shared for _, shared in links(home, JUNE).values()}) == 1
    pair_id = pair_id_of(str(town["signature"]), str(bureau["signature"]))
    decide(home, JULY, pair_id, "different")
    receive(home, JULY, line(BUREAU, "喷漆房未设置可燃气体报警装置、风管积尘", JULY))
    own = {signature: own for signature, (own, _) in links(home, JULY).items()}
    assert own == {signature: shared for signature, (_, shared) in links(home, JULY).items()}
    assert len(set(own.values())) == 2
    take_back(home, AUGUST)
    assert {shared for _, shared in links(home, AUGUST).values()} == {min(town, bureau, key=received)["signature"]}


def received(line: dict[str, object]) -> tuple[object, str]:
    return line["received_at"], str(line["signature"])


def test_a_department_that_names_the_town_joins_that_town(home: Home) -> None:
    gushan, chagou, bureau = line(GUSHAN, DUCT, JUNE), line(CHAGOU, DUCT, JUNE), line(BUREAU, DUCT, JULY, place=CHAGOU)
    receive(home, JUNE, gushan, chagou)
    receive(home, JULY, bureau)
    shared = {signature: shared for signature, (_, shared) in links(home, JULY).items()}
    assert shared[str(bureau["signature"])] == shared[str(chagou["signature"])]
    assert shared[str(gushan["signature"])] == gushan["signature"]


def test_pairs_stored_before_towns_were_looked_at_are_held_to_them(home: Home) -> None:
    one, other = (line(unit, DUCT, JUNE) for unit in (GUSHAN, CHAGOU))
    receive(home, JUNE, one, other)
    for table, change in (("hazard_pairs", with_sure), ("hazard_signatures", without_place)):
        for file in (home.raw / table).glob("*.parquet"):
            if rows := pq.read_table(file):
                pq.write_table(change(rows), file)
    assert len({shared for _, shared in links(home, JUNE).values()}) == 2
    receive(home, JULY, line(BUREAU, DUCT, JULY, place=GUSHAN))
    assert len({shared for _, shared in links(home, JULY).values()}) == 2


def with_sure(pairs: pa.Table) -> pa.Table:
    """As pairs were stored when towns were not looked at."""
    at = pairs.schema.get_field_index("is_sure")
    return pairs.set_column(at, "is_sure", pa.array([True] * pairs.num_rows))


def without_place(signatures: pa.Table) -> pa.Table:
    """As signatures were stored before they had a place."""
    return signatures.drop_columns(["place"])


def test_a_doubtful_pair_waits_for_a_person_and_a_decision_can_be_taken_back(home: Home) -> None:
    one, other = line(GUSHAN, DUCT, JUNE, "A-1"), line(GUSHAN, DUCT, JUNE, "A-2")
    receive(home, JUNE, one, other)
    separate = {own for own, _ in links(home, JUNE).values()}
    assert separate == {one["signature"], other["signature"]}
    pair_id = pair_id_of(str(one["signature"]), str(other["signature"]))
    decide(home, JULY, pair_id, "same")
    assert len({own for own, _ in links(home, JULY).values()}) == 1
    assert len({own for own, _ in links(home, JUNE).values()}) == 2
    decide(home, AUGUST, pair_id, "different")
    assert len({own for own, _ in links(home, AUGUST).values()}) == 2


def decide(home: Home, at: datetime, pair_id: str, decision: str) -> None:
    """Append a campaign snapshot that holds this one decision."""
    stamp = {"campaign_id": CAMPAIGN, "snapshot_id": f"{at:%m}", "loaded_at": at}
    row = {"pair_id": pair_id, "decision": decision, "decided_on": at.date(), **stamp}
    RawZone(home.raw).append(f"{at:%Y%m%dT%H%M%S}-campaigns", {"campaigns": [stamp], "hazard_decisions": [row]})


def take_back(home: Home, at: datetime) -> None:
    """Append a campaign snapshot without any decision."""
    stamp = {"campaign_id": CAMPAIGN, "snapshot_id": f"{at:%m}", "loaded_at": at}
    RawZone(home.raw).append(f"{at:%Y%m%dT%H%M%S}-campaigns", {"campaigns": [stamp]})


def test_a_night_without_hazard_lists_has_no_links(home: Home) -> None:
    assert match_new_lines(RawZone(home.raw), {}, JUNE) == 0
    assert links(home, JUNE) == {}


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_pairs(pairs: list[tuple[str, str]], random: object) -> None:
    shuffled = [(b, a) for a, b in pairs]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert first_of_group("abcdef", pairs) == first_of_group("abcdef", shuffled)


def test_a_chain_of_pairs_is_one_group_with_its_first_member() -> None:
    assert first_of_group("dabc", [("a", "b"), ("b", "c"), ("c", "x")]) == {"d": "d", "a": "a", "b": "a", "c": "a"}


def test_of_all_that_found_the_same_on_one_day_only_enterprises_with_like_names_are_compared(home: Home) -> None:
    names = ("甲化工有限公司", "甲化工厂", "乙金属制品厂", "")
    lines = [line(f"21038110{number}", DUCT, JUNE, enterprise=name) for number, name in enumerate(names, start=1)]
    receive(home, JUNE, *lines)
    pairs = duckdb.execute(
        "select one.enterprise_key, other.enterprise_key, pairs.is_sure from read_parquet($pairs) as pairs "
        "join read_parquet($signatures) as one on signature_a = one.signature "
        "join read_parquet($signatures) as other on signature_b = other.signature",
        {name: str(home.raw / f"hazard_{name}" / "*.parquet") for name in ("pairs", "signatures")},
    ).fetchall()
    assert sorted((*sorted(names), is_sure) for *names, is_sure in pairs) == [
        ("", "乙金属制品厂", False),
        ("", "甲化工", False),
        ("", "甲化工厂", False),
        ("甲化工", "甲化工厂", False),
    ]
