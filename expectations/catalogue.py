"""The rule catalogue: every rule of every campaign as one page of Markdown, made from the campaigns.

Belongs here: rendering docs/rules.md (`make docs`). Does not belong here: any sentence about a rule; it comes from
rules.yml and list_rules.py, so that the page cannot drift from what clerks read.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from campaigns.list_rules import LIST_RULES
from campaigns.load import load_all
from campaigns.model import Campaign, Rule
from campaigns.vocabulary import Gate

_OPENING = """# 校验规则 · Rules

由 `campaigns/*/rules.yml` 生成（`make docs`），请勿手改。Generated from `campaigns/*/rules.yml` (`make docs`); do not \
edit by hand.

规则类别 classes：强制性 mandatory（违反即退回，不计入 returned, not counted）· 准强制性 quasi_mandatory（计入，需说明 \
counted, needs an explanation）· 核实性 verification（请确认 asks for confirmation）· 提示性 advisory。
关口 gates：1 收表时逐份核对 each submission at intake · 2 入账后核对 on the facts of all units.
写法 notation：`[1.2]` 本期数 this period's figure · `[1.2@previous]` 上期数 last period's · `[1.2@ledger]` 台账数 \
what the hazard ledger counts · `[*]` “逐项”里的每一项 each figure of “for each”；`filled()` 有数 has a number · \
`approximate()` 约数 · `unreadable()` 无法识别 · `applies()` \
由该单位填报 is the unit's to report。需要的数不齐，或条件不成立，规则不适用。A rule does not apply where its \
condition is false or a figure it needs has no number.
"""
_GATES = {Gate.SUBMISSION: "1", Gate.FACTS: "2"}


def render_catalogue(campaigns: Mapping[str, Campaign]) -> str:
    """The whole page; campaigns by id, rules in the order of their files."""
    chapters = [_chapter(campaigns[name]) for name in sorted(campaigns) if campaigns[name].rules]
    return "\n".join([_OPENING, *chapters, _list_chapter()])


def main() -> None:
    """Write the page: `python -m expectations.catalogue docs/rules.md`."""
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render_catalogue(load_all()), encoding="utf-8")


def _chapter(campaign: Campaign) -> str:
    lines = [f"## {campaign.name}（`{campaign.campaign_id}`）", ""]
    for form in campaign.forms:
        rules = [rule for rule in campaign.rules if rule.form_id == form.form_id]
        if rules:
            lines += [f"### {form.title}（`{form.form_id}`）", ""]
            lines += [
                "| 代码 code | 类别 class | 关口 gate | 规则 rule | 提示 message | 依据 clause |",
                "|---|---|---|---|---|---|",
            ]
            lines += [_row(rule) for rule in rules]
            lines.append("")
    return "\n".join(lines)


def _list_chapter() -> str:
    """The questions asked of lists of every campaign, whatever its rules.yml says."""
    lines = [
        "## 清单类报表（各专项行动通用） · Lists of every campaign",
        "",
        "| 代码 code | 类别 class | 关口 gate | 规则 rule |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {rule.code} | {rule.rule_class.chinese} {rule.rule_class.value} | {_GATES[Gate.FACTS]} "
        f"| {rule.sentence}<br>{rule.sentence_en} |"
        for rule in LIST_RULES
    ]
    return "\n".join([*lines, ""])


def _row(rule: Rule) -> str:
    parts = [f"`{rule.expect}`"]
    if rule.when:
        parts.append(f"条件 when `{rule.when}`")
    if rule.for_each:
        parts.append(f"逐项 for each {', '.join(rule.for_each)}")
    trial = "<br>试运行 on trial" if rule.trial else ""
    cells = (
        rule.code,
        f"{rule.rule_class.chinese} {rule.rule_class.value}{trial}",
        _GATES[rule.gate],
        "<br>".join(parts),
        f"{rule.message}<br>{rule.message_en}",
        rule.clause,
    )
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


if __name__ == "__main__":
    main()
