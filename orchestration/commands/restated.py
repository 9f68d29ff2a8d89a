"""The command that lists what was restated between two nights.

Belongs here: its options and its tables. Does not belong here: the comparison (restatement.py, compared_nights.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.commands.options import CampaignArgument, HomeOption, JsonOption, moment_from
from orchestration.commands.workplace import existing_home
from orchestration.console import ExitCode, cell_text, print_document, print_table, say
from orchestration.lookup import campaign_called
from orchestration.restating.row_wording import (
    Called,
    because_in_words,
    called_in,
    cause_in_words,
    counted_natures,
    row_in_words,
)
from orchestration.words import RESTATED_BECAUSE, SCOPES, STATES, STOCK_NAMES
from reports.paper.wording import LEDGER_REASON, signed_text

if TYPE_CHECKING:
    from orchestration.restating.figure_restatement import Cause, RestatedFigure
    from orchestration.restating.ledger_restatement import RestatedCount
    from orchestration.restating.restated_row import RestatedRow, RowCause
    from orchestration.restating.restatement import RestatedTotal, Restatement
    from orchestration.restating.stock_restatement import RestatedStock, StockHazard

_Since = Annotated[
    str | None,
    typer.Option("--from", help="较早的时点，默认上一次发布。Earlier moment.", show_default=False),
]
_Until = Annotated[
    str | None,
    typer.Option("--to", help="较晚的时点，默认最近一次发布。Later moment.", show_default=False),
]


def register(app: typer.Typer) -> None:
    app.command("restated")(restated)


def restated(
    campaign: CampaignArgument,
    since: _Since = None,
    until: _Until = None,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """两次发布之间，已发布的数改了哪些、为什么。 What was restated between two nights, and why."""
    from orchestration.restating.compared_nights import compared_nights
    from orchestration.restating.restatement import restatement

    place = existing_home(home)
    spec = campaign_called(place, campaign)
    nights = compared_nights(place, moment_from(since, "--from"), moment_from(until, "--to"))
    answer = restatement(nights, spec)
    if as_json:
        print_document(answer)
    else:
        _print(answer, called_in(spec))
    if not answer.agrees:
        raise typer.Exit(ExitCode.DATA_ERRORS)


def _print(answer: Restatement, called: Called) -> None:
    say(f"{answer.campaign_id}　从 {cell_text(answer.as_of_before)} 到 {cell_text(answer.as_of_after)}")
    if not (answer.totals or answer.figures or answer.ledger or answer.stocks or answer.rows):
        say("已发布的数和各种清单都没有改。 No published figure or row changed.")
    if answer.totals:
        heads: tuple[str, ...] = ("报送期", "项目", "范围", "原为", "现为", "增减", "已报家数", "出自")
        print_table(heads, [_total_row(total) for total in answer.totals], "合计")
    if answer.figures:
        heads = ("报送期", "单位", "项目", "原为", "现为", "增减", "本期新增", "缘由")
        print_table(heads, [_figure_row(figure) for figure in answer.figures], "各单位")
    if answer.ledger:
        heads = ("报送期", "单位", "项目", "原为", "现为", "隐患")
        print_table(heads, [_count_row(count) for count in answer.ledger], "台账数")
    if answer.stocks:
        heads = ("报送期", "单位", "项目", "原为", "现为", "隐患")
        print_table(heads, [_stock_row(stock) for stock in answer.stocks], "台账的存量和流量")
    if answer.rows:
        counts = "、".join(f"{nature} {count} 条" for nature, count in counted_natures(answer.rows))
        say(f"各种清单的改动：{counts}。 Rows of lists: corrections, late, progress.")
        heads = ("类别", "报送期", "单位", "哪一条", "性质", "变动", "原为 → 现为", "缘由")
        print_table(heads, [_list_row(row, called) for row in answer.rows], "各种清单：任务、台账、事故、隐患")
    if not answer.agrees:
        say("核对失败：有改动没有找到缘由。 Some change is not explained.")


def _total_row(total: RestatedTotal) -> list[object]:
    names = "；".join(f"{one.unit_name} {signed_text(one.effect)}" for one in total.contributions)
    received = f"{total.received_before} → {total.received_after}"
    values = (total.value_before, total.value_after, signed_text(total.change))
    return [total.period, f"{total.item_code}.{total.part}", SCOPES[total.total_scope], *values, received, names]


def _figure_row(figure: RestatedFigure) -> list[object]:
    month = f"{cell_text(figure.month_before) or '—'} → {cell_text(figure.month_after) or '—'}"
    return [
        figure.period,
        figure.unit_name,
        f"{figure.item_code}.{figure.part}",
        _said(figure.value_before, figure.state_before),
        _said(figure.value_after, figure.state_after),
        signed_text(figure.change),
        month,
        "；".join(_because(cause) for cause in figure.causes),
    ]


def _count_row(count: RestatedCount) -> list[object]:
    hazards = "；".join(
        f"{hazard.hazard_number or hazard.hazard_id} {hazard.effect:+d} {because_in_words(hazard)}"
        f"（{LEDGER_REASON.get(hazard.reason, '已并入另一处')}，{hazard.file_name} {hazard.source_row}）"
        for hazard in count.hazards
    )
    return [count.period, count.unit_name, count.item_code, count.value_before, count.value_after, hazards]


def _stock_row(stock: RestatedStock) -> list[object]:
    """Of all units together the hazards alone: why, stands in the rows of their units."""
    unit = "全部单位" if stock.unit_id is None else stock.unit_name or stock.unit_id
    hazards = "；".join(_stock_hazard(hazard, with_unit=stock.unit_id is None) for hazard in stock.hazards)
    return [stock.period, unit, STOCK_NAMES[stock.figure], stock.value_before, stock.value_after, hazards]


def _stock_hazard(hazard: StockHazard, *, with_unit: bool) -> str:
    called = f"{hazard.hazard_number or hazard.enterprise or hazard.hazard_id} {hazard.effect:+d}"
    if with_unit:
        return f"{hazard.unit_name or hazard.unit_id} {called}"
    return f"{called} {'、'.join(_row_because(cause, None) for cause in hazard.causes)}"


def _list_row(row: RestatedRow, called: Called) -> list[object]:
    told = row_in_words(row, called)
    because = "；".join(_row_because(cause, row.period) for cause in row.causes)
    return [told.fact, row.period, told.unit_name, told.row_name, told.nature, told.change, told.words, because]


def _row_because(cause: RowCause, period: str | None) -> str:
    words = cause_in_words(cause, period)
    if cause.file_name:
        words += f"：{cell_text(cause.received_at)} {cause.file_name} {cause.source_cell or ''}".rstrip()
    return words


def _said(value: object, state: str | None) -> str:
    return cell_text(value) or STATES.get(state or "", "不在名单")


def _because(cause: Cause) -> str:
    words = RESTATED_BECAUSE[cause.kind]
    if cause.file_name:
        words += f"：{cell_text(cause.received_at)} {cause.file_name} {cause.source_cell or ''}".rstrip()
    if cause.correction_id:
        words += f"：{cause.correction_id}，{cause.decided_by} {cause.decided_on}，{cause.reason}"
    return f"{words}（{signed_text(cause.effect)}）" if cause.effect else words
