"""What the raw zone already holds for a unit, form and period: is this file new, the same again, or an older one.

Belongs here: looking up earlier receipts and comparing. Does not belong here: verdicts (verdicts.py), the numbering of
versions in the ledger (SQL does that, from the same order).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from campaigns.vocabulary import Verdict
from ingest.raw.raw_zone import RawZone

_COLUMNS = (
    "campaign_id, form_id, unit_id, period, coalesce(card_key, ''), submission_id, file_name, file_sha256, verdict, "
    "received_at, coalesce(filled_on, received_on)"
)


class WhatFor(NamedTuple):
    """Whose form for when; None where nobody can say. A card is about one hazard and stands beside other cards."""

    campaign_id: str | None
    form_id: str | None
    unit_id: str | None
    period: str | None
    card_key: str = ""

    @property
    def form(self) -> tuple[str | None, str | None, str | None, str | None]:
        """The same without the card."""
        return self.campaign_id, self.form_id, self.unit_id, self.period


class Version(NamedTuple):
    """One submission that is registered already."""

    submission_id: str
    file_name: str
    file_sha256: str
    verdict: str
    received_at: datetime
    dated_on: date  # the fill date, else the day of receipt

    @property
    def order(self) -> tuple[date, datetime, str, str]:
        """The greatest of the accepted versions is the current one."""
        return self.dated_on, self.received_at, self.file_name, self.file_sha256


@dataclass(slots=True)
class History:
    """Earlier submissions; a period is read from the raw zone when it is first asked for."""

    zone: RawZone
    _versions: defaultdict[WhatFor, list[Version]] = field(default_factory=lambda: defaultdict(list))
    _read: set[str | None] = field(default_factory=set)

    def read_periods(self, periods: Iterable[str | None]) -> None:
        """Make sure that the submissions of these periods are known."""
        wanted = set(periods) - self._read
        if not wanted:
            return
        import duckdb  # imported here: `check` has no history

        with duckdb.connect(config={"threads": 1}) as connection:
            rows = connection.execute(
                f"select {_COLUMNS} from read_parquet($files) "  # noqa: S608 - a constant
                "where list_contains($periods, period) or ($undated and period is null)",
                {
                    "files": self.zone.glob("submissions"),
                    "periods": sorted(period for period in wanted if period is not None),
                    "undated": None in wanted,
                },
            ).fetchall()
        for row in rows:
            self.add(WhatFor(*row[:5]), Version(*row[5:]))
        self._read |= wanted

    def add(self, what_for: WhatFor, version: Version) -> None:
        self._versions[what_for].append(version)

    def twin(self, what_for: WhatFor, new: Version) -> Version | None:
        """The registered submission that this one merely repeats.

        That is the latest one received up to then, if it has the same bytes; so A–B–A is three submissions. A file
        that was not taken then but would be taken now (a name was added to the roster, a rule mended) is no repetition.
        """
        earlier = [known for known in self._versions[what_for] if known.received_at <= new.received_at]
        same = [known for known in earlier if known.file_sha256 == new.file_sha256]
        for known in same:
            if known.received_at == new.received_at or None in what_for:
                return known
        if not same:
            return None
        latest = max(earlier, key=lambda known: (known.received_at, known.file_name, known.file_sha256))
        if latest.file_sha256 != new.file_sha256:
            return None
        return latest if latest.verdict in (new.verdict, Verdict.ACCEPTED) else None

    def newer(self, what_for: WhatFor, new: Version) -> Version | None:
        """An accepted version that stays current although this one came now."""
        newer = [v for v in self._versions[what_for] if v.verdict == Verdict.ACCEPTED and v.order > new.order]
        return max(newer, key=lambda version: version.order, default=None)
