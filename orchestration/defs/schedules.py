"""When things run: every night, and on the afternoons of due days.

Belongs here: jobs, ticks, run keys, reasons to skip. Does not belong here: the calendar (campaigns), which reports are
due (due_reports.py).

"The 25th, earlier on holidays" is not a cron: the afternoon tick comes daily and asks the calendar.
"""

import dagster as dg

from orchestration.due_reports import next_reports, nothing_due_sentence, reports_due_on
from orchestration.home import BEIJING, Home

TIME_ZONE = "Asia/Shanghai"
_LIMIT = {"dagster/max_runtime": "7200"}  # a run whose machine died must not hold up the next night for ever

nightly_build = dg.define_asset_job(
    "nightly_build",
    selection=dg.AssetSelection.all(),
    tags=_LIMIT,
    description="每夜：收文、入账、核对、发布，当天到期的出表。 The whole night.",
)

take_in_files = dg.define_asset_job(
    "take_in_files",
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("due_reports"),
    tags=_LIMIT,
    description="收到新文件后：收文、入账、核对、发布。 New files: everything but the reports.",
)


@dg.schedule(
    job=nightly_build,
    cron_schedule="30 1 * * *",
    execution_timezone=TIME_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="每天 01:30（北京时间）。",
)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    return dg.RunRequest(run_key=f"nightly:{context.scheduled_execution_time.astimezone(BEIJING):%Y-%m-%d}")


@dg.schedule(
    job=nightly_build,
    cron_schedule="0 16 * * *",
    execution_timezone=TIME_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="每天 16:00 问日历：是上报日就收齐当天来文再出表，不是就说明下一上报日。",
)
def on_due_days(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    day = context.scheduled_execution_time.astimezone(BEIJING).date()
    home = Home.default()
    campaigns = home.campaigns()
    due = reports_due_on(day, campaigns, home.work_calendar)
    if not due:
        return dg.SkipReason(nothing_due_sentence(day, next_reports(day, campaigns, home.work_calendar)))
    reports = dict.fromkeys(f"{one.order.campaign_id}:{one.order.period}" for one in due)
    return dg.RunRequest(run_key=f"due:{day}", tags={"taizhang/due": " ".join(reports)})
