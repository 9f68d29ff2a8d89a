"""What the demo of one office is: the days it covers, how well its units report, and what no form could invent.

Belongs here: the fields of offices/*.toml, and reading them. Does not belong here: who sends what when (senders.py),
what stands in it (contents.py), running (office_run.py).
"""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path

from pydantic import Field

from campaigns.strict import Identifier, Strict, Text

_FOLDER = Path(__file__).parent / "offices"


class Habits(Strict):
    """How often reports go wrong, as shares of those that are owed."""

    late: float
    missing: float
    returned: float  # sent empty at first, and again in time
    corrected: float  # sent twice, the second one counts
    too_long: float = 0


class Accident(Strict):
    """One accident; it stands in every list that its unit sends from then on, its closing once it is closed."""

    unit: Text
    accident_number: Text
    occurred_on: date
    place: Text
    industry: Text
    enterprise: Text
    grade: Text
    deaths: int
    injured: int
    direct_loss: int  # 万元
    closed_on: date | None = None


class Office(Strict):
    """One campaign's demo: every report due between two days is sent, each night takes in what came before it.

    A voluntary form is sent by a share of those who may send it, or of those `only` names; `unasked` are units that
    send a form which they do not owe. `asked_early` are forms that the office wants long before the day the documents
    name. A unit finds hazards of its `sectors`, or of all where none are named. A stranger is a unit on no roster: its
    letter cannot be taken.
    """

    campaign_id: Identifier
    words: Text
    seed: int
    first_due: date
    last_due: date
    nights: tuple[datetime, ...]
    habits: Habits
    voluntary: dict[Identifier, float] = Field(default_factory=dict)
    only: dict[Identifier, tuple[Text, ...]] = Field(default_factory=dict)
    unasked: dict[Identifier, tuple[Text, ...]] = Field(default_factory=dict)
    sectors: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)
    asked_early: dict[Identifier, date] = Field(default_factory=dict)
    hazards_a_month: float
    accidents: tuple[Accident, ...] = ()
    stranger: Text
    stranger_sends: Identifier


def offices() -> dict[str, Office]:
    """The offices by campaign."""
    found = [Office.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in sorted(_FOLDER.glob("*.toml"))]
    return {office.campaign_id: office for office in found}
