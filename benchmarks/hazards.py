"""The hazard ledger of a generated province: what a night costs as it grows, and how right its joins are.

Each size runs in a process of its own, and each of its nights in another. Month by month everything is received and
matched. The warehouse is built from nothing before the last month comes in, goes on from there when it has, and once
more the day after, when nothing came. Belongs here: comparing nights, and what they found with the planted truth. Does
not belong here: making the province (generated_province.py), one night (one_night.py), the intake of files (intake.py).

Usage: python -m benchmarks.hazards [UNITS MONTHS HAZARDS_A_MONTH]   (default: 100 6 2, and 3 and 10 times the units)
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.generated_province import Province, Size
from benchmarks.one_night import night
from orchestration.home import Home

GROWTH = (1, 3, 10)
NIGHTS = {"nothing": "from nothing", "month": "a month came in", "quiet": "nothing came in"}

# Every signature with the hazard it was planted as and the one it was joined to, in one unit and over all units.
_TRUTH = """
    create temporary table truth as
    select
        lines.signature,
        min(planted.hazard) as planted, min(links.hazard_id) as joined,
        min(planted.shared_hazard) as planted_shared, min(links.shared_hazard_id) as joined_shared
    from (select distinct signature, unit_id, number_key, enterprise_key, hazard_key, found_on from lines) as lines
    inner join (
        select *, wording_key as hazard_key from planted
        union all
        select *, second_key as hazard_key from planted
    ) as planted using (unit_id, number_key, enterprise_key, hazard_key, found_on)
    inner join links using (signature)
    group by lines.signature
"""

# Pairs of signatures: planted as one hazard, joined to one, and both.
_PAIRS = """
    with planted as (select count(*) as n from truth group by {planted}),
    joined as (select count(*) as n from truth group by {joined}),
    agreed as (select count(*) as n from truth group by {planted}, {joined})
    select
        (select sum(n * (n - 1) / 2) from planted),
        (select sum(n * (n - 1) / 2) from joined),
        (select sum(n * (n - 1) / 2) from agreed)
"""

# Planted pairs that were not joined but are laid before a person.
_ASKED = """
    select count(*)
    from pairs
    inner join truth as one on pairs.signature_a = one.signature
    inner join truth as other on pairs.signature_b = other.signature
    where not pairs.is_sure and one.planted_shared = other.planted_shared
        and one.joined_shared <> other.joined_shared
"""

# A planted difference is found where the figure stands in 数账核对 and the planted count is one of its readings.
_DIFFERENCES = """
    with found as (
        select distinct unit_id, period, item_code, form_value, ledger_value, joined_value
        from warehouse.marts.rpt_ledger_differences
    ),
    told as (
        select planted.unit_id, planted.period, planted.item_code
        from planted_differences as planted
        inner join found using (unit_id, period, item_code, form_value)
        where planted.ledger_value between found.joined_value and found.ledger_value
    )
    select (select count(*) from planted_differences), (select count(*) from found), (select count(*) from told)
"""

# The rows of 待认定, the figures they touch, and the planted differences that hide behind them.
_OPEN = """
    with questions as (select * from warehouse.marts.rpt_ledger_questions where kind = 'same')
    select
        (select count(*) from questions),
        (select cast(coalesce(sum(figures_touched), 0) as bigint) from questions),
        (select count(*)
         from planted_differences as planted
         anti join warehouse.marts.rpt_ledger_differences using (unit_id, period, item_code)
         semi join questions
            on planted.unit_id = questions.unit_id
            and planted.period between questions.first_period and questions.last_period)
"""

_SIZES = """
    select
        (select count(*) from lines) as lines,
        (select count(*) from links) as signatures,
        (select count(*) from warehouse.marts.fct_hazards) as hazards,
        (select count(*) from warehouse.marts.fct_hazard_events) as events,
        (select count(*) from warehouse.marts.fct_indicator_values) as figures
