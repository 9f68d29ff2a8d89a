"""The command that proves: trace, from any figure, task or hazard to its cells.

Belongs here: the options of trace and which answer they ask for. Does not belong here: the answers
(orchestration/tracing), how they are printed (trace_table.py and its like).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from orchestration.commands.options import CampaignArgument, FormOption, HomeOption, JsonOption, day_from
from orchestration.commands.workplace import home_from
from orchestration.console import CommandError, ExitCode, print_document
from orchestration.lookup import campaign_called, form_called, unit_called
from orchestration.words import STOCK_NAMES

if TYPE_CHECKING:
    from datetime import date

    from campaigns.model import Campaign
    from orchestration.home import Home
    from orchestration.snapshot import MartSnapshot


_Period = Annotated[
    str | None, typer.Argument(metavar="[PERIOD]", help="报送期，如 2023-06。Period.", show_default=False)
]
_Item = Annotated[
    str | None,
    typer.Argument(
        metavar="[ITEM]",
        help="项目，如 1.1、3.3.amount，比率如 1.2/1.1；任务代码；或台账的 opening、found、rectified、closed、"
        "reopened、open、overdue、with_plan。"
        "Item, with part if two; a rate; a task; or a stock or flow of the hazard ledger.",
        show_default=False,
    ),
]
_Unit = Annotated[
    str | None, typer.Option("--unit", help="只看一个单位（编号或名称）。One unit only.", show_default=False)
]
_Month = Annotated[bool, typer.Option("--month", help="连同上期的数一起列出（本期新增）。Both cells of the increment.")]
_Rank = Annotated[bool, typer.Option("--rank", help="排出各单位的名次和所比的数。Places and compared values.")]
_Hazard = Annotated[
    str | None, typer.Option("--hazard", help="一处隐患的来龙去脉（编号）。The life of one hazard.", show_default=False)
]
_File = Annotated[
    str | None,
    typer.Option(
        "--file",
        help="一个文件用到了哪里、哪些格没有用（路径、原名或指纹）。Where a file's cells went.",
        show_default=False,
    ),
]
_On = Annotated[str | None, typer.Option("--on", help="隐患在这一天的状态。Its status on a day.", show_default=False)]


_Cut = Annotated[
    str | None,
    typer.Option(
        "--cut",
        help="台账的数只看一类：属地、行业领域、来源、等级、挂牌级别、发现年份，如 sector=工贸、来源=企业自查。"
        "Of a stock or flow: one value of a cut.",
        show_default=False,
    ),
]


class Answer(Protocol):
    @property
    def agrees(self) -> bool: ...


def register(app: typer.Typer) -> None:
    app.command("trace")(trace)


def trace(
    campaign: CampaignArgument,
    period: _Period = None,
    item: _Item = None,
    unit: _Unit = None,
    cut: _Cut = None,
    month: _Month = False,
    rank: _Rank = False,
    hazard: _Hazard = None,
    on: _On = None,
    file: _File = None,
    form: FormOption = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """从数、比率、任务、隐患追到单元格，或从文件追到去处。 From a figure to its cells, or from a file on."""
    from orchestration.snapshot import published_snapshot

    place = home_from(home)
    spec = campaign_called(place, campaign)
    snapshot = published_snapshot(place.published)
    unit_id = unit_called(spec, unit).unit_id if unit else None
    if hazard is not None:
        answer: Answer = _hazard(place, snapshot, spec, hazard, unit_id, day_from(on, "--on"))
    elif file is not None:
        answer = _file(place, snapshot, spec, file)
    elif period is None or item is None:
        raise CommandError(
            "请写明报送期和项目，如 2023-06 1.1，或用 --hazard、--file 指明。 "
            "Name a period and an item, a --hazard or a --file."
        )
    elif item in STOCK_NAMES or cut is not None:
        answer = _stock(place, snapshot, spec, period, item, form, unit_id, cut)
    else:
        answer = _figure(place, snapshot, spec, period, item, form, unit_id, month=month, rank=rank)
    if as_json:
        print_document(answer)
    else:
        _print(answer)
    if not answer.agrees:
        raise typer.Exit(ExitCode.DATA_ERRORS)


def _hazard(
    home: Home, snapshot: MartSnapshot, campaign: Campaign, hazard: str, unit_id: str | None, on: date | None
) -> Answer:
    from orchestration.tracing.hazard_trace import trace_hazard

    return trace_hazard(home, snapshot, campaign.campaign_id, hazard, unit_id=unit_id, on=on)


def _file(home: Home, snapshot: MartSnapshot, campaign: Campaign, name: str) -> Answer:
    from orchestration.tracing.file_trace import trace_file

    return trace_file(home, snapshot, campaign, name)


def _stock(
    home: Home,
    snapshot: MartSnapshot,
    campaign: Campaign,
    period: str,
    item: str,
    form: str | None,
    unit_id: str | None,
    cut: str | None,
) -> Answer:
    from orchestration.tracing.stock_trace import trace_stock

    if item not in STOCK_NAMES:
        raise CommandError(
            f"--cut 只用于台账的存量和流量（{'、'.join(STOCK_NAMES)}），不用于 {item}。 "
            f"--cut is for stocks and flows of the hazard ledger, not for {item}."
        )
    return trace_stock(home, snapshot, campaign, period, item, form_id=form, unit_id=unit_id, cut=cut)


def _figure(
    home: Home,
    snapshot: MartSnapshot,
    campaign: Campaign,
    period: str,
    item: str,
    form: str | None,
    unit_id: str | None,
    *,
    month: bool,
    rank: bool,
) -> Answer:
    """A task's status, a rate or a figure of a form."""
    from orchestration.tracing.rate_trace import trace_rate
    from orchestration.tracing.task_trace import asks_for_task, trace_task
    from orchestration.tracing.trace import trace_figure

    if asks_for_task(campaign, form, item):
        return trace_task(home, snapshot, campaign.campaign_id, period, item, form_id=form, unit_id=unit_id)
    follow = trace_rate if "/" in item else trace_figure
    return follow(
        *(home, snapshot, campaign.campaign_id, form_called(campaign, form), period, item),
        unit_id=unit_id,
        with_previous=month,
        with_ranks=rank,
    )


def _print(answer: Answer) -> None:
    from orchestration.commands.file_table import print_file_trace
    from orchestration.commands.hazard_table import print_hazard_trace
    from orchestration.commands.stock_table import print_stock_trace
    from orchestration.commands.trace_table import print_rate_trace, print_task_trace, print_trace
    from orchestration.tracing.file_trace import FileTrace
    from orchestration.tracing.hazard_trace import HazardTrace
    from orchestration.tracing.rate_trace import RateTrace
    from orchestration.tracing.stock_trace import StockTrace
    from orchestration.tracing.task_trace import TaskTrace
    from orchestration.tracing.trace import Trace

    printers: dict[type, Callable[[Any], None]] = {
        Trace: print_trace,
        RateTrace: print_rate_trace,
        TaskTrace: print_task_trace,
        StockTrace: print_stock_trace,
        HazardTrace: print_hazard_trace,
        FileTrace: print_file_trace,
    }
    printers[type(answer)](answer)
