"""The home directory: where everything a deployment owns lies.

Belongs here: paths, folders and their modes, a home as it stood on a past day, the campaigns in force.
Does not belong here: what is done in those folders (intake, warehouse, publish, nightly), the lock (home_lock.py).
"""

from __future__ import annotations

import os
import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.home_lock import held
from orchestration.past_days import BUILD, PAST_DAYS, refuse_past_day

if TYPE_CHECKING:
    from campaigns.calendar import DueDate, WorkCalendar
    from campaigns.model import Campaign
    from ingest.intake import IntakePaths

ENVIRONMENT_VARIABLE = "TAIZHANG_HOME"
BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")  # no daylight saving since 1991
_PRIVATE = 0o700  # what people sent carries names and numbers


def beijing_now() -> datetime:
    """The wall clock for entry points (command line, Dagster); everything below them is given `now`."""
    return datetime.now(BEIJING).replace(tzinfo=None)


@dataclass(frozen=True)
class Home:
    """One deployment's folder. Creating the object touches nothing; `prepare` makes the folders."""

    root: Path

    @classmethod
    def default(cls) -> Home:
        """$TAIZHANG_HOME, else ./data."""
        return cls(Path(os.environ.get(ENVIRONMENT_VARIABLE) or "data").absolute())

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    def archived(self, sha256: str | None) -> Path | None:
        """Where the bytes with this sha256 are kept."""
        return self.archive / sha256[:2] / sha256 if sha256 else None

    @property
    def mail(self) -> Path:
        """Mails that were fetched and are not registered yet."""
        return self.root / "mail"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    @property
    def returned(self) -> Path:
        return self.root / "returned"

    @property
    def raw(self) -> Path:
        return self.root / "raw"

    @property
    def warehouse(self) -> Path:
        return self.root / "warehouse.duckdb"

    @property
    def build(self) -> Path:
        return self.root / BUILD

    @property
    def spill(self) -> Path:
        """What does not fit into the memory of a build."""
        return self.build / "spill"

    @property
    def spark_tables(self) -> Path:
        """Tables that Spark writes, <schema>/<model>/ each; dbt_project/macros/spark.sql has the same place."""
        return self.build / "spark"

    @property
    def gate2_outcomes(self) -> Path:
        return self.build / "gate2_outcomes.parquet"

    @property
    def hazard_links(self) -> Path:
        return self.build / "hazard_links.parquet"

    @property
    def rule_hits(self) -> Path:
        return self.build / "rule_hits.parquet"

    @property
    def counted_rules(self) -> Path:
        return self.build / "counted_rules.json"

    @property
    def counted_list_rules(self) -> Path:
        return self.build / "counted_list_rules.parquet"

    @property
    def kept_outcomes(self) -> Path:
        """What gate 2 said of each report, for as long as its figures stay as they are."""
        return self.build / "kept_outcomes"

    @property
    def kept_hits(self) -> Path:
        return self.build / "kept_hits"

    @property
    def proved_forms(self) -> Path:
        return self.build / "proved_forms.json"

    @property
    def last_night(self) -> Path:
        return self.build / "last_night.json"

    @property
    def published(self) -> Path:
        return self.root / "published"

    @property
    def current(self) -> Path:
        """The newest published snapshot (a symbolic link; absent before the first night)."""
        return self.published / "current"

    @property
    def current_pointer(self) -> Path:
        return self.published / "current.json"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def campaign_folder(self) -> Path:
        """Campaigns of this deployment beside those of the package."""
        return self.root / "campaigns"

    @property
    def lock_file(self) -> Path:
        return self.root / "taizhang.lock"

    @property
    def intake_paths(self) -> IntakePaths:
        from ingest.intake import IntakePaths

        return IntakePaths(
            inbox=self.inbox,
            archive=self.archive,
            quarantine=self.quarantine,
            returned=self.returned,
            raw=self.raw,
            mail=self.mail,
        )

    def prepare(self) -> Home:
        """Make what is missing; a second call changes nothing. Removes nothing: that is `repair` of the night."""
        from ingest.raw.raw_zone import RawZone

        for folder in (self.inbox, self.published, self.reports, self.outbox, self.campaign_folder):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.archive, self.mail, self.quarantine, self.returned, self.raw, self.build):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(_PRIVATE)
        if not any((self.raw / "_commits").glob("*")):
            RawZone(self.raw).prepare()
        return self

    def lock(self, purpose: str = "", wait_seconds: float = 0) -> AbstractContextManager[None]:
        """Hold the home for writing; raises HomeBusyError after `wait_seconds`, PastDayError in a rebuilt past day."""
        refuse_past_day(self.root)
        return held(self.root, self.lock_file, f"{beijing_now():%Y-%m-%d %H:%M:%S}", purpose, wait_seconds)

    def as_it_stood(self, as_of: datetime) -> Home:
        """A home for rebuilding a past day: the same raw zone and campaigns, its own build and published folders.

        The caller holds this home's lock; the past day itself has none. `forget_past_days` removes it.
        """
        shadow = Home(self.build / PAST_DAYS / f"{as_of:%Y%m%dT%H%M%S}")
        for folder in (shadow.build, shadow.published):
            folder.mkdir(parents=True, exist_ok=True)
        for link in (shadow.raw, shadow.campaign_folder, shadow.inbox):  # the inbox says which campaigns run
            if not link.is_symlink():
                link.symlink_to(os.path.relpath(self.root / link.name, link.parent), target_is_directory=True)
        return shadow

    def forget_past_days(self) -> None:
        """Remove every rebuilt past day; published snapshots and raw data stay."""
        shutil.rmtree(self.build / PAST_DAYS, ignore_errors=True)

    @cached_property
    def work_calendar(self) -> WorkCalendar:
        from campaigns.calendar import WorkCalendar

        files = [folder / "holidays.csv" for folder in self._campaign_roots]
        return WorkCalendar.load([file for file in files if file.is_file()])

    def campaigns(self) -> dict[str, Campaign]:
        """The campaigns this home runs, by id: its own, and those of the package that have an inbox here.

        An office runs one campaign, not all that the package knows; before there is any inbox, all are offered.
        """
        from campaigns.load import load_all

        known = load_all(self._campaign_roots)
        own = (self.inbox, self.campaign_folder)
        chosen = {name: campaign for name, campaign in known.items() if any((root / name).is_dir() for root in own)}
        return chosen or known

    def campaign(self, campaign_id: str) -> Campaign:
        """One campaign by its id.

        Raises:
            CampaignError: there is none, or its folder cannot be read.
        """
        from campaigns.load import load_campaign

        return load_campaign(campaign_id, self._campaign_roots)

    def due_dates(self, campaign: Campaign) -> list[DueDate]:
        """All dates of the campaign as computed today; building/campaign_tables.py keeps what was already stored."""
        from campaigns.calendar import due_dates

        return due_dates(campaign, self.work_calendar)

    @property
    def _campaign_roots(self) -> tuple[Path, ...]:
        from campaigns.load import campaign_roots

        return campaign_roots(self.campaign_folder if self.campaign_folder.is_dir() else None)
