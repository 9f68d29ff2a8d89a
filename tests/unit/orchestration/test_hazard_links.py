"""Pairs and decisions joined to hazards, as of a moment, on a real raw zone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.hazards.hazard_matching import match_new_lines, pair_id_of
from ingest.raw.raw_zone import RawZone
from orchestration.building.pair_groups import first_of_group
from orchestration.home import Home
from tests.unit.orchestration.linked_lines import (
    AUGUST,
    BUREAU,
    CAMPAIGN,
    CHAGOU,
    DUCT,
    GUSHAN,
    JULY,
    JUNE,
    decide,
    line,
    links,
    receive,
)


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
