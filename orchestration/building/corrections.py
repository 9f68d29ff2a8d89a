"""Corrections that no longer find the figure they expect, said row by row.

Belongs here: the sentence for the account of the night. Does not belong here: applying corrections (SQL), what a
correction is (campaigns).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from orchestration.snapshot import latest_units

if TYPE_CHECKING:
    import duckdb

_UNAPPLIED = f"""
    select
        corrections.correction_id, corrections.correction_status, units.unit_name, corrections.period,
        corrections.item_code, corrections.part, corrections.expected_value, corrections.new_value,
        corrections.reported_value
    from marts.fct_corrections as corrections
    left join {latest_units()} as units using (campaign_id, unit_id)
    where corrections.correction_status in ('source_fixed', 'source_changed', 'not_received')
    order by corrections.correction_id
"""  # noqa: S608 - constants
_WHAT_HAPPENED = {
    "source_fixed": ("单位已报成更正后的数，请从 corrections.csv 删去这一行", "the form now holds it; remove the row"),
    "source_changed": ("单位已报成 {reported}，请重新决定", "the form now holds {reported}; decide anew"),
    "not_received": ("没有现行的报表", "there is no form in force"),
}


def unapplied_corrections(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    """One sentence per correction that was not applied, in Chinese and English."""
    sentences = []
    for code, status, unit, period, item, part, expected, new, reported in warehouse.execute(_UNAPPLIED).fetchall():
        chinese, english = (text.format(reported=_plain(reported)) for text in _WHAT_HAPPENED[status])
        figure = item if part == "value" else f"{item}.{part}"
        sentences.append(
            f"更正 {code}（{unit} {period} {figure}：{_plain(expected)} 改为 {_plain(new)}）没有执行：{chinese}。 "
            f"Correction {code} was not applied: {english}."
        )
    return sentences


def _plain(value: Decimal | None) -> str:
    return "空白" if value is None else format(value.normalize() + 0, "f")
