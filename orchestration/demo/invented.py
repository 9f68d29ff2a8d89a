"""Invented words: sentences, names, hazards, drawn from invented.toml.

Belongs here: drawing. Does not belong here: which form asks for what (contents.py and the modules it names).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_PEOPLE = "甲乙丙丁戊己庚辛"


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("invented.toml").read_text("utf-8"))


def sentences(part_id: str, unit: str, random: Random, how_many: int | None = None) -> str:
    """A few sentences for a part of a text, or all there are; any part that has none of its own says what others do."""
    known: Sequence[str] = _words()["sentences"].get(part_id) or _words()["sentences"]["other"]
    drawn = known if how_many is None else random.sample(known, min(how_many, len(known)))
    return "".join(_filled(text, unit, random) for text in drawn)


def progress(step: int, last_step: int, unit: str, random: Random) -> str:
    """What a unit writes of a task that has not begun (step 0), is under way, or is done (the last step)."""
    texts = _words()["progress"][0 if step == 0 else 2 if step == last_step else 1]["texts"]
    return _filled(random.choice(texts), unit, random)


def cell(column_id: str, random: Random) -> str:
    """What stands in a text column; empty where nothing is invented for it."""
    known = _words()["cells"].get(column_id)
    return _filled(random.choice(known), "", random) if known else ""


def own_tasks() -> Sequence[Mapping[str, Any]]:
    """The tasks that units set themselves: goal, lead_units, due (a month)."""
    return tuple(_words()["own_tasks"])


def hazard_of(level: str, sectors: Sequence[str], random: Random) -> Mapping[str, str]:
    """A hazard of these sectors, or of any: sector, enterprise, hazard, measures; a major one with its criterion."""
    known = _words()["hazards"][level]
    drawn = dict(random.choice([one for one in known if one["sector"] in sectors] or known))
    return drawn | {"enterprise": enterprise(drawn.pop("sort"), random)}


def enterprise(sort: str, random: Random) -> str:
    """A name that no enterprise bears: 虚构甲子木业有限公司."""
    return f"虚构{random.choice(_STEMS)}{random.choice(_BRANCHES)}{sort}"


def person(random: Random) -> Mapping[str, str]:
    """Somebody who does not exist: person_name, post, phone."""
    return {
        "person_name": f"测试员{random.choice(_PEOPLE)}",
        "post": cell("post", random),
        "phone": f"138000000{random.randint(0, 99):02}",
    }


def _filled(text: str, unit: str, random: Random) -> str:
    """The text with a number in place of every {n} and {m}, another one each time."""
    drawn = re.sub(r"\{([nm])\}", lambda m: str(random.randint(*((11, 68) if m[1] == "n" else (1, 9)))), text)
    return drawn.replace("{unit}", unit)
