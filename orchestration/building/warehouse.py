"""From the raw zone to marts: the order of one build, its two gates and its proof.

Belongs here: campaign snapshots, the two dbt passes, gate 2 between them, the proof of totals after them, and what a
build answers. Does not belong here: dbt itself (dbt_runner.py), rules (expectations), publishing, Dagster.

A build goes on from the file of the last one or starts from an empty one (kept_build.py). Nobody reads that file but
the build: readers see what `publish` made of it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from orchestration.building import (
    campaign_tables,
    dbt_parse,
    dbt_runner,
    engines,
    gate2,
    kept_build,
    proof,
    proved_forms,
    rules_in_force,
)
from orchestration.building.corrections import unapplied_corrections
from orchestration.building.database import connect, limits
from orchestration.building.engines import Engine
from orchestration.building.overlap_proof import with_both_readings
from orchestration.errors import PlainError
from orchestration.unread_files import unread_campaign_files

if TYPE_CHECKING:
    import duckdb

    from campaigns.model import Campaign
    from expectations.suites import ProofResult
    from orchestration.building.dbt_runner import DbtResult
    from orchestration.home import Home

FIRST_PASS, SECOND_PASS = "first_pass", "second_pass"  # dbt_project/selectors.yml
NIGHTLY = ("build", "--exclude-resource-type", "unit_test", "--no-write-json")  # nobody reads what dbt writes

_ANY_FIGURE = "select count(*) > 0 from intermediate.int_figures__checked where is_current and value is not null"


@dataclass(frozen=True, slots=True)
class Leg:
    """How long one leg of a night took."""

    name: str
    cpu_seconds: float
    wall_seconds: float


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made. `failures` are sentences about our own tables and arithmetic: any of them blocks publishing.

    What units did wrong is never a failure here; it is in `rule_counts` (rule class → outcomes that failed).
    """

    as_of: datetime
    row_counts: Mapping[str, int]
    rule_counts: Mapping[str, int]
    proofs: tuple[ProofResult, ...]
    failures: tuple[str, ...]
    warnings: tuple[str, ...]
    legs: tuple[Leg, ...]

    @property
    def success(self) -> bool:
        return not self.failures


def build(
    home: Home, as_of: datetime, now: datetime, engine: Engine | None = None, *, everything: bool = False
) -> BuildResult:
    """Build all marts from what had been received by `as_of`; the caller holds the lock.

    A failing leg ends the build, and `failures` says why. `everything` also proves what an earlier build has proved.
    """
    work = WarehouseBuild(home, as_of, now, engine or engines.engine_in_force(), everything)
    for leg in (work.first_pass, work.prove_gate1, work.judge_gate2, work.second_pass, work.prove_totals):
        leg()
        if work.failures:
            break
    return work.result()


