"""The command that shows the rules of a campaign and how often each is hit.

Belongs here: options and the table. Does not belong here: the counts (orchestration/rule_hits.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from campaigns.vocabulary import RuleClass
from orchestration.commands.options import CampaignArgument, HomeOption, JsonOption
from orchestration.commands.workplace import home_from
from orchestration.console import print_document, print_table
from orchestration.lookup import campaign_called
from orchestration.words import GATES

if TYPE_CHECKING:
    from orchestration.rule_hits import RuleHits


def register(app: typer.Typer) -> None:
    app.command("rules")(rules)


def rules(
    campaign: CampaignArgument,
    trial: Annotated[
        bool, typer.Option("--trial", help="只看试运行和还没统计过的。On trial or not counted yet only.")
    ] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """列出校验规则，各自在历史报表上命中几次；试运行的据此决定启用。 Rules and their hits over all history."""
    from orchestration.rule_hits import rule_hits
    from orchestration.snapshot import published_snapshot

    place = home_from(home)
    spec = campaign_called(place, campaign)
    snapshot = published_snapshot(place.published)
    found = [rule for rule in rule_hits(snapshot, spec) if not trial or not rule.may_block]
    if as_json:
        print_document({"campaign_id": spec.campaign_id, "as_of": snapshot.as_of, "rules": found})
        return
    heads = ("规则", "类别", "关口", "状态", "查过", "适用", "命中", "命中率", "各期命中", "提示")
    print_table(heads, [_row(rule) for rule in found], f"{spec.name} 校验规则")


def _row(rule: RuleHits) -> list[object]:
    state = "试运行" if rule.is_trial else "正式" if rule.is_counted else "试运行（待统计）"
    return [
        rule.rule_code,
        RuleClass(rule.rule_class).chinese,
        GATES[rule.gate],
        state,
        rule.forms_asked,
        rule.forms_applicable,
        rule.forms_hit,
        "—" if rule.hit_rate is None else f"{rule.hit_rate:.1%}",
        "、".join(f"{one.period}：{one.forms_hit}" for one in rule.periods if one.forms_hit),
        rule.sentence,
    ]
