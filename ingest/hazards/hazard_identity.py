"""Whether two lines of hazard lists speak of the same hazard: explicit numbers first, then enterprise, day and words.

Belongs here: the keys by which lines are compared, and the comparison of two. Does not belong here: which lines are
compared with which (hazard_matching.py), what an enterprise's name says (enterprise_names.py), which towns they name
(hazard_soil.py), what follows for the ledger (SQL).

Lines of two campaigns are never compared: districts do not share their hazards (DESIGN §5). Lines that name two towns
are never sure, whatever they say.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from campaigns.ledger_model import HazardMatching
from campaigns.strict import as_compared
from ingest.hazards.hazard_soil import Soil

_LEGAL_FORM = re.compile(r"(?:股份|有限责任|有限)*公司$")
_DIGITS = re.compile(r"\d+")
_SHORTEST_PARTIAL = 8  # characters; shorter descriptions are inside too many others
_PARTIAL_WORTH = 0.95  # a description that is part of the other one is nearly as good as the same
LIKE_ENTERPRISE = 0.85
_OTHER_DIGITS = 0.15  # 1号车间 and 2号车间 read alike and are not the same place
_OTHER_WORDS = 0.15  # 除尘间 and 锅炉房 in the same sentence are not either; 未 and 没有 are
_FEWEST_OTHER_CHARACTERS = 2  # that each of the two has and the other has not
_SAME_CHARACTERS_WORTH = 0.75  # told in other words and order, it is worth a question, never a certainty


@dataclass(frozen=True, slots=True)
class Subject:
    """What of a line is compared; texts are keys made by `enterprise_key` and `as_compared`."""

    signature: str
    unit_id: str
    number_key: str
    enterprise_key: str
    hazard_key: str
    found_on: date | None
    place: str | None = None  # the unit of the 属地 column


class Finding(NamedTuple):
    """What a comparison found: `same` in one unit's reports, `overlap` of two units', `repeat` found again later."""

    kind: str
    is_sure: bool
    score: Decimal
    reason: str


def enterprise_key(name: str | None) -> str:
    """A name as compared, without its legal form: 某某有限公司 and 某某有限责任公司 are one enterprise."""
    whole = as_compared(name or "")
    return _LEGAL_FORM.sub("", whole) or whole


def signature_of(
    campaign_id: str,
    unit_id: str,
    number: str,
    enterprise: str,
    hazard: str,
    found_on: date | None,
    place: str | None = None,
) -> str:
    """The same for the same words from the same unit about the same place; takes keys, not texts.

    A place other than the unit itself is part of it: the same words in two towns are two hazards until somebody knows.
    """
    parts = (campaign_id, unit_id, number, enterprise, hazard, found_on.isoformat() if found_on else "")
    elsewhere = (place,) if place and place != unit_id else ()
    return hashlib.sha256("\x1f".join(parts + elsewhere).encode()).hexdigest()[:20]


def compare(one: Subject, other: Subject, settings: HazardMatching, soil: Soil) -> Finding | None:
    """What two lines of one campaign have to do with each other; None when nothing."""
    score = likeness(one.hazard_key, other.hazard_key)
    is_one_unit = one.unit_id == other.unit_id
    if is_one_unit and one.number_key and one.number_key == other.number_key:
        return _of_one_number(one, other, score, settings, soil)
    if not _may_be_one_enterprise(one, other, soil) or score < settings.doubtful:
        return None
    days = _days_between(one, other)
    is_alike = score >= settings.sure
    if days is not None and days > settings.days_apart:
        is_repeat = is_alike and _is_one_enterprise(one, other, soil) and _may_lie_in_one_town(one, other, soil)
        return Finding("repeat", True, score, "同一企业同样的隐患又被发现") if is_repeat else None
    kind = "same" if is_one_unit else "overlap"
    doubt = _doubt(one, other, score, days, settings, soil)
    if doubt is None:
        return Finding(kind, True, score, f"同一企业、{_apart(days)}、同样的描述")
    return Finding(kind, False, score, doubt) if days is not None or is_alike else None


def likeness(one: str, other: str) -> Decimal:
    """How alike two descriptions are, from 0 to 1; other digits or other words in both keep it below certainty."""
    score, least = fuzz.ratio(one, other) / 100, 0.0
    if min(len(one), len(other)) >= _SHORTEST_PARTIAL:
        clauses = _shared(map("".join, pairwise(one)), map("".join, pairwise(other)))
        score = max(score, fuzz.partial_ratio(one, other) / 100 * _PARTIAL_WORTH, clauses * _PARTIAL_WORTH)
        least = _shared(one, other) * _SAME_CHARACTERS_WORTH
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        score -= _OTHER_DIGITS
    elif min(len(set(one) - set(other)), len(set(other) - set(one))) >= _FEWEST_OTHER_CHARACTERS:
        score -= _OTHER_WORDS
    return Decimal(max(score, least)).quantize(Decimal("0.0001"))


def _shared(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of pieces that both have in any order: of neighbouring characters where clauses changed places next
    month, of single ones where it was told in other words.
    """
    pieces = [Counter(one), Counter(other)]
    return 2 * (pieces[0] & pieces[1]).total() / (pieces[0].total() + pieces[1].total())


