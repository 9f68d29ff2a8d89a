"""Everything a list of unclosed hazards prints, read from the marts in one go: as at the last cut-off of the period.

Belongs here: which rows are read, in which order, sums over units. Does not belong here: layout (unclosed_tables.py),
what counts as unclosed and since when (the models).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from reports.campaign_head import CampaignHead, days_of, load_head, nothing_to_print
from reports.published import Row, find_snapshot, open_snapshot, read_rows

if TYPE_CHECKING:
    from reports.report_request import ReportRequest

# Each list's last cut-off within the period: a quarter or half-year shows what stands open at the end of it.
_IN_FORCE: Final = """campaign_id = $campaign_id and (form_id, period) in (
    select (form_id, max_by(period, cutoff_on)) from marts.rpt_unclosed_units
    where campaign_id = $campaign_id and cutoff_on between $first_day and $last_day
    group by form_id
)"""
_UNITS: Final = f"marts.rpt_unclosed_units where {_IN_FORCE} order by form_id, unit_position nulls last, unit_id"
_HAZARDS: Final = f"""marts.rpt_unclosed_hazards where {_IN_FORCE}
    order by form_id, unit_position nulls last, unit_id, standing = 'undated', is_overdue desc,
        standing not in ('open', 'reopened'), overdue_days desc nulls last, due_on nulls last, found_on nulls last,
        hazard_id"""
_SOURCES: Final = f"""(
    select units.unit_position, sent.*
    from marts.fct_submissions as sent
    inner join (select * from marts.rpt_unclosed_units where {_IN_FORCE}) as units using (campaign_id, form_id, unit_id)
    where
        sent.is_current and sent.period = units.last_list_period
        or sent.submission_id in (select submission_id from marts.rpt_unclosed_hazards where {_IN_FORCE})
    order by sent.form_id, units.unit_position nulls last, sent.unit_id, sent.period
)"""  # noqa: S608
_STOCK: Final = f"""(
    select
        units.form_id, units.unit_id, units.unit_name,
        units.total_found_count, units.total_closed_count + units.unclosed_count as closed_or_not_count,
        units.open_count, count(*) filter (where months.is_open) as stock_count,
        units.overdue_count, count(*) filter (where months.is_overdue) as overdue_stock_count
    from (select * from marts.rpt_unclosed_units where {_IN_FORCE}) as units
    left join marts.fct_hazard_months as months using (campaign_id, form_id, period, unit_id)
    where units.has_list
    group by all
    order by units.form_id, units.unit_id
)"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class HazardCounts:
    """How many hazards were found up to the cut-off, and what became of them; None where no list was ever sent."""

    total_found_count: int | None
    total_closed_count: int | None
    unclosed_count: int | None
    open_count: int | None
    open_again_count: int | None
    overdue_count: int | None
    unverified_count: int | None
    unsigned_count: int | None
    listed_count: int | None
    undated_count: int | None


_COUNTS: Final = tuple(field.name for field in fields(HazardCounts))
_TOTALS: Final = f"""(
    select
        coalesce(reporting_scope, 'all') as total_scope,
        count(*) filter (where has_list) as units_with_list,
        {", ".join(f"sum({column}) as {column}" for column in _COUNTS)}
    from marts.rpt_unclosed_units where {_IN_FORCE}
    group by grouping sets ((reporting_scope), ())
    order by reporting_scope desc nulls last
)"""  # noqa: S608 - no text from outside


@dataclass(frozen=True, slots=True)
class UnitHazards(HazardCounts):
    """The counts of one unit, and up to when its lists go."""

    form_id: str
    unit_id: str
    unit_name: str | None
    cutoff_on: date
    period: str
    has_list: bool
    last_list_period: str | None

    @property
    def name(self) -> str:
        return self.unit_name or self.unit_id


@dataclass(frozen=True, slots=True)
class TotalHazards(HazardCounts):
    """The counts of the units of one reporting scope, or of `all`."""

    total_scope: str
    units_with_list: int


@dataclass(frozen=True, slots=True)
class UnclosedHazard:
    form_id: str
    unit_id: str
    hazard_number: str | None
    enterprise: str | None
    hazard_text: str | None
    sector: str | None
    source_name: str | None
    level_name: str | None
    found_on: date | None
    due_on: date | None
    is_extended: bool
    standing: str
    standing_name: str
    is_closed_unsigned: bool
    is_overdue: bool
    overdue_days: int | None
    overdue_workdays: int | None
    is_listed: bool
    listed_level_name: str | None
    listed_by: str | None
    listed_on: date | None
    delisted_on: date | None
    plan_missing: str | None
    penalties: int | None
    submission_id: str
    source_cell: str


@dataclass(frozen=True, slots=True)
class ListSource:
    submission_id: str
    unit_name: str | None
    period: str
    file_name: str
    file_format: str
    sheet_name: str | None
    received_at: datetime
    filled_on: date | None
    version: int
    file_sha256: str


@dataclass(frozen=True, slots=True)
class UnitStock:
    """What one unit's counts must agree with: found with closed and not closed, open with the ledger's stock."""

    unit_id: str
    unit_name: str | None
    total_found_count: int
    closed_or_not_count: int
    open_count: int
    stock_count: int
    overdue_count: int
    overdue_stock_count: int


@dataclass(frozen=True)
class UnclosedHazards:
    """The rows of one report, as published."""

    head: CampaignHead
    units: tuple[UnitHazards, ...]
    totals: tuple[TotalHazards, ...]
    hazards: tuple[UnclosedHazard, ...]
    sources: tuple[ListSource, ...]
    stock: tuple[UnitStock, ...]

    @property
    def total(self) -> TotalHazards:
        return self.totals[-1]

    @property
    def cutoffs(self) -> list[date]:
        return sorted({unit.cutoff_on for unit in self.units})

    @cached_property
    def source_numbers(self) -> dict[str, int]:
        """submission_id → the number under which its file is listed."""
        return {one.submission_id: number for number, one in enumerate(self.sources, start=1)}

    @cached_property
    def _hazards_by_unit(self) -> dict[tuple[str, str], list[UnclosedHazard]]:
        found: dict[tuple[str, str], list[UnclosedHazard]] = {}
        for one in self.hazards:
            found.setdefault((one.form_id, one.unit_id), []).append(one)
        return found

    def hazards_of(self, unit: UnitHazards) -> list[UnclosedHazard]:
        return self._hazards_by_unit.get((unit.form_id, unit.unit_id), [])


def load_unclosed_hazards(request: ReportRequest) -> UnclosedHazards:
    """Read the report from the published snapshot.

    Raises:
        ReportError: there is no snapshot.
        NothingToPrintError: no hazard list has a cut-off within the period.
    """
    first_day, last_day = days_of(request.period)
    known = {"campaign_id": request.campaign.campaign_id, "first_day": first_day, "last_day": last_day}
    with open_snapshot(find_snapshot(request.published)) as connection:

        def rows(row_type: type[Row], source: str) -> tuple[Row, ...]:
            return read_rows(connection, row_type, source, known)

        units = rows(UnitHazards, _UNITS)
        if not units:
            raise nothing_to_print(request, "隐患清单：没有已截止的一期，或不在最近三期（更早的请加 --as-of 截止日）")
        return UnclosedHazards(
            head=load_head(connection, request),
            units=units,
            totals=rows(TotalHazards, _TOTALS),
            hazards=rows(UnclosedHazard, _HAZARDS),
            sources=rows(ListSource, _SOURCES),
            stock=rows(UnitStock, _STOCK),
        )
