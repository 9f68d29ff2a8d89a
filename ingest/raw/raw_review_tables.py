"""The columns of the raw tables that say how an office judges: stretches of time, clocks, criteria, visits.

Belongs here: names and types only; the campaigns package makes the rows. Does not belong here: forms, rules and dates
(raw_campaign_tables.py), tasks and what is expected of whom (raw_roster_tables.py).
"""

from __future__ import annotations

import pyarrow as pa

from ingest.raw.raw_campaign_tables import campaign_table

SPANS = campaign_table(  # months, quarters, half-years and years of the campaign
    period=pa.string(),
    cadence=pa.string(),
    starts_on=pa.date32(),
    ends_on=pa.date32(),
    year_starts_on=pa.date32(),
    base_period=pa.string(),  # the same stretch of the year before
    base_starts_on=pa.date32(),
    base_ends_on=pa.date32(),
    base_year_starts_on=pa.date32(),
)

ACCIDENT_CLOCKS = campaign_table(  # within how many days an accident is to be closed
    grade=pa.string(),
    within_days=pa.int32(),
    clause=pa.string(),
    basis=pa.string(),
)

VISIT_REASONS = campaign_table(  # what makes a unit worth a visit
    reason=pa.string(),
    name=pa.string(),
    measure_unit=pa.string(),
    position=pa.int32(),  # order in campaign.yml
    at_least=pa.int32(),
    clause=pa.string(),
    basis=pa.string(),
)

CRITERIA = campaign_table(  # by what hazards are judged major ones
    criterion_id=pa.string(),
    sector=pa.string(),
    name=pa.string(),
    number=pa.string(),
    aliases=pa.string(),
    position=pa.int32(),  # order in criteria.csv
    in_force_from=pa.date32(),
    in_force_until=pa.date32(),  # the first day on which it no longer holds
    is_interim=pa.bool_(),
    superseded_by=pa.string(),
    clause=pa.string(),
)

CRITERION_SPANS = campaign_table(  # which criterion a written name means on which days
    name_key=pa.string(),
    from_on=pa.date32(),
    until_on=pa.date32(),
    criterion_id=pa.string(),
    state=pa.string(),  # not_yet, in_force, no_longer
)

REVIEW_TABLES: dict[str, pa.Schema] = {
    "spans": SPANS,
    "accident_clocks": ACCIDENT_CLOCKS,
    "visit_reasons": VISIT_REASONS,
    "criteria": CRITERIA,
    "criterion_spans": CRITERION_SPANS,
}
