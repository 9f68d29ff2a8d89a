"""Whose form it is: units by name, alias or id, from the stamped line, the hidden marker, file name and folders.

Belongs here: matching texts with a campaign's roster and weighing the places where a unit is named. Does not belong
here: finding those texts (stamp.py), the period (period.py).

Trust runs stamped line > marker > title and sheet name > file name > folder. All but the folder must not contradict
each other; a folder only helps where nothing else is said. A name not on the roster is never taken for one that is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from campaigns.model import Campaign, Form
from campaigns.vocabulary import Outcome
from ingest.problems import Reading, quote, reading_problem
from ingest.senders.stamp import Stamp, UnitText
from ingest.words.labelled_text import stamp_words
from ingest.words.roster import Roster, roster_of

TEMPLATE = ("所用的空白表", "blank form")  # where a claim stands in a marker, which nobody sees or can change
_FILE_NAME = ("文件名", "file name")
_PERIOD = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])|Q[1-4]|H[12])?")
_MARKER = re.compile(r"taizhang[:\s](?:\s*\w+=[\w.-]*[;,]?)+")  # LibreOffice makes blanks of : and ; when it saves
_MARKED = re.compile(r"(\w+)=([\w.-]+)")


class Marker(NamedTuple):
    """The hidden marker of our own templates; empty texts where it says nothing."""

    form: str = ""
    version: str = ""
    unit: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a form came in: what it may say about unit and period.

    A file that `holds_several` forms speaks for all of them only where a form says nothing itself; so does one whose
    forms share a sheet, each in the column or row of its own period (`holds_several_periods`), about the period.
    """

    file_name: str
    folders: tuple[str, ...]
    marker: Marker
    received_on: date
    holds_several: bool = False
    holds_several_periods: bool = False

    @property
    def stem(self) -> str:
        return self.file_name.rpartition(".")[0] or self.file_name


class Sheet(NamedTuple):
    """The sheet or table a form stands on; names that programs give (表格1) say nothing about unit or period."""

    name: str
    speaks: bool

    @property
    def said(self) -> str:
        return self.name if self.speaks else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One place that names units, in the words of the sentence that may quote it."""

    place: str
    place_en: str
    unit_ids: tuple[str, ...]


def read_marker(text: str) -> Marker:
    """The marker inside a core property, `taizhang:form=…;version=…;unit=…;period=…`; empty when there is none."""
    found = _MARKER.search(text)
    said = {name: value for name, value in _MARKED.findall(found[0] if found else "") if name in Marker._fields}
    if not _PERIOD.fullmatch(said.get("period", "")):
        said.pop("period", None)
    return Marker(**said)


def identify_unit(
    campaign: Campaign, form: Form, stamp: Stamp, sheet: Sheet, origin: Origin
) -> tuple[str | None, list[Outcome]]:
    """Say whose form it is, or why nobody can say.

    Args:
        campaign: whose roster counts.
        form: whose printed words may stand beside a name.
        stamp: what the form itself says.
        sheet: the sheet or table it stands on.
        origin: the file it came in.

    Returns:
        The unit's id and the problems found; None always comes with a problem that quarantines.
    """
    roster = roster_of(campaign)
    noise = stamp_words(form).beside_unit
    stamped = [_stamped_claim(text, roster, noise) for text in stamp.units]
    problems = [problem for _, problem in stamped if problem]
    claims = [claim for claim, _ in stamped if claim]
    for place, place_en, texts in (
        ("表题", "title", [said.text for said in stamp.titles]),
        ("工作表名", "sheet name", [sheet.said]),
    ):
        named = [ids for text in texts if (ids := roster.find_freely(text).unit_ids)]
        claims.extend(Claim(place, place_en, ids) for ids in named)
    if problems:
        return None, problems
    if not (origin.holds_several and claims):
        problem = _add_claims_of_file(claims, campaign, roster, origin)
        if problem:
            return None, [problem]
    folders = (roster.find_freely(folder).unit_ids for folder in reversed(origin.folders))
    return _weigh(claims, next(filter(None, folders), ()), roster, sheet.name)


def _add_claims_of_file(claims: list[Claim], campaign: Campaign, roster: Roster, origin: Origin) -> Outcome | None:
    """Add what marker and file name claim; a marker that names no unit of the roster is a problem."""
    unit = origin.marker.unit
    if unit and unit not in roster.units:
        if unit == campaign.area_code:
            return reading_problem(Reading.UNIT_IS_AREA, file=origin.file_name, area=campaign.area)
        return reading_problem(Reading.UNIT_UNKNOWN, at=TEMPLATE[0], found=unit)
    if unit:
        claims.insert(0, Claim(*TEMPLATE, (unit,)))
    if named := roster.find_freely(origin.stem).unit_ids:
        claims.append(Claim(*_FILE_NAME, named))
    return None


def _stamped_claim(text: UnitText, roster: Roster, noise: frozenset[str]) -> tuple[Claim | None, Outcome | None]:
    """What one text of the form claims; names beside the unit's own, or an unknown one, are problems."""
    for option in text.options:
        named = roster.find(option, noise)
        if len(named.unit_ids) > 1:
            names = "、".join(map(roster.name, named.unit_ids))
            return None, reading_problem(Reading.UNIT_SEVERAL, at=text.at, found=names)
        if named.unit_ids and not named.rest:
            return Claim("填报单位", "stamped unit", named.unit_ids), None
    if not roster.find(text.options[0], noise).rest:
        return None, None
    near = roster.nearest(text.options[0])
    hint = {"nearest": f"（是不是{near}？）", "nearest_en": f" (perhaps {near})"} if near else {}
    return None, reading_problem(Reading.UNIT_UNKNOWN, at=text.at, found=text.options[0], **hint)


