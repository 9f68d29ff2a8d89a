"""Commands about a home: demo, init, doctor.

Belongs here: options and what is printed. Does not belong here: the home (home.py), what doctor looks at (doctor.py),
the synthetic city (orchestration/demo).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestration.commands.options import HomeOption, JsonOption
from orchestration.commands.workplace import home_from
from orchestration.console import ExitCode, print_document, print_table, say

_MARKS = {"ok": "成功", "note": "提醒", "wrong": "失败"}


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)
    app.command("init")(init)
    app.command("doctor")(doctor)


def demo(
    home: Annotated[Path, typer.Option("--home", help="写在哪个空文件夹里。An empty folder to write to.")] = Path(
        "demo"
    ),
    seed: Annotated[int, typer.Option("--seed", help="随机种子，相同则数字相同。Same seed, same figures.")] = 2023,
    fresh: Annotated[bool, typer.Option("--fresh", help="删掉上一次演示，重新做。Replace an earlier demo.")] = False,
    campaign: Annotated[
        str, typer.Option("--campaign", help="哪个行动；all 为五个都做，各写一个子文件夹。Which campaign, or all.")
    ] = "",
) -> None:
    """演示：合成一个海城的半年报送，或另四个行动的报送，跑完夜间处理。 Synthetic submissions, real nights."""
    from orchestration.demo.choice import run_chosen

    if not run_chosen(home.absolute(), campaign, seed, replace_earlier=fresh):
        raise typer.Exit(ExitCode.DATA_ERRORS)


def init(
    campaigns: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CAMPAIGN...]", help="办哪些行动；不写则全部。Which campaigns; default: all.", show_default=False
        ),
    ] = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """建一个家目录：收件箱、存档、发布等文件夹。 Make a home with an inbox for every campaign it runs."""
    from orchestration.first_steps import make_home

    place = home_from(home)
    inboxes = make_home(place, campaigns or ())
    if as_json:
        print_document({"home": place.root, "inboxes": inboxes})
        return
    say(f"家目录 {place.root} 已备好。 The home is ready.")
    for folder in inboxes:
        say(f"  收件箱 {folder}")
    say("把各单位的表放进收件箱，再运行 taizhang nightly。 Put forms into the inbox, then run `taizhang nightly`.")


def doctor(as_json: JsonOption = False, home: HomeOption = None) -> None:
    """体检：缺什么、旧了什么、哪些日期是预估。 Say what is missing, stale or estimated."""
    from orchestration.doctor import examine
    from orchestration.home import beijing_now

    findings = examine(home_from(home), beijing_now())
    wrong = any(finding.verdict == "wrong" for finding in findings)
    if as_json:
        print_document({"ok": not wrong, "checks": findings})
    else:
        rows = [[_MARKS[finding.verdict], finding.name, finding.sentence] for finding in findings]
        print_table(("结果", "项目", "说明"), rows)
    if wrong:
        raise typer.Exit(ExitCode.DATA_ERRORS)
