"""Commands that compute: build, report, nightly.

Belongs here: options, what is printed, exit codes. Does not belong here: the steps themselves (warehouse.py,
publish.py, finished_reports.py, nightly.py).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from campaigns.vocabulary import RuleClass
from orchestration.building.past_day import rebuilt_day
from orchestration.building.proof import proofs_in_words
from orchestration.commands.options import (
    CampaignArgument,
    FormOption,
    HomeOption,
    JsonOption,
    PeriodOption,
    TodayOption,
    day_from,
    moment_from,
)
from orchestration.commands.workplace import existing_home, home_from
from orchestration.console import ExitCode, print_document, print_table, say
from orchestration.errors import PlainError
from orchestration.lookup import campaign_called, orders_called

if TYPE_CHECKING:
    from orchestration.building.warehouse import BuildResult
    from orchestration.finished_reports import FinishedReport
    from orchestration.home import Home

AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of", help="只算到这一刻为止收到的，默认现在。Only what was received by then.", show_default=False
    ),
]


def register(app: typer.Typer) -> None:
    app.command("build")(build)
    app.command("report")(report)
    app.command("nightly")(nightly)


def build(
    as_of: AsOfOption = None,
    full: Annotated[
        bool, typer.Option("--full", help="以前核对过的也全部重新核对。Prove again what was proved before.")
    ] = False,
    target: Annotated[
        str | None,
        typer.Option(
            "--target", help="计算引擎 duckdb 或 spark，默认 duckdb。What computes the models.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """重算台账并发布；--as-of 只重建那一天，不发布。 Build the marts and publish them."""
    from orchestration.building import warehouse
    from orchestration.building.engines import engine_called, engine_in_force
    from orchestration.building.publish import publish
    from orchestration.home import beijing_now

    engine = engine_called(target) if target else engine_in_force()
    place = existing_home(home).prepare()
    moment, now = moment_from(as_of, "--as-of"), beijing_now()
    with place.lock("build"):
        where = place.as_it_stood(moment) if moment else place
        result = warehouse.build(where, moment or now, now, engine, everything=full)
        folder = publish(where, result, now) if result.success else None
    if as_json:
        print_document(_build_document(result, str(folder) if folder else None))
    else:
        _print_build(result)
        say(built_in_words(folder, where.root if moment else None))
    if not result.success:
        raise typer.Exit(ExitCode.DATA_ERRORS)


def built_in_words(folder: Path | None, past_day: Path | None) -> str:
    """What became of a build; a past day stands beside the home and publishes nothing."""
    if folder is None:
        return "没有发布，上一版继续有效。 Not published; the last version stays."
    if past_day:
        return f"那一天已另外重建，没有发布；查询时写 --home {past_day} 。 Rebuilt beside the home, not published."
    return f"已发布 {folder}"


def report(
    campaign: CampaignArgument,
    period: PeriodOption,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", help="哪一种，如 consolidated；默认写行动规定的各种。Kind of report.", show_default=False
        ),
    ] = None,
    form: FormOption = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", help="写到哪个文件夹；默认家目录的 reports。Folder of the files.", show_default=False),
    ] = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """从已发布的数据写汇总表、清单、通报等。 Write reports from the published marts."""
    from orchestration.finished_reports import write_reports

    place = existing_home(home)
    orders = orders_called(campaign_called(place, campaign), period, kind, form)
    moment = moment_from(as_of, "--as-of")
    with place.lock("report"):
        source = rebuilt_day(place, moment) if moment else place
        written = write_reports(source, orders, folder=output)
        if moment and output is None:
            written = [_kept_apart(place, finished, moment) for finished in written]
    if all(finished.refusal for finished in written):
        raise PlainError(written[0].refusal)
    _answer(written, as_json)


def nightly(today: TodayOption = None, as_json: JsonOption = False, home: HomeOption = None) -> None:
    """夜间处理：收表、重算、核对、发布、写当天该报的表。 The whole night: ingest, build, publish, reports due."""
    from orchestration.dagster_night import run_night
    from orchestration.home import beijing_now

    day, now = day_from(today, "--today"), beijing_now()
    moment = datetime.combine(day, now.time()) if day else now
    result = run_night(home_from(home), moment)
    if as_json:
        print_document(
            {
                "now": result.now,
                "ok": result.success,
                "files": _counts(result.intake.files if result.intake else ()),
                "build": _build_document(result.build, str(result.published)) if result.build else None,
                "reports": [_report_document(finished) for finished in result.reports],
                "failures": result.failures,
            }
        )
    else:
        say(result.summary())
        say("成功" if result.success else "失败：上一版数据继续有效。 Failed; the last published version stays.")
    if not result.success:
        raise typer.Exit(ExitCode.DATA_ERRORS)


def _kept_apart(home: Home, finished: FinishedReport, as_of: datetime) -> FinishedReport:
    """Put a report of a past day into a folder of its own: what was handed in since stays as it is."""
    if finished.path is None:
        return finished
    folder = home.reports / finished.campaign_id / finished.period / f"截至{as_of:%Y%m%dT%H%M}"
    folder.mkdir(parents=True, exist_ok=True)
    return replace(finished, path=finished.path.replace(folder / finished.path.name))


def _answer(written: list[FinishedReport], as_json: bool) -> None:
    if as_json:
        print_document({"reports": [_report_document(finished) for finished in written]})
    else:
        rows = [
            [
                finished.kind,
                finished.period,
                "成功" if finished.is_handed_in else "失败" if finished.is_held_back else "没有内容",
                finished.path or finished.refusal or f"与台账不符，没有交出：{'；'.join(finished.differences[:3])}",
            ]
            for finished in written
        ]
        print_table(("报表", "报送期", "结果", "文件"), rows)
    if any(finished.is_held_back for finished in written):
        raise typer.Exit(ExitCode.DATA_ERRORS)


def _report_document(finished: FinishedReport) -> dict[str, Any]:
    return {
        "kind": finished.kind,
        "campaign_id": finished.campaign_id,
        "form_id": finished.form_id,
        "period": finished.period,
        "ok": finished.is_handed_in,
        "path": finished.path,
        "differences": list(finished.differences),
        "refusal": finished.refusal,
    }


def _print_build(result: BuildResult) -> None:
    rows = [[proof.name, proofs_in_words([proof])] for proof in result.proofs]
    if rows:
        print_table(("核对", "结果"), rows)
    for warning in result.warnings:
        say(f"提醒：{warning}")
    for failure in result.failures:
        say(f"失败：{failure}")
    if result.rule_counts:
        counts = (f"{RuleClass(name).chinese} {count}" for name, count in result.rule_counts.items())
        say(f"各单位所报数字未通过的规则：{'，'.join(counts)}")


def _build_document(result: BuildResult, published: str | None) -> dict[str, Any]:
    return {
        "as_of": result.as_of,
        "ok": result.success,
        "published": published,
        "rows": dict(result.row_counts),
        "rules_failed": dict(result.rule_counts),
        "proofs": [{"name": p.name, "checked": p.checked, "ok": p.success} for p in result.proofs],
        "failures": list(result.failures),
        "warnings": list(result.warnings),
    }


def _counts(files: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for file in files:
        counts[file.result] = counts.get(file.result, 0) + 1
    return {"received": len(files), **counts}
