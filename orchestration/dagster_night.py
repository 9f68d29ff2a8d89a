"""The night as the Dagster job, run in this process: what `taizhang nightly` does.

Belongs here: executing the job without a daemon. Does not belong here: the job (defs/), the steps (nightly.py).

With DAGSTER_HOME set the run is kept there and shown by the web pages; without it nothing of Dagster is stored.
"""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

from orchestration.nightly import Night, NightResult

if TYPE_CHECKING:
    from orchestration.home import Home

JOB = "nightly_build"


def run_night(home: Home, now: datetime) -> NightResult:
    """Run the scheduled job once, now; holds the home's lock. What failed is in the result's `failures`.

    Raises:
        HomeBusyError: another run holds the home; nothing was done.
    """
    import dagster as dg

    from orchestration.definitions import defs

    home.prepare()
    with home.lock("nightly"):
        night = Night(home, now)
        job = defs().resolve_job_def(JOB)
        kept = bool(os.environ.get("DAGSTER_HOME"))
        with dg.DagsterInstance.get() if kept else dg.DagsterInstance.ephemeral() as instance:
            run = job.execute_in_process(
                instance=instance,
                resources={"night": night},
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                raise_on_error=False,
            )
        for event in run.filter_events(lambda event: event.is_step_failure):
            night.note_failure(event.step_failure_data.error_display_string)
        return night.finish()
