"""Commands that answer a question and change nothing: status, calendar, sql.

Belongs here: options and tables. Does not belong here: the answers (status.py, sql_shell.py), trace
(traces.py).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.commands.options import (
    CampaignArgument,
    FormOption,
    HomeOption,
    JsonOption,
    PeriodOption,
    TodayOption,
    day_from,
)
from orchestration.commands.workplace import home_from
from orchestration.console import print_answer, print_document, print_table, say
from orchestration.errors import PlainError
from orchestration.lookup import campaign_called
from orchestration.words import DUE_SOURCES

if TYPE_CHECKING:
    from campaigns.calendar import DueDate
    from campaigns.model import Duty


def register(app: typer.Typer) -> None:
    app.command("status")(status)
    app.command("calendar")(calendar)
    app.command("sql")(sql)


def status(
    campaign: CampaignArgument,
    period: PeriodOption,
    today: TodayOption = None,
    form: FormOption = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """看谁报了、谁迟了、谁没报，退回了什么、为什么。 Who has reported, who is late, what was returned and why."""
    from orchestration.building.campaign_tables import dates_in_force
    from orchestration.commands.status_table import print_status
    from orchestration.home import beijing_now
    from orchestration.snapshot import current_snapshot
    from orchestration.status import reporting_status

    place = home_from(home)
    spec = campaign_called(place, campaign)
    day = day_from(today, "--today") or beijing_now().date()
    dates = dates_in_force(place, spec, day)
    report = reporting_status(current_snapshot(place.published), spec, dates, period, day, form)
    if as_json:
        print_document(report)
        return
    print_status(report, spec.name)


def calendar(
    campaign: CampaignArgument,
    year: Annotated[
        int | None, typer.Option("--year", help="只列这一年到期的。Due in this year only.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """列出每一期的截止日和上报日。 Duties, cut-offs and due days."""
    from orchestration.building.campaign_tables import dates_in_force
    from orchestration.home import beijing_now

    place = home_from(home)
    spec = campaign_called(place, campaign)
    duties = {duty.duty_id: duty for duty in spec.duties}
    dates = dates_in_force(place, spec, beijing_now().date())
    rows = [_calendar_entry(due, duties[due.duty_id]) for due in dates if year in (None, due.due_on.year)]
    rows.sort(key=lambda row: (str(row["due_on"]), str(row["form_id"])))
    if as_json:
        print_document({"campaign_id": spec.campaign_id, "year": year, "dates": rows})
        return
    if not rows:
        first, last = min(entry.due_on for entry in dates), max(entry.due_on for entry in dates)
        say(f"{spec.name} 在 {year} 年没有上报日；从 {first} 到 {last}。 Nothing is due in {year}.")
        return
    heads = ("上报日", "截止日", "报送期", "报表", "事项", "日期来源", "注意")
    print_table(heads, [_calendar_row(row) for row in rows], f"{spec.name} 报送日历")


def sql(
    query: Annotated[str, typer.Argument(metavar="SELECT", help="只读查询。A read-only query.")],
    output_format: Annotated[
        str, typer.Option("--format", help="输出格式：table、csv、json 或 xlsx。Output format.")
    ] = "table",
    out: Annotated[
        Path | None, typer.Option("--out", help="写到这个文件，不写屏幕。Write to this file.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """在已发布的数据上做只读查询。 A read-only query on the published marts."""
    from orchestration.snapshot import published_snapshot
    from orchestration.sql_shell import FORMATS, as_csv, ask, write_xlsx

    chosen = "json" if as_json else output_format
    if chosen not in FORMATS:
        raise PlainError(f"--format 只能是 {'、'.join(FORMATS)}。 --format is one of {', '.join(FORMATS)}.")
    if chosen == "xlsx" and out is None:
        raise PlainError("xlsx 要写成文件，请加 --out 结果.xlsx。 xlsx needs --out FILE.")
    answer = ask(published_snapshot(home_from(home).published), query)
    if chosen == "xlsx" and out is not None:
        write_xlsx(answer, out)
    elif chosen == "csv":
        content = as_csv(answer)
        if out is None:
            say(content.decode("utf-8-sig").rstrip("\r\n").replace("\r\n", "\n"))
        else:
            out.write_bytes(content)
    elif chosen == "json":
        _write_json(answer.as_dicts(), out)
    else:
        print_answer(answer.columns, answer.rows)
        say(f"{len(answer.rows)} 行 / rows")
    if out is not None:
        say(f"已写入 {out}（{len(answer.rows)} 行 / rows）")


def _write_json(rows: list[dict[str, object]], out: Path | None) -> None:
    if out is None:
        print_document(rows)
        return
    screen = sys.stdout
    with out.open("w", encoding="utf-8") as sys.stdout:
        print_document(rows)
    sys.stdout = screen


def _calendar_entry(due: DueDate, duty: Duty) -> dict[str, object]:
    return {
        "duty_id": due.duty_id,
        "duty_name": duty.name,
        "form_id": due.form_id,
        "period": due.period,
        "cutoff_on": due.cutoff_on,
        "due_on": due.due_on,
        "due_source": due.due_source,
        "is_estimate": due.due_source == "estimate",
        "is_due_before_cutoff": due.due_on < due.cutoff_on,
        "is_voluntary": duty.voluntary,
        "grace_until": due.grace_until,
        "lock_on": due.lock_on,
        "reporters": [scope.value for scope in due.reporters],
        "clause": duty.clause,
    }


def _calendar_row(row: dict[str, object]) -> list[object]:
    notes = []
    if row["is_estimate"]:
        notes.append("预估日期，放假通知发布后可能变动")
    if row["is_voluntary"]:
        notes.append("自愿报送，不报不算漏报")
    if row["is_due_before_cutoff"]:
        notes.append("上报日早于截止日（X3），其后的变化计入下期")
    return [
        row["due_on"],
        row["cutoff_on"],
        row["period"],
        row["form_id"],
        row["duty_name"],
        DUE_SOURCES[str(row["due_source"])],
        "；".join(notes),
    ]