def _of_one_number(one: Subject, other: Subject, score: Decimal, settings: HazardMatching, soil: Soil) -> Finding:
    """Lines with one number are one hazard, unless they speak of different things: then somebody must look."""
    if not _may_lie_in_one_town(one, other, soil):
        return Finding("same", False, score, "编号相同，属地不同")
    is_known_enterprise = bool(one.enterprise_key) and one.enterprise_key == other.enterprise_key
    if score >= settings.doubtful or (is_known_enterprise and one.found_on == other.found_on):
        return Finding("same", True, score, "编号相同")
    return Finding("same", False, score, "编号相同，内容不同")


def _may_be_one_enterprise(one: Subject, other: Subject, soil: Soil) -> bool:
    """Whether the names are alike; names that name two regions or two towns, or two sites, are not."""
    if not one.enterprise_key or not other.enterprise_key:
        return True  # nobody says otherwise; certainty is refused below
    name, name_of_other = soil.names.read(one.enterprise_key), soil.names.read(other.enterprise_key)
    if name.region and name_of_other.region and name.region != name_of_other.region:
        return False
    if not soil.may_be_one({town for town in (name.town, name_of_other.town) if town}):
        return False
    if name.core == name_of_other.core and not (name.site and name_of_other.site):
        return True
    return fuzz.ratio(name.whole, name_of_other.whole) / 100 >= LIKE_ENTERPRISE


def _is_one_enterprise(one: Subject, other: Subject, soil: Soil) -> bool:
    """Whether nobody can doubt it: the same name but for the area, and for a town that both lines name."""
    name, name_of_other = soil.names.read(one.enterprise_key), soil.names.read(other.enterprise_key)
    regions = {name.region or soil.names.area, name_of_other.region or soil.names.area}
    is_same_name = bool(name.core) and name.whole == name_of_other.whole and len(regions) == 1
    if not is_same_name or name.town == name_of_other.town:
        return is_same_name
    return all(soil.towns(line.unit_id, line.place, line.enterprise_key) for line in (one, other))


def _doubt(
    one: Subject, other: Subject, score: Decimal, days: int | None, settings: HazardMatching, soil: Soil
) -> str | None:
    """Why a pair is not joined without a person's word; None when it is."""
    if score < settings.sure:
        enterprise = "同一企业" if _is_one_enterprise(one, other, soil) else "企业名称不完全一致"
        return f"{enterprise}、{_apart(days)}，描述相近"
    if not _is_one_enterprise(one, other, soil):
        return "描述相同，企业名称不完全一致"
    if one.unit_id == other.unit_id and one.number_key and other.number_key:
        return "描述相同，编号不同"
    if days is None:
        return "描述相同，缺少发现日期"
    if not _may_lie_in_one_town(one, other, soil):
        return "描述相同，属地不同" if one.unit_id == other.unit_id else "描述相同，不在同一镇街"
    return None


def _may_lie_in_one_town(one: Subject, other: Subject, soil: Soil) -> bool:
    """One unit's lines are held to the towns they write; those of two units also to whose soil they come from."""
    if one.unit_id == other.unit_id:
        towns = (soil.written(line.place, line.enterprise_key) for line in (one, other))
    else:
        towns = (soil.towns(line.unit_id, line.place, line.enterprise_key) for line in (one, other))
    return soil.may_be_one(frozenset().union(*towns))


def _apart(days: int | None) -> str:
    """How far apart two findings are, in the words of the letter: a unit looks its two lines up by it."""
    return f"发现日期相差{days}天" if days else "同一日期"


def _days_between(one: Subject, other: Subject) -> int | None:
    return abs((one.found_on - other.found_on).days) if one.found_on and other.found_on else None
