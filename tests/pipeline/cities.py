"""Small areas made of the real campaign's data: the same form and rules, a few units, files written for tests."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

import campaigns
from orchestration.home import Home
from reports.blank_forms.forms import FormContent, write_form_xlsx

Ask = Callable[[str], list[tuple[Any, ...]]]

SOURCE = Path(campaigns.__file__).parent / "haicheng_2023"

# unit_id → name; two towns, a street and two departments of the real roster
GUSHAN, CHAGOU, HAIZHOU = "210381101", "210381102", "210381001"
UNITS = (HAIZHOU, GUSHAN, CHAGOU)

# A complete, consistent form of a territory unit; tests change single figures of it.
FIGURES: dict[tuple[str, str], Decimal | str] = {
    **{(f"1.{n}", "value"): Decimal(v) for n, v in enumerate([12, 9, 8, 6, 3, 2], start=1)},
    **{(f"2.{n}", "value"): Decimal(v) for n, v in enumerate([40, 3, 2, 5, 1, 0, 4, 2], start=1)},
    ("3.1", "value"): Decimal(15),
    ("3.2", "value"): Decimal(6),
    ("3.3", "count"): Decimal(3),
    ("3.3", "amount"): Decimal("12.5"),
    ("3.4", "value"): Decimal(1),
    ("3.5", "value"): Decimal(0),
    ("3.6", "value"): Decimal(1),
    ("3.7", "value"): Decimal(2),
    ("3.8", "total"): Decimal(5),
    ("3.8", "of_which"): Decimal(2),
    ("3.9", "value"): Decimal(0),
    ("3.10", "value"): Decimal(1),
    ("4.1", "value"): Decimal(2),
    ("4.2", "value"): Decimal(2),
    ("4.3", "value"): Decimal(4),
    ("4.5", "total"): Decimal("1.5"),
    ("4.5", "of_which"): Decimal("0.5"),
    ("4.6", "value"): Decimal(1),
    ("4.7", "value"): Decimal(6),
    ("4.8", "value"): Decimal(3),
}
DEPARTMENT_FIGURES = {key: value for key, value in FIGURES.items() if key[0] not in {"4.1", "4.2", "4.3", "4.6"}} | {
    ("4.4", "value"): Decimal(7)
}


def add_campaign(home: Home, campaign_id: str, area: str, area_code: str, unit_ids: Iterable[str]) -> None:
    """A deployment's own campaign folder: the real one with another area and fewer (or other) units."""
    folder = home.campaign_folder / campaign_id
    shutil.copytree(SOURCE, folder)
    text = (folder / "campaign.yml").read_text(encoding="utf-8")
    text = text.replace("campaign_id: haicheng_2023", f"campaign_id: {campaign_id}")
    text = text.replace("area: 海城市", f"area: {area}").replace('area_code: "210381"', f'area_code: "{area_code}"')
    (folder / "campaign.yml").write_text(text, encoding="utf-8")
    keep_units(folder, unit_ids)


def keep_units(folder: Path, unit_ids: Iterable[str], extra: Iterable[Mapping[str, str]] = ()) -> None:
    wanted = list(unit_ids)
    with (SOURCE / "units.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    kept = [row for row in rows if row["unit_id"] in wanted] + [dict(row) for row in extra]
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)


def departments() -> list[str]:
    with (SOURCE / "units.csv").open(encoding="utf-8") as handle:
        return [row["unit_id"] for row in csv.DictReader(handle) if row["reporting_scope"] == "city_level"]


def send(
    home: Home,
    campaign_id: str,
    unit_id: str,
    period: str,
    filled_on: date,
    figures: Mapping[tuple[str, str], Decimal | str] = FIGURES,
    name: str | None = None,
    explanation: str = "",
    signed_by: tuple[str, str] = ("测试员甲", "测试员乙"),
) -> Path:
    """Write a unit's form into the inbox as the official xlsx."""
    campaign = home.campaigns()[campaign_id]
    unit = next(unit for unit in campaign.units if unit.unit_id == unit_id)
    target = home.inbox / campaign_id / period / (name or f"{unit.unit_name}{int(period[5:])}月调度表.xlsx")
    target.parent.mkdir(parents=True, exist_ok=True)
    content = FormContent(
        unit_id=unit_id,
        unit_name=unit.unit_name,
        period=period,
        filled_on=filled_on,
        filler=signed_by[0],
        reviewer=signed_by[1],
        entries=figures,
        explanation=explanation,
    )
    return write_form_xlsx(target, campaign, campaign.form("progress"), content)


def at(day: date, hour: int = 17) -> datetime:
    return datetime(day.year, day.month, day.day, hour)


def take_in(home: Home, now: datetime, received_at: datetime) -> None:
    """Take in what lies in the inbox as if it had come at `received_at`."""
    from orchestration.building import campaign_tables
    from orchestration.receiving import receive

    known = home.campaigns()
    receive(home, known, campaign_tables.all_dates_in_force(home, known, now.date()), now, received_at=received_at)


def published_rows(home: Home, query: str) -> list[tuple[Any, ...]]:
    """What an analyst gets: the answer of the version in force; its marts need no prefix."""
    with duckdb.connect(str(home.current / "taizhang.duckdb"), read_only=True) as connection:
        connection.execute("use marts")
        return connection.execute(query).fetchall()
