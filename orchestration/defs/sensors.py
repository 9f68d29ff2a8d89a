"""What is noticed between the nights: files in the inbox, mails, and runs that failed.

Belongs here: looking, one run for all new files, an alert file. Does not belong here: taking files in (ingest).
"""

import hashlib
import json

import dagster as dg

from orchestration.alerts import write_alert
from orchestration.defs.schedules import nightly_build, take_in_files
from orchestration.home import Home, beijing_now
from orchestration.home_lock import HomeBusyError
from orchestration.notices import send_notices


@dg.sensor(
    job=take_in_files,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="收件箱有新文件且不再变化时，合成一次作业收取。 One run for all new files that have stopped growing.",
)
def inbox_watch(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    from ingest.mail.mail_spool import MailSpool
    from ingest.receiving.receipt import scan_inbox

    home = Home.default()
    seen_before = json.loads(context.cursor or "{}")
    seen = {}
    for file in (*scan_inbox(home.inbox), *MailSpool(home.mail).waiting()):
        status = file.path.lstat()
        seen[str(file.path)] = [status.st_size, status.st_mtime_ns]  # the time: a corrected file may be as long
    settled = {path: state for path, state in seen.items() if seen_before.get(path) == state}
    cursor = json.dumps(seen, ensure_ascii=False)
    if not seen:
        return dg.SensorResult(skip_reason="收件箱没有文件。 The inbox is empty.", cursor=cursor)
    if settled.keys() != seen.keys():
        waiting = len(seen) - len(settled)
        return dg.SensorResult(skip_reason=f"{waiting} 个文件刚到或还在变化，下次再收。 Still arriving.", cursor=cursor)
    key = hashlib.sha256(cursor.encode()).hexdigest()[:16]
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"inbox:{key}")], cursor=cursor)


@dg.sensor(
    minimum_interval_seconds=600,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="配置了邮箱时，每十分钟取一次新邮件，放好等收。 Fetches new mails, where a mailbox is configured.",
)
def mailbox_watch(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    from orchestration.mail_intake import fetch_or_say
    from orchestration.mail_settings import FILE_NAME

    home = Home.default()
    if not (home.root / FILE_NAME).is_file():
        return dg.SkipReason("没有配置邮箱。 No mailbox is configured.")
    try:
        with home.prepare().lock("mailbox_watch"):
            sentences = fetch_or_say(home, beijing_now())
    except HomeBusyError as busy:
        return dg.SkipReason(str(busy))
    return dg.SkipReason(
        "".join(sentences) or "新邮件已取下，由 inbox_watch 收。 inbox_watch takes in what was fetched."
    )


@dg.run_failure_sensor(
    monitored_jobs=[nightly_build, take_in_files],
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="作业失败时在 outbox 里写一份告警。 A failed run leaves an alert in the outbox.",
)
def alert_on_failure(context: dg.RunFailureSensorContext) -> None:
    run = context.dagster_run
    home = Home.default()
    write_alert(home, run.job_name, run.run_id, context.failure_event.message or "", beijing_now())
    for sentence in send_notices(home):
        context.log.warning(sentence)
