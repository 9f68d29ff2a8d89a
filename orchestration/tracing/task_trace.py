"""From a task's status back to the cells in which units reported it.

Belongs here: the answer for one task of one period, unit by unit, held against what the raw zone says. Does not belong
here: figures of indicator tables (trace.py), how it is printed (commands/trace_table.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from campaigns.model import Campaign
from orchestration.building.database import connect
from orchestration.errors import PlainError
from orchestration.home import Home
from orchestration.snapshot import MartSnapshot, rows_of
from orchestration.tracing.returned_forms import ReturnedForm, returned_forms


@dataclass(frozen=True, slots=True)
class TracedStatus:
    """What one unit said of the task, in which version and cell; `matches_raw` is None where it said nothing."""

    unit_id: str
    unit_name: str | None
    role: str | None
    is_owed: bool
    status: str
    status_name: str | None
    is_overdue: bool
    previous_status: str | None
    evidence: str | None
    version: int | None
    received_at: datetime | None
    file_name: str | None
    file_sha256: str | None
    archive_path: Path | None
    source_cell: str | None
    raw_text: str | None
    matches_raw: bool | None
    returned: ReturnedForm | None  # what came instead of a form that counts


@dataclass(frozen=True, slots=True)
class TaskTrace:
    campaign_id: str
    form_id: str
    period: str
    task_id: str
    number: str | None
    goal: str
    due_on: date | None
    task_state: str
    task_state_name: str
    as_of: datetime | None
    units: tuple[TracedStatus, ...]

    @property
    def agrees(self) -> bool:
        """Every status equals the cell it came from."""
        return all(unit.matches_raw is not False for unit in self.units)


_BOARD = """
    select form_id, task_id, number, goal, due_on, task_state, task_state_name from rpt_task_board
    where campaign_id = ? and period = ? and (task_id = ? or number = ?) and form_id = coalesce(?, form_id)
"""

_STATUSES = """
    select told.*, sent.version, sent.received_at, sent.file_name, sent.file_sha256
    from fct_task_progress as told
    left join fct_submissions as sent on told.submission_id = sent.submission_id
    where told.campaign_id = ? and told.form_id = ? and told.period = ? and told.task_id = ?
    order by told.unit_position
"""

_RAW_STATUS = """
    select text_value, raw_text from read_parquet(?)
    where submission_id = ? and column_id = 'status'
      and case when cell_ref <> '' then sheet_name || '!' || cell_ref else sheet_name end = ?
"""


def asks_for_task(campaign: Campaign, form_id: str | None, item: str) -> bool:
    """Whether a trace is about a task: a task form is named, or the item is a task and no figure of a form."""
    kinds = {form.form_id: form.kind for form in campaign.forms}
    if form_id is not None:
        return kinds.get(form_id) == "task_progress"
    if any(task.task_id == item for task in campaign.tasks):
        return True
    return "task_progress" in kinds.values() and "indicator_table" not in kinds.values()


def trace_task(
    home: Home,
    snapshot: MartSnapshot,
    campaign_id: str,
    period: str,
    item: str,
    *,
    form_id: str | None = None,
    unit_id: str | None = None,
) -> TaskTrace:
    """Follow a task, called by its id or its number, back to the cells; PlainError when it is none or several."""
    found = snapshot.rows(_BOARD, (campaign_id, period, item, item, form_id))
    if len(found) != 1:
        known = "、".join(f"{row['task_id']}（{row['form_id']}）" for row in found)
        reason = f"“{item}”可能是 {known}，请写任务代码。" if found else f"已发布的数据里没有 {period} 的任务 {item}。"
        raise PlainError(f"{reason} {len(found)} tasks are called {item} in {period}.")
    told = snapshot.rows(_STATUSES, (campaign_id, found[0]["form_id"], period, found[0]["task_id"]))
    returned = returned_forms(home, snapshot, campaign_id, found[0]["form_id"], period)
    units = tuple(_traced(home, row, returned.get(row["unit_id"])) for row in told if unit_id in (None, row["unit_id"]))
    return TaskTrace(campaign_id=campaign_id, period=period, as_of=snapshot.as_of, units=units, **found[0])


def _traced(home: Home, row: dict[str, Any], returned: ReturnedForm | None) -> TracedStatus:
    written = _written(home, row)
    taken = {name: row[name] for name in TracedStatus.__slots__ if name in row}
    return TracedStatus(
        **taken,
        archive_path=home.archived(row["file_sha256"]),
        raw_text=written["raw_text"] if written else None,
        matches_raw=written["text_value"] == row["status"] if written else None,
        returned=returned,
    )


def _written(home: Home, row: dict[str, Any]) -> dict[str, Any] | None:
    """The status cell as it was received; None where the unit gave none, or the raw zone is not at hand."""
    folder = home.raw / "list_cells"
    if row["source_cell"] is None or not any(folder.glob("*.parquet")):
        return None
    with connect(home) as connection:
        found = rows_of(connection, _RAW_STATUS, [str(folder / "*.parquet"), row["submission_id"], row["source_cell"]])
    return found[0] if found else None
