"""A campaign's units by every way of writing them, and finding them in texts.

Belongs here: names, aliases and ids, what may stand beside a name without making it another body. Does not belong
here: the search for many names in a text (known_names.py), which of several texts to trust (identity.py).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from campaigns.model import Campaign, Unit
from campaigns.once import once_for_each
from ingest.words.known_names import KnownNames

# what may stand beside a unit's name on its own stamped line without making it another body
_OWN_OFFICES = re.compile(
    r"人民政府|政府|党委|党工委|管委会|管理委员会|办事处|安全生产委员会办公室|安全生产委员会|安委会办公室|安委会|安委办"
    r"|应急管理办公室|应急管理局|应急办|安监办|安监所|办公室|专班|填报|上报|报送|单位|名称"
)
_NOT_A_WORD = re.compile(r"[\W_\d]+")
_SHORTEST_FREE_NAME = 3  # a name of two characters counts in free text only where it stands alone


class Named(NamedTuple):
    """Units named by a text, and what is left of it without names, offices and punctuation."""

    unit_ids: tuple[str, ...]
    rest: str


@dataclass(slots=True)
class Roster:
    """A campaign's units by every way of writing them."""

    units: dict[str, list[Unit]]
    by_name: dict[str, str]
    names: KnownNames
    titles: re.Pattern[str]  # names of the campaign's forms, which stand beside units in file names
    area: str
    above: re.Pattern[str]  # province and prefecture written before the area's own name

    def find(self, text: str, noise: frozenset[str] = frozenset()) -> Named:
        """The units that a text names, the longest name at each place."""
        plain = self.above.sub("", _plain(text))
        names, between = self.names.split(plain)
        found = dict.fromkeys(self.by_name[name] for name in names)
        words = [word for text in between for word in _NOT_A_WORD.split(text) if word not in noise]
        rest = "".join(word for word in words if word != self.area)
        return Named(tuple(found), _OWN_OFFICES.sub("", rest) if found else rest)

    def find_freely(self, text: str) -> Named:
        """The units named in a file or folder name, among other words; two-character names must stand alone."""
        plain = self.titles.sub("|", _plain(text))
        found: dict[str, None] = {}
        for start, end in self.names.spans(plain):
            around = plain[max(start - 1, 0) : start] + plain[end : end + 1]
            if end - start >= _SHORTEST_FREE_NAME or not any("一" <= mark <= "鿿" for mark in around):
                found[self.by_name[plain[start:end]]] = None
        return Named(tuple(found), plain)

    def name(self, unit_id: str) -> str:
        return self.units[unit_id][-1].unit_name

    def nearest(self, text: str) -> str:
        """The two names most like a text, as a question; empty when none is like it."""
        from rapidfuzz import fuzz, process

        alike = process.extract(_plain(text), self.by_name.keys(), scorer=fuzz.ratio, limit=6, score_cutoff=50)
        names = list(dict.fromkeys(self.name(self.by_name[name]) for name, _, _ in alike))[:2]
        return "".join(f"“{name}”" for name in names)


@once_for_each
def roster_of(campaign: Campaign) -> Roster:
    """The campaign's roster."""
    units: dict[str, list[Unit]] = {}
    owners: dict[str, set[str]] = {}
    for unit in campaign.units:
        units.setdefault(unit.unit_id, []).append(unit)
        for name in (unit.unit_name, *unit.aliases, unit.unit_id):
            if len(_plain(name)) > 1:
                owners.setdefault(_plain(name), set()).add(unit.unit_id)
    by_name = {name: next(iter(ids)) for name, ids in owners.items() if len(ids) == 1}
    titles = sorted({_plain(title) for form in campaign.forms for title in (form.title, *form.title_aliases)}, key=len)
    any_title = re.compile("|".join(map(re.escape, reversed(titles))) or r"(?!)")
    area = _plain(campaign.area)
    above = re.compile(rf"^(?:[一-鿿]{{2,8}}?(?:省|自治区|市|州|盟))+(?={re.escape(area)})")
    return Roster(units, by_name, KnownNames.of(by_name), any_title, area, above)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
