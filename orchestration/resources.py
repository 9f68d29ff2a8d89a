"""What Dagster hands to the assets: the night, with the home locked for the whole run.

Belongs here: opening and closing a night around a Dagster run. Does not belong here: the steps (nightly.py), assets
(defs/).
"""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from orchestration.home import Home, beijing_now
from orchestration.nightly import Night

_PATIENCE_SECONDS = 600  # a sensor that fetches mails, or somebody's `ingest`, must not cost the office its night


@dg.resource(description="一夜的作业：家目录加锁，各步骤共用同一时刻。 One night, with the home locked.")
def night_resource(context: dg.InitResourceContext) -> Iterator[Night]:
    """The night of this run in $TAIZHANG_HOME; the in-process executor opens it once for all steps."""
    home = Home.default().prepare()
    with home.lock(f"dagster {context.run_id or ''}".strip(), wait_seconds=_PATIENCE_SECONDS):
        night = Night(home, beijing_now())
        try:
            yield night
        finally:
            if night.work.legs or night.work.failures:  # some commands open resources without running a step
                night.finish()
