"""Commands about forms: check, ingest, template.

Belongs here: options. Does not belong here: the table of verdicts (verdict_table.py), reading files (ingest), rules
(expectations), drawing forms (reports, form_templates.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.options import (
    CampaignArgument,
    FormOption,
    HomeOption,
    JsonOption,
    TodayOption,
    moment_from,
)
from orchestration.commands.verdict_table import print_verdicts
from orchestration.commands.workplace import home_from
from orchestration.console import print_document, progress_bar, say, say_aside
from orchestration.errors import PlainError
from orchestration.lookup import campaign_called, form_called, only_campaign

CampaignOption = Annotated[
    str | None,
    typer.Option(
        "--campaign",
        help="行动编号；默认由收件箱里的文件夹决定，只有一个行动时不用写。Campaign id.",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    app.command("check")(check)
    app.command("ingest")(ingest)
    app.command("template")(template)


def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="要核对的表。Files to check.")],
    campaign: CampaignOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """核对表格，不入库：能不能读、是谁的、有没有错。 Check forms; nothing is stored."""
    from ingest.intake import check_files
    from orchestration.building.campaign_tables import all_dates_in_force
    from orchestration.building.rules_in_force import with_uncounted_on_trial
    from orchestration.gate1 import judge
    from orchestration.home import beijing_now

    _all_exist(files)
    place = home_from(home)
    campaigns = place.campaigns()
    wanted = only_campaign(campaigns, campaign)
    chosen = with_uncounted_on_trial(place, {wanted: campaigns[wanted]} if wanted else campaigns)
    now = moment_from(today, "--today") or beijing_now()
    results = check_files(files, chosen, all_dates_in_force(place, chosen, now.date()), judge, now)
    print_verdicts(results, as_json, {})


def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH...]", help="文件或文件夹；不写则收收件箱。Default: the inbox.", show_default=False
        ),
    ] = None,
    campaign: CampaignOption = None,
    received_at: Annotated[
        str | None,
        typer.Option("--received-at", help="收到的时间（北京时间），默认现在。Time of receipt.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """收表：存档、核对、登记；错的退回。 Take files in: archive, check, register."""
    from orchestration.answers import answer_senders
    from orchestration.building.campaign_tables import all_dates_in_force
    from orchestration.home import beijing_now
    from orchestration.receiving import receive

    now = beijing_now()
    moment = _past_moment(received_at, now)
    _all_exist(paths or [])
    place = home_from(home).prepare()
    campaigns = place.campaigns()
    dates = all_dates_in_force(place, campaigns, (moment or now).date())
    with place.lock("ingest"), progress_bar("收表") as progress:
        report = receive(
            place,
            campaigns,
            dates,
            now,
            files=paths or None,
            campaign_id=only_campaign(campaigns, campaign),
            received_at=moment,
            progress=progress,
        )
        for sentence in answer_senders(place, campaigns, dates):
            say_aside(sentence)
    print_verdicts(report.files, as_json, {"batch_id": report.batch_id})


def template(
    campaign: CampaignArgument,
    form: FormOption = None,
    period: Annotated[
        str | None, typer.Option("--period", help="写入哪一期，如 2023-06。Period.", show_default=False)
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", help="单位编号或名称；all 为每个单位各一份。Unit, or all.", show_default=False),
    ] = None,
    file_format: Annotated[
        str | None,
        typer.Option("--format", help="xlsx 或 docx；方案、总结只有 docx。xlsx or docx.", show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件夹。Folder to write to.")] = Path(),
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """生成空白表，或写好单位和报送期的表。 Write blank or prefilled forms."""
    from orchestration.form_templates import write_templates

    place = home_from(home)
    spec = campaign_called(place, campaign)
    sheet = form_called(spec, form)
    written = write_templates(place, spec, sheet, out, period=period, unit=unit, file_format=file_format)
    if as_json:
        print_document({"campaign_id": spec.campaign_id, "form_id": sheet.form_id, "files": written})
        return
    for path in written[:5]:
        say(f"已写好 {path}")
    if len(written) > 5:
        say(f"……共 {len(written)} 份，在 {out}")


def _past_moment(received_at: str | None, now: datetime) -> datetime | None:
    moment = moment_from(received_at, "--received-at")
    if moment is not None and moment > now:
        raise PlainError("--received-at 不能晚于现在。 --received-at lies in the future.")
    return moment


def _all_exist(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise PlainError(f"没有这个文件：{path}。 No such file: {path}.")