@dataclass
class WarehouseBuild:
    """One build, leg by leg, for callers that show the legs one by one. Each leg may run once, in this order."""

    home: Home
    as_of: datetime
    now: datetime
    engine: Engine = field(default_factory=engines.engine_in_force)
    everything: bool = False
    proofs: list[ProofResult] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    _campaigns: dict[str, Campaign] | None = None
    _kept: kept_build.KeptBuild | None = None

    @property
    def campaigns(self) -> dict[str, Campaign]:
        if self._campaigns is None:
            self._campaigns = self.home.campaigns()
        return self._campaigns

    def first_pass(self) -> DbtResult:
        """Campaign snapshots and hazard pairs into the raw zone, then staging and facts into the build file."""
        from ingest.hazards.hazard_matching import match_new_lines
        from ingest.raw.raw_zone import RawZone
        from orchestration.building.hazard_links import write_hazard_links

        with self.leg("first_pass"):
            zone = RawZone(self.home.raw)
            zone.prepare()  # a newer program may know tables and columns that this home does not have yet
            self.warnings.extend(unread_campaign_files(self.home))
            campaign_tables.store_campaigns(self.home, self.campaigns, self.now)
            match_new_lines(zone, self.campaigns, self.now, limits(self.home))
            write_hazard_links(self.home, self.as_of, self.campaigns)
            from_nothing = self.everything or self.engine is not Engine.DUCKDB
            self._kept = kept_build.begin(self.home, self.as_of, self.now.date(), from_nothing=from_nothing)
            engines.begin(self.home, self.engine, goes_on=self._kept.goes_on)
            gate2.forget_outcomes(self.home)
            rules_in_force.begin_counting_lists(self.home)
            return self._run_models(FIRST_PASS)

    def prove_gate1(self) -> ProofResult:
        """Great Expectations judges stored figures again (proved_forms.py: which) and must agree with intake."""
        with self.leg("prove_gate1"), self.open_warehouse() as warehouse:
            from expectations.gate1_proof import prove_gate1

            chosen = proved_forms.choose_forms(warehouse, self.home, self.as_of, self.now.date(), self.everything)
            questions = proof.rule_texts(warehouse, self.home)
            groups = (
                (proof.figures_due(warehouse), proof.stored_outcomes(warehouse, self.home, self.as_of))
                for _ in chosen.groups()
            )
            return chosen.note(self._prove(prove_gate1(groups, self.campaigns, questions)))

    def judge_gate2(self) -> int:
        """Rules over facts, and how often each rule is hit, into files that the second pass reads; counts outcomes."""
        with self.leg("judge_gate2"), self.open_warehouse() as warehouse:
            return gate2.judge(warehouse, self.home, self.campaigns, self.now, self.everything)

    def second_pass(self) -> DbtResult:
        """Rule outcomes and report marts."""
        with self.leg("second_pass"):
            result = self._run_models(SECOND_PASS)
            with self.open_warehouse() as warehouse:
                self.warnings.extend(unapplied_corrections(warehouse))
                if not self.failures:
                    rules_in_force.note_counted_lists(self.home, warehouse)
            return result

    def prove_totals(self) -> ProofResult:
        """Printed totals against the raw cells and against their parts; under both readings where they differ (X7)."""
        with self.leg("prove_totals"), self.open_warehouse() as warehouse:
            from expectations import suites

            totals = proof.totals_frame(warehouse, self.home, self.as_of)
            totals = with_both_readings(warehouse, self.home, self.as_of, totals)
            has_figures = bool(warehouse.execute(_ANY_FIGURE).fetchall()[0][0])
            result = self._prove(suites.prove_totals(totals, figures_expected=has_figures))
        if self._kept and not self.failures:
            kept_build.note(self.home, self._kept)
        return result

    def result(self) -> BuildResult:
        row_counts: dict[str, int] = {}
        rule_counts: dict[str, int] = {}
        if not self.failures and any(leg.name == "prove_totals" for leg in self.legs):
            with self.open_warehouse() as warehouse:
                row_counts, rule_counts = count_rows(warehouse), _failed_by_class(warehouse)
        return BuildResult(
            self.as_of,
            row_counts,
            rule_counts,
            tuple(self.proofs),
            tuple(self.failures),
            tuple(self.warnings),
            tuple(self.legs),
        )

    @contextmanager
    def open_warehouse(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The build file, read-only, for one leg."""
        connection = connect(self.home, self.home.warehouse, read_only=True)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def leg(self, name: str) -> Iterator[None]:
        """Time one leg, and note an error that ends it; a leg that failed is not among `legs`."""
        cpu, wall = time.process_time(), time.perf_counter()
        try:
            yield
        except Exception as error:
            self.failures.append(str(error) if isinstance(error, PlainError) else f"{type(error).__name__}: {error}")
            raise
        self.legs.append(Leg(name, time.process_time() - cpu, time.perf_counter() - wall))

    def _run_models(self, one_pass: str) -> DbtResult:
        goes_on = self._kept is not None and self._kept.goes_on
        selector = f"{one_pass}_going_on" if goes_on else one_pass
        args = (*NIGHTLY, "--selector", selector)
        result = dbt_runner.run_dbt(self.home, args, self.as_of, self.engine, goes_on=goes_on)
        if self.engine is not Engine.DUCKDB:
            engines.serve(self.home, dbt_parse.parsed_project(self.home, self.engine))
        self.warnings.extend(result.told)
        self.failures.extend(
            f"{node.resource_type} {node.name}：{node.message.strip()}（{node.status}）" for node in result.failed
        )
        return result

    def _prove(self, result: ProofResult) -> ProofResult:
        self.proofs.append(result)
        self.warnings.extend(
            f"规则文本已失，所判未能复核：{name} / the text of this rule is lost" for name in result.unproved
        )
        if not result.success:
            self.failures.append(proof.sentence_about(result))
        return result


def count_rows(warehouse: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every public mart, by name."""
    names = [
        name
        for (name,) in warehouse.execute(
            "select table_name from duckdb_tables() where schema_name = 'marts' order by table_name"
        ).fetchall()
    ]
    return {name: warehouse.table(f"marts.{name}").count("*").fetchall()[0][0] for name in names}


def _failed_by_class(warehouse: duckdb.DuckDBPyConnection) -> dict[str, int]:
    query = "select rule_class, count(*) from marts.fct_rule_outcomes where outcome = 'fail' group by 1 order by 1"
    return dict(warehouse.execute(query).fetchall())
