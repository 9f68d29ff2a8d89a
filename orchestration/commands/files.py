"""Commands about forms: check, ingest, template.

Belongs here: options and tables. Does not belong here: reading files (ingest), rules (expectations), drawing forms
(reports, form_templates.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestration.commands.console import ExitCode, print_document, print_table, progress_bar, say
from orchestration.commands.options import (
    CampaignArgument,
    FormOption,
    HomeOption,
    JsonOption,
    TodayOption,
    moment_from,
)
from orchestration.commands.workplace import home_from
from orchestration.errors import PlainError
from orchestration.lookup import campaign_called, form_called, only_campaign

if TYPE_CHECKING:
    from ingest.intake import FileResult

CampaignOption = Annotated[
    str | None,
    typer.Option("--campaign", help="行动编号；默认由文件夹或表内标记决定。Campaign id.", show_default=False),
]

RESULTS = {
    "accepted": "成功",
    "returned": "退回",
    "quarantined": "无法受理",
    "duplicate": "重复",
    "waiting": "稍候",
    "ignored": "略过",
}
_NEXT_STEPS = {
    "accepted": "",
    "returned": "改正后重报",
    "quarantined": "按原因处理后重报",
    "duplicate": "不用处理，已有同一文件",
    "waiting": "文件还在传，下次再收",
    "ignored": "",
}
_BAD = ("returned", "quarantined")


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
    from orchestration.campaign_tables import all_dates_in_force
    from orchestration.gate1 import judge
    from orchestration.home import beijing_now

    _all_exist(files)
    place = home_from(home)
    campaigns = place.campaigns()
    wanted = only_campaign(campaigns, campaign)
    chosen = {wanted: campaigns[wanted]} if wanted else campaigns
    now = moment_from(today, "--today") or beijing_now()
    results = check_files(files, chosen, all_dates_in_force(place, chosen, now.date()), judge, now)
    _answer(results, as_json, {})


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
    from ingest.intake import take_in
    from orchestration.answers import answer_senders
    from orchestration.campaign_tables import all_dates_in_force
    from orchestration.gate1 import judge
    from orchestration.home import beijing_now

    moment = moment_from(received_at, "--received-at")
    now = beijing_now()
    if moment is not None and moment > now:
        raise PlainError("--received-at 不能晚于现在。 --received-at lies in the future.")
    _all_exist(paths or [])
    place = home_from(home).prepare()
    campaigns = place.campaigns()
    dates = all_dates_in_force(place, campaigns, (moment or now).date())
    with place.lock("ingest"), progress_bar("收表") as progress:
        report = take_in(
            place.intake_paths,
            campaigns,
            dates,
            judge,
            now,
            files=paths or None,
            campaign_id=only_campaign(campaigns, campaign),
            received_at=moment,
            progress=progress,
        )
        answer_senders(place, campaigns, dates, report, moment or now)
    _answer(report.files, as_json, {"batch_id": report.batch_id})


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
    file_format: Annotated[str, typer.Option("--format", help="xlsx 或 docx。xlsx or docx.")] = "xlsx",
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


def _all_exist(paths: Sequence[Path]) -> None:
    for path in paths:
        if not path.exists():
            raise PlainError(f"没有这个文件：{path}。 No such file: {path}.")


def _answer(results: Sequence[FileResult], as_json: bool, more: dict[str, Any]) -> None:
    """Print what became of every file and end with 1 when one of them was not taken."""
    bad = any(result.result in _BAD for result in results)
    if as_json:
        counts = {word: sum(result.result == word for result in results) for word in RESULTS}
        print_document({"ok": not bad, **more, "counts": counts, "files": [_file_document(r) for r in results]})
    elif not results:
        say("没有要收的文件。 There is nothing to take in.")
    else:
        rows = [row for result in results for row in _rows(result)]
        print_table(("单位", "文件", "报送期", "结果", "说明", "下一步"), rows)
        counted = "，".join(
            f"{RESULTS[word]} {number}"
            for word in RESULTS
            if (number := sum(result.result == word for result in results))
        )
        say(f"{len(results)} 个文件：{counted}")
    if bad:
        raise typer.Exit(ExitCode.DATA_ERRORS)


def _rows(result: FileResult) -> list[list[object]]:
    """One line for each form in the file; the sentences of a form that was not taken, hints of one that was."""
    notes = "\n".join(note.message for note in result.notes)
    if not result.submissions:
        return [["", result.file_name, "", RESULTS[result.result], notes, _NEXT_STEPS[result.result]]]
    rows: list[list[object]] = []
    for submission in result.submissions:
        word = "duplicate" if result.result == "duplicate" else submission.verdict.value
        sentences = list(dict.fromkeys(reason.message for reason in submission.reasons if reason.message))
        rows.append(
            [
                submission.unit_name or "（无法认定）",
                result.file_name,
                submission.period,
                RESULTS[word],
                "\n".join(sentences),
                _NEXT_STEPS[word],
            ]
        )
    return rows


def _file_document(result: FileResult) -> dict[str, Any]:
    return {
        "file_name": result.file_name,
        "file_path": result.file_path,
        "file_sha256": result.file_sha256,
        "campaign_id": result.campaign_id,
        "result": result.result,
        "duplicate_of": result.duplicate_of,
        "notes": [_reason(note) for note in result.notes],
        "submissions": [
            {
                "submission_id": submission.submission_id,
                "unit_id": submission.unit_id,
                "unit_name": submission.unit_name,
                "form_id": submission.form_id,
                "period": submission.period,
                "sheet_name": submission.sheet_name,
                "verdict": submission.verdict.value,
                "reasons": [_reason(reason) for reason in submission.reasons],
            }
            for submission in result.submissions
        ],
    }


def _reason(reason: Any) -> dict[str, Any]:
    return {
        "rule_code": reason.rule_code,
        "rule_class": reason.rule_class.value,
        "message": reason.message,
        "message_en": reason.message_en,
        "item_code": reason.item_code,
        "part": reason.part,
        "source_cell": reason.source_cell,
    }
