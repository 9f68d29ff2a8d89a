"""The entries of a register as a unit last sent them, so that it goes on from there instead of typing them again.

Belongs here: current entries as rows by column. Does not belong here: the history of entries (SQL), drawing. Columns
about people are not in the marts and stay empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from campaigns.model import Form
    from orchestration.snapshot import MartSnapshot
    from reports.blank_forms.forms import ListRow

_MODEL = "fct_register_values"
_CURRENT_VALUES = """
    select cells.unit_id, cells.row_key, cells.column_id, cells.printed_value, cells.number_value, cells.date_value
    from fct_register_values as cells
    inner join fct_register_entries as entries
        on cells.campaign_id = entries.campaign_id and cells.form_id = entries.form_id
        and cells.unit_id = entries.unit_id and cells.row_key = entries.row_key and cells.version = entries.version
    where cells.campaign_id = ? and cells.form_id = ? and entries.is_current
    order by entries.entry_first_period, length(cells.row_key), cells.row_key, cells.cell_position
"""


@dataclass(frozen=True, slots=True)
class EntryRows:
    """The current entries of one register, by unit."""

    entries: Mapping[str, list[ListRow]]
    are_own: bool = True

    @classmethod
    def of(cls, snapshot: MartSnapshot | None, campaign_id: str, form: Form) -> EntryRows:
        """Look them up once for all units; there are none before the first night, or in an earlier release's marts."""
        if snapshot is None or not snapshot.holds(_MODEL):
            return cls({})
        types = {column.column_id: column.type for column in form.columns}
        rows: dict[tuple[str, str], dict[str, Any]] = {}
        for cell in snapshot.rows(_CURRENT_VALUES, (campaign_id, form.form_id)):
            row = rows.setdefault((cell["unit_id"], cell["row_key"]), {})
            _add(row, cell, types.get(cell["column_id"], "text"))
        entries: dict[str, list[ListRow]] = {}
        for (unit_id, _), row in rows.items():
            entries.setdefault(unit_id, []).append(row)
        return cls(entries)

    def rows_of(self, unit_id: str) -> tuple[list[ListRow], list[str]]:
        """The unit's entries; a register says nothing more about them."""
        return self.entries.get(unit_id, []), []


def _add(row: dict[str, Any], cell: Mapping[str, Any], column_type: str) -> None:
    """Put one value into its row; several units of one cell stand in it as they were written, one after another."""
    column_id, value = cell["column_id"], cell["printed_value"]
    if column_type == "date":
        value = cell["date_value"] or value
    elif column_type in ("integer", "decimal") and cell["number_value"] is not None:
        value = cell["number_value"]
    if value is not None:
        row[column_id] = f"{row[column_id]}、{value}" if column_id in row else value