"""


def measure(size: Size, folder: Path) -> dict[str, Any]:
    """Receive all months, build before and after the last and once more, compare with the truth."""
    from orchestration.building.dbt_parse import parsed_project

    home = Home(folder)
    province = Province(home, size)
    parsed_project(home)  # once an installation, not once a night
    answer: dict[str, Any] = {"size": [size.units, size.months, size.a_month], "matching": []}
    for number, cutoff in enumerate(size.cutoffs):
        if number == size.months - 1:
            answer["nothing"] = night(folder, datetime(cutoff.year, cutoff.month, cutoff.day - 1, 10))
        now = province.receive_month(number)
        answer["matching"].append(_cpu_of_matching(home, now))
    answer["month"] = night(folder, now)
    answer["quiet"] = night(folder, now + timedelta(days=1))
    return answer | _rightness(home, province.truth)


def _cpu_of_matching(home: Home, now: datetime) -> float:
    from ingest.hazards.hazard_matching import match_new_lines
    from ingest.raw.raw_zone import RawZone

    campaigns = home.campaigns()
    before = time.process_time()
    match_new_lines(RawZone(home.raw), campaigns, now)
    return time.process_time() - before


def _rightness(home: Home, truth: Path) -> dict[str, Any]:
    views = {
        "lines": home.raw / "hazard_lines" / "*.parquet",
        "pairs": home.raw / "hazard_pairs" / "*.parquet",
        "links": home.hazard_links,
        "planted": truth / "hazards.parquet",
        "planted_differences": truth / "differences-*.parquet",
    }
    with duckdb.connect() as connection:
        for name, files in views.items():
            connection.execute(f"create view {name} as from '{files}'")
        connection.execute(f"attach '{home.warehouse}' as warehouse (read_only)")
        connection.execute(_TRUTH)
        joins = [connection.execute(_PAIRS.format(planted=f"planted{of}", joined=f"joined{of}")).fetchall()[0]
                 for of in ("", "_shared")]  # fmt: skip
        sizes = connection.execute(_SIZES)
        names = [column[0] for column in sizes.description or ()]
        return {
            **dict(zip(names, sizes.fetchall()[0], strict=True)),
            "one_unit": [int(n) for n in joins[0]],
            "all_units": [int(n) for n in joins[1]],
            "asked": connection.execute(_ASKED).fetchall()[0][0],
            "differences": connection.execute(_DIFFERENCES).fetchall()[0],
            "open": connection.execute(_OPEN).fetchall()[0],
        }


def _in_own_process(size: Size) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        figures = [str(size.units), str(size.months), str(size.a_month), folder]
        command = [sys.executable, "-m", "benchmarks.hazards", "--one", *figures]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        return json.loads(answer.splitlines()[-1])


def _sentences(answer: dict[str, Any]) -> Iterator[str]:
    units, months, a_month = answer["size"]
    nights = {name: answer[name] for name in NIGHTS}
    yield f"\n{units} units × {months} months × {a_month} hazards a month"
    yield "  " + ", ".join(f"{answer[n]:,} {n}" for n in ("lines", "signatures", "hazards", "events", "figures"))
    yield f"  matching of one month, CPU s: first {answer['matching'][0]:.1f}, last {answer['matching'][-1]:.1f}"
    yield f"  {'CPU s':<14}" + "".join(f"{told:>18}" for told in NIGHTS.values())
    for leg in nights["nothing"]["cpu"]:
        yield f"  {leg:<14}" + "".join(f"{costs['cpu'][leg]:18.1f}" for costs in nights.values())
    for unit in ("cpu", "wall"):
        yield f"  {'whole, ' + unit + ' s':<14}" + "".join(f"{sum(c[unit].values()):18.1f}" for c in nights.values())
    yield f"  {'peak MB':<14}" + "".join(f"{max(costs['peak_mb'].values()):18.0f}" for costs in nights.values())
    for name, costs in nights.items():
        dearest = ", ".join(f"{node} {seconds:.1f}" for node, seconds in costs["dearest"].items())
        yield f"  dearest when {NIGHTS[name]}: {dearest}"
    for name in ("one_unit", "all_units", "differences"):
        planted, found, both = answer[name]
        yield f"  {name:<14}planted {planted}, found {found}: precision {both / found:.4f}, recall {both / planted:.4f}"
    yield f"  of the planted pairs that were not joined, laid before a person: {answer['asked']}"
    pairs, figures, hidden = answer["open"]
    yield f"  open questions: {pairs} pairs that touch {figures} figures, planted differences behind them: {hidden}"


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        size = Size(int(arguments[1]), int(arguments[2]), float(arguments[3]))
        print(json.dumps(measure(size, Path(arguments[4]))))
        return
    sizes = [Size(int(arguments[0]), int(arguments[1]), float(arguments[2]))] if arguments else [
        Size(100 * times, 6, 2) for times in GROWTH]  # fmt: skip
    for size in sizes:
        print("\n".join(_sentences(_in_own_process(size))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
