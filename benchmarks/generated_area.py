"""Forms of an invented area of any size, as the real campaign's official xlsx, for measuring.

Belongs here: making the campaign folder and the files. Does not belong here: running or timing anything.
"""

from __future__ import annotations

import csv
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import campaigns
from campaigns.load import load_campaign
from campaigns.model import Form
from campaigns.vocabulary import IndicatorKind, ReportingScope
from reports.blank_forms.forms import FormContent, write_form_xlsx

CAMPAIGN_ID = "benchmark_area"
PERIOD, FILLED_ON = "2023-06", date(2023, 6, 24)
_SOURCE = Path(campaigns.__file__).parent / "haicheng_2023"
# shares of a whole, so that every of-which rule holds
_WITHIN = {"1.2": "1.1", "1.4": "1.3", "1.5": "1.2", "1.6": "1.5", **{f"2.{n}": "2.1" for n in range(2, 9)}}


def write_campaign(folder: Path, units: int) -> None:
    """A deployment's campaign folder with `units` invented towns."""
    shutil.copytree(_SOURCE, folder / CAMPAIGN_ID)
    file = folder / CAMPAIGN_ID / "campaign.yml"
    text = file.read_text(encoding="utf-8").replace("campaign_id: haicheng_2023", f"campaign_id: {CAMPAIGN_ID}")
    file.write_text(text, encoding="utf-8")
    with (folder / CAMPAIGN_ID / "units.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        names = "unit_id,unit_name,unit_kind,reporting_scope,position,aliases,valid_from,valid_to,source"
        writer.writerow(names.split(","))
        for number in range(1, units + 1):
            name = f"试点{number:04d}镇"
            writer.writerow([f"99{number:07d}", name, "镇", "territory", number, "", "2023-05-01", "", "合成数据"])


def write_forms(inbox: Path, campaign_root: Path) -> None:
    """One filled form for every unit of the generated campaign, in inbox/<campaign>/."""
    campaign = load_campaign(CAMPAIGN_ID, [campaign_root])
    form = campaign.form("progress")
    random = Random(20230624)
    folder = inbox / CAMPAIGN_ID
    folder.mkdir(parents=True)
    for unit in campaign.units:
        content = FormContent(
            unit_id=unit.unit_id,
            unit_name=unit.unit_name,
            period=PERIOD,
            filled_on=FILLED_ON,
            filler="测试员甲",
            reviewer="测试员乙",
            entries=_figures(form, random),
        )
        write_form_xlsx(folder / f"{unit.unit_name}.xlsx", campaign, form, content)


def _figures(form: Form, random: Random) -> dict[tuple[str, str], Decimal | str]:
    figures: dict[tuple[str, str], Decimal | str] = {}
    for item in form.items:
        if ReportingScope.TERRITORY not in item.applies_to:
            continue
        for part in item.parts:
            whole = figures.get((_WITHIN.get(item.code, ""), "value"))
            if part.part == "of_which":
                whole = figures[item.code, "total"]
            ceiling = int(Decimal(whole)) if whole is not None else 60
            number = Decimal(random.randint(0, max(ceiling, 0)))
            if part.kind is IndicatorKind.YES_NO:
                number = Decimal(random.randint(0, 1))
            elif part.part == "amount":
                number = figures[item.code, "count"] * Decimal("1.25")  # type: ignore[operator]
            figures[item.code, part.part] = number
    return figures
