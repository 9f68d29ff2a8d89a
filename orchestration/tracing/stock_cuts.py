"""Which hazards of the ledger a figure is about: all, those of a unit, or one value of a cut such as a sector.

Belongs here: the cuts, and the published row that is meant. Does not belong here: the hazards behind it
(stock_trace.py), the figures themselves (the model fct_hazard_cuts).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from orchestration.errors import PlainError
from orchestration.snapshot import MartSnapshot
from orchestration.words import STOCK_CUT_NAMES


@dataclass(frozen=True, slots=True)
class StockCut:
    """`value` is what a hazard has in it, in SQL; `column_id` the column of its list that says so, if one does."""

    value: str
    column_id: str | None = None


STOCK_CUTS: Final = {
    "all": StockCut("'all'"),
    "unit": StockCut("months.unit_id"),
    "place": StockCut("hazards.place_unit_id", "place"),
    "sector": StockCut("hazards.sector", "sector"),
    "source": StockCut("months.source", "source"),
    "level": StockCut("months.level", "level"),
    "listed_level": StockCut("months.listed_level", "listed_level"),
    "vintage": StockCut("months.vintage", "found_on"),
}
_CALLED: Final = {word: cut for cut, name in STOCK_CUT_NAMES.items() for word in (cut, name)}

_PUBLISHED = """
    select * from fct_hazard_cuts where campaign_id = ? and form_id = ? and period = ? and cut = ?
    order by cut_value = 'unknown', cut_name, cut_value
"""


def published_cut(
    snapshot: MartSnapshot, asked: tuple[str, str, str], unit_id: str | None, cut: str | None
) -> Mapping[str, Any]:
    """The row of fct_hazard_cuts that is meant; PlainError where it is not understood, or no hazard is of the kind.

    Args:
        snapshot: the published marts.
        asked: campaign, hazard list and period.
        unit_id: the hazards of one unit.
        cut: a cut and its value, as codes or in words: `source=self_check`, `来源=企业自查`.
    """
    if unit_id is not None and cut is not None:
        raise PlainError("--unit 和 --cut 只能写一个。 Name a --unit or a --cut, not both.")
    name, value = _named(cut) if cut is not None else ("unit", unit_id) if unit_id is not None else ("all", "all")
    rows = snapshot.rows(_PUBLISHED, (*asked, name))
    found = next((row for row in rows if value in (row["cut_value"], row["cut_name"])), None)
    if found is not None:
        return found
    known = f"按{STOCK_CUT_NAMES[name]}分有：{'、'.join(row['cut_name'] for row in rows)}。" if cut and rows else ""
    raise PlainError(f"台账里没有 {asked[2]} 的{'这类' if known else ''}隐患。{known} The ledger holds no such hazard.")


def _named(cut: str) -> tuple[str, str]:
    kind, _, value = (part.strip() for part in cut.partition("="))
    if kind not in _CALLED or not value:
        known = "、".join(f"{name}（{word}）" for name, word in STOCK_CUT_NAMES.items())
        raise PlainError(
            f"--cut 的“{cut}”看不懂，请写成 sector=工贸；可写 {known}。 "
            "--cut: write a cut and a value, such as sector=工贸."
        )
    return _CALLED[kind], value
