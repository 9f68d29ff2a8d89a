"""The options that several commands share, with their help in Chinese and English.

Belongs here: names, help texts and what an option's text means. Does not belong here: what a command does with it.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from orchestration.console import CommandError

CampaignArgument = Annotated[
    str, typer.Argument(metavar="CAMPAIGN", help="行动编号，即 campaigns 下的文件夹名。Campaign id.")
]
HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="家目录；默认 $TAIZHANG_HOME，没有则 ./data。Home directory.", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="只输出一个 JSON 文档，供脚本使用。One JSON document.")]
FormOption = Annotated[
    str | None, typer.Option("--form", help="报表编号，如 progress；默认由行动决定。Form id.", show_default=False)
]
PeriodOption = Annotated[str, typer.Option("--period", help="报送期，如 2023-06、2024Q1、2024。Period.")]
TodayOption = Annotated[
    str | None, typer.Option("--today", help="当作今天的日期，如 2023-06-26。Day taken as today.", show_default=False)
]


def day_from(text: str | None, option: str) -> date | None:
    """Read a date option (2023-06-26); raises CommandError with the option's name."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"{option} 的日期“{text}”看不懂，请写成 2023-06-26。 {option}: write a date like 2023-06-26."
        ) from None


def moment_from(text: str | None, option: str) -> datetime | None:
    """Read a time option (2023-06-26 or 2023-06-26T17:30, Beijing time); raises CommandError with the option's name."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(
            f"{option} 的时间“{text}”看不懂，请写成 2023-06-26T17:30。 {option}: write a time like 2023-06-26T17:30."
        ) from None
    if moment.tzinfo is not None:
        raise CommandError(f"{option} 请写北京时间，不带时区。 {option}: Beijing time, without a zone.")
    return moment