def _weigh(
    claims: list[Claim], in_folders: tuple[str, ...], roster: Roster, sheet_name: str
) -> tuple[str | None, list[Outcome]]:
    """The one unit that all claims agree on; a folder decides only where nothing else speaks."""
    if not claims:
        if len(in_folders) == 1:
            return in_folders[0], []
        return None, [reading_problem(Reading.UNIT_MISSING, sheet=sheet_name)]
    agreed = set(claims[0].unit_ids).intersection(*(claim.unit_ids for claim in claims[1:]))
    if not agreed:
        return None, [_contradiction(claims, roster, sheet_name)]
    if len(agreed) > 1:
        names = "、".join(roster.name(unit_id) for unit_id in claims[0].unit_ids)
        return None, [reading_problem(Reading.UNIT_SEVERAL, at=claims[0].place, found=names)]
    unit_id = agreed.pop()
    if in_folders and unit_id not in in_folders:
        folder = roster.name(in_folders[0])
        note = reading_problem(Reading.UNIT_OTHER_FOLDER, found=folder, unit=quote(roster.name(unit_id)))
        return unit_id, [note]
    return unit_id, []


def _contradiction(claims: list[Claim], roster: Roster, sheet_name: str) -> Outcome:
    """The places that disagree; where all but the template agree, the form itself among them, that is the mistake."""
    others = [claim for claim in claims if claim.place != TEMPLATE[0]]
    agreed = set(others[0].unit_ids).intersection(*(claim.unit_ids for claim in others[1:]))
    is_of_other_unit = agreed and len(others) < len(claims) and any(claim.place != _FILE_NAME[0] for claim in others)
    said = [
        (claim.place, claim.place_en, "、".join(map(roster.name, claim.unit_ids)))
        for claim in (others if is_of_other_unit else claims)
    ]
    found = "，".join(f"{place}是“{names}”" for place, _, names in said)
    found_en = ", ".join(f"{place} says {names}" for _, place, names in said)
    if not is_of_other_unit:
        return reading_problem(Reading.UNIT_CONTRADICTED, sheet=sheet_name, claims=found, claims_en=found_en)
    (template,) = (quote(roster.name(unit)) for claim in claims if claim not in others for unit in claim.unit_ids)
    return reading_problem(Reading.TEMPLATE_OF_OTHER_UNIT, template=template, claims=found, claims_en=found_en)
