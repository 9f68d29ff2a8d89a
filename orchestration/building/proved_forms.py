"""Which forms the nightly proof of gate 1 still has to look at: what came in since, and everything once a week.

Belongs here: choosing the forms, and the note of what was proved. Does not belong here: the proof (expectations), what
it compares (proof.py). What a form holds and what intake decided of it never change, so a form proved once stays
proved while the models and the campaigns are the same; the weekly proof of everything finds damage to what is stored.

The last proved batch of each form is looked at again: which rules must have judged a batch follows from the one before.
Batches are looked at in groups, oldest first, so that a proof of everything needs no more memory than one of some
months; a group reads its own batches, so that the proof costs what there is to prove.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version as installed_version
from typing import TYPE_CHECKING, Any

from orchestration.building.dbt_parse import project_fingerprint
from orchestration.building.notes import read_note, write_note

if TYPE_CHECKING:
    import duckdb

    from expectations.suites import ProofResult
    from orchestration.home import Home

EVERYTHING_EVERY = timedelta(days=7)
FORMS_AT_ONCE = 20_000  # with forty figures each about 0.1 GB in pandas; a batch is never divided

_READABLE = """
    create temporary table readable as
    select submission_id, campaign_id, form_id, batch_id
    from read_parquet($submissions, union_by_name = true)
    where verdict in ('accepted', 'returned') and received_at <= $as_of
"""
# Outcomes arrive with their form. What damage put into another batch counts as well: the models read every batch.
_STRAYED = """
    create temporary table strayed as
    select distinct outcomes.submission_id, outcomes.batch_id
    from read_parquet($outcomes, union_by_name = true) as outcomes
    inner join readable using (submission_id)
    where outcomes.batch_id <> readable.batch_id
"""
_DUE = """
    create or replace temporary table gate1_due as
    with last_proved as (
        select campaign_id, form_id, max(batch_id) as batch_id
        from readable
        where list_contains($proved, batch_id)
        group by campaign_id, form_id
    )

    select readable.submission_id, readable.batch_id
    from readable
    left join last_proved using (campaign_id, form_id, batch_id)
    where last_proved.batch_id is not null or list_contains($due, readable.batch_id)
"""
_DUE_STRAYED = """
    insert into gate1_due
    select submission_id, batch_id
    from strayed
    where submission_id in (select submission_id from gate1_due)
"""
_SNAPSHOTS = """
    select campaign_id, max_by(snapshot_id, (loaded_at, batch_id))
    from read_parquet($campaigns)
    group by campaign_id
    order by campaign_id
"""


@dataclass(frozen=True)
class ChosenForms:
    """What one proof looks at, and what all that was received makes when it succeeds."""

    warehouse: duckdb.DuckDBPyConnection
    home: Home
    means: str
    everything_on: date
    batches: dict[str, int]
    proved: frozenset[str]

    def groups(self) -> Iterator[None]:
        """Fill the temporary table `gate1_due` with the forms to prove, one group after the other.

        It has a row for each form and each batch that brought outcomes of it.
        """
        proved = sorted(self.proved)
        for group in _groups(self.batches, self.proved):
            self.warehouse.execute(_DUE, {"proved": proved, "due": group})
            self.warehouse.execute(_DUE_STRAYED)
            yield
            proved = []  # looked at again with the first group

    def note(self, result: ProofResult) -> ProofResult:
        """Remember that everything received so far is proved, unless something is not; returns the result."""
        if not result.success or result.unproved:
            return result
        record = {"means": self.means, "everything_on": self.everything_on.isoformat(), "forms": self.batches}
        write_note(self.home.proved_forms, record)
        return result


def choose_forms(
    warehouse: duckdb.DuckDBPyConnection, home: Home, as_of: datetime, today: date, everything: bool
) -> ChosenForms:
    """Say which batches of forms are to be proved.

    Args:
        warehouse: the build file; only the connection's own temporary tables are written.
        home: whose raw zone holds the forms.
        as_of: of the build.
        today: a week after everything was proved, everything is due again.
        everything: without regard to what was proved before.
    """
    from ingest.raw.raw_zone import RawZone

    zone = RawZone(home.raw)
    warehouse.execute(_READABLE, {"submissions": zone.glob("submissions"), "as_of": as_of})
    warehouse.execute(_STRAYED, {"outcomes": zone.glob("outcomes")})
    counts = "select batch_id, count(*) from readable group by batch_id order by batch_id"
    batches = dict(warehouse.execute(counts).fetchall())
    means = judged_with(warehouse, home)
    record = {} if everything else _record(home)
    everything_on = date.fromisoformat(record.get("everything_on", "0001-01-01"))
    if record.get("means") != means or not everything_on <= today < everything_on + EVERYTHING_EVERY:
        record, everything_on = {}, today
    known = record.get("forms", {})
    proved = frozenset(batch for batch, forms in batches.items() if known.get(batch) == forms)
    return ChosenForms(warehouse, home, means, everything_on, batches, proved)


def _groups(batches: Mapping[str, int], proved: frozenset[str]) -> Iterator[list[str]]:
    """Batches that are not proved, oldest first, in groups of at most FORMS_AT_ONCE forms; at least one group."""
    group: list[str] = []
    forms = 0
    for batch, number in batches.items():
        if batch not in proved:
            if group and forms + number > FORMS_AT_ONCE:
                yield group
                group, forms = [], 0
            group.append(batch)
            forms += number
    yield group


def judged_with(warehouse: duckdb.DuckDBPyConnection, home: Home) -> str:
    """By what forms are read and judged: this program, its models, the campaigns as they are stored."""
    snapshots = warehouse.execute(_SNAPSHOTS, {"campaigns": str(home.raw / "campaigns" / "*.parquet")}).fetchall()
    return " ".join((installed_version("taizhang"), project_fingerprint(), *(str(found) for _, found in snapshots)))


def _record(home: Home) -> dict[str, Any]:
    try:
        return read_note(home.proved_forms)
    except ValueError:  # a note that cannot be read proves nothing
        return {}
