"""What Dagster loads: the assets and checks below defs/, the jobs, schedules and sensors.

Belongs here: putting them together, the executor and the resources. Does not belong here: any step of the night
(nightly.py).

One process runs a whole night (`in_process_executor`): importing dbt and Great Expectations costs seconds, and one
writer holds the home for the length of the run.
"""

from __future__ import annotations

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    from orchestration.defs import schedules, sensors
    from orchestration.resources import night_resource

    return dg.Definitions(
        assets=dg.load_assets_from_package_name("orchestration.defs"),
        asset_checks=dg.load_asset_checks_from_package_name("orchestration.defs"),
        jobs=[schedules.nightly_build, schedules.take_in_files],
        schedules=[schedules.every_night, schedules.on_due_days],
        sensors=[sensors.inbox_watch, sensors.mailbox_watch, sensors.alert_on_failure],
        resources={"night": night_resource},
        executor=dg.in_process_executor,
    )
