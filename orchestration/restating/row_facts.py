"""Which rows of lists are compared between two nights, and what of each: tasks, register entries, accidents, hazards.

Belongs here: one query a fact over the marts of one night. Does not belong here: the comparison and its causes
(row_restatement.py), figures of forms (figure_restatement.py).

A query gives the row's `form_id`, `unit_id`, `period` (empty for what belongs to no single one) and `row_id`; its
`row_name`, as a person calls it; its `parent`, the row it is a part of, or nothing; what is `said`; and the file and
cell that say so. What follows from the day of the build alone, such as days open, is not compared: nobody said it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RowFact:
    """One kind of row and its query; `{night}` is a catalog with a schema `marts`. Parts are compared in rows that
    stood in both nights: of a new row its being new says enough. `columns` are those of the list that say a word in a
    cell of their own; of those in `filled_first` the first that is filled in says it, else its own; `cell_says` is the
    word that the row's own cell says; `is_line` where the row is a line of a hazard list; `events` are the words that
    are the day of an event, which the last list that names it says. Of what a row says, `began` is the day since when
    there is such a thing, `days` are those on which something happened to it, and `moving` is what the work moves on
    without saying on which day, unless its parts do (`is_of_parent`).
    """

    name: str
    table: str
    query: str
    columns: Mapping[str, str] = field(default_factory=dict)
    filled_first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cell_says: str | None = None
    is_line: bool = False
    events: Mapping[str, str] = field(default_factory=dict)
    began: str | None = None
    days: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()
    is_of_parent: bool = False


_TASKS = """
    select rows.form_id, rows.unit_id, rows.period, rows.task_id as row_id,
        concat_ws(' ', tasks.number, coalesce(tasks.goal, rows.task_id)) as row_name, '' as parent,
        {{
            'status': coalesce(rows.status_name, rows.status), 'progress': rows.progress, 'evidence': rows.evidence,
            'reason': rows.reason, 'note': rows.note
        }} as said,
        rows.submission_id, rows.source_cell
    from {night}.marts.fct_task_progress as rows
    left join {night}.marts.dim_tasks as tasks using (campaign_id, task_id)
    where rows.campaign_id = $campaign
"""

_REGISTER_ENTRIES = """
    select form_id, unit_id, '' as period, row_key as row_id, row_key as row_name, '' as parent,
        {{'is_in_register': is_current, 'valid_from': valid_from, 'valid_to': valid_to}} as said,
        submission_id, source_cell
    from {night}.marts.fct_register_entries
    where campaign_id = $campaign
    qualify version = max(version) over (partition by form_id, unit_id, row_key)
"""

_REGISTER_VALUES = """
    select form_id, unit_id, '' as period, concat_ws('/', row_key, column_id, cell_position) as row_id,
        concat_ws(' ', row_key, column_name) as row_name, concat_ws('/', form_id, unit_id, row_key) as parent,
        {{'value': printed_value}} as said, submission_id, fct_register_values.source_cell
    from {night}.marts.fct_register_values
    inner join {night}.marts.fct_register_entries using (campaign_id, form_id, unit_id, row_key, version)
    where campaign_id = $campaign
    qualify version = max(version) over (partition by form_id, unit_id, row_key)
"""

_ACCIDENTS = """
    select form_id, unit_id, '' as period, row_key as row_id, coalesce(accident_number, row_key) as row_name,
        '' as parent,
        {{
            'grade': grade_name, 'occurred_on': occurred_on, 'place_unit_id': place_unit_id, 'industry': industry,
            'enterprise': enterprise, 'deaths': deaths, 'injured': injured, 'direct_loss': direct_loss,
            'closed_on': closed_on
        }} as said,
        submission_id, source_cell
    from {night}.marts.fct_accidents
    where campaign_id = $campaign
"""

_HAZARDS = """
    select form_id, unit_id, '' as period, hazard_id as row_id, concat_ws(' ', hazard_number, enterprise) as row_name,
        '' as parent,
        {{
            'status': status, 'level': level, 'source': source, 'found_on': found_on, 'due_on': due_on,
            'listed_level': listed_level, 'listed_on': listed_on, 'reopened_count': reopened_count
        }} as said,
        submission_id, source_row as source_cell
    from {night}.marts.fct_hazards
    where campaign_id = $campaign
"""

_HAZARD_EVENTS = """
    select hazards.form_id, hazards.unit_id, '' as period,
        concat_ws(
            '/', rows.hazard_id, rows.event, concat_ws('-', rows.episode, nullif(row_number() over same_kind, 1))
        ) as row_id,
        concat_ws(' ', hazards.hazard_number, hazards.enterprise, rows.event) as row_name, rows.hazard_id as parent,
        {{'event_on': rows.event_on, 'actor': rows.actor}} as said, rows.submission_id, rows.source_cell
    from {night}.marts.fct_hazard_events as rows
    inner join {night}.marts.fct_hazards as hazards using (campaign_id, hazard_id)
    where rows.campaign_id = $campaign
    window same_kind as (partition by rows.hazard_id, rows.event, rows.episode order by rows.event_on)
"""

_TASK_COLUMNS = {name: name for name in ("status", "progress", "evidence", "reason", "note")}
_ACCIDENT_COLUMNS = {
    **{name: name for name in ("grade", "occurred_on", "industry", "enterprise", "deaths", "injured", "direct_loss")},
    "place_unit_id": "place",
    "closed_on": "closed_on",
}
_HAZARD_COLUMNS = {name: name for name in ("level", "source", "found_on", "due_on", "listed_level", "listed_on")}

ROW_FACTS = (
    RowFact("task", "fct_task_progress", _TASKS, _TASK_COLUMNS, moving=tuple(_TASK_COLUMNS)),
    RowFact(
        "register_entry",
        "fct_register_entries",
        _REGISTER_ENTRIES,
        began="valid_from",
        days=("valid_from", "valid_to"),
    ),
    RowFact("register_value", "fct_register_values", _REGISTER_VALUES, cell_says="value", moving=("value",)),
    RowFact(
        "accident",
        "fct_accidents",
        _ACCIDENTS,
        _ACCIDENT_COLUMNS,
        began="occurred_on",
        days=("occurred_on", "closed_on"),
    ),
    RowFact(
        "hazard",
        "fct_hazards",
        _HAZARDS,
        _HAZARD_COLUMNS,
        filled_first={"due_on": ("extended_to", "due_on", "listed_due_on")},
        is_line=True,
        events={"found_on": "found", "listed_on": "listed"},
        began="found_on",
        days=("found_on", "listed_on"),
        moving=("status", "due_on", "listed_level", "reopened_count"),
    ),
    RowFact(
        "hazard_event", "fct_hazard_events", _HAZARD_EVENTS, began="event_on", days=("event_on",), is_of_parent=True
    ),
)
