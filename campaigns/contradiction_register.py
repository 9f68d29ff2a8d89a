"""The register of contradictions: where the documents disagree or are silent, and how each campaign reads them.

Belongs here: rendering docs/contradictions.md (`make docs`). Does not belong here: any sentence about a contradiction;
it comes from campaign.yml, so that the page cannot drift from what reports print.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from campaigns.load import load_all
from campaigns.model import Campaign, Contradiction

_OPENING = """# 口径登记 · Contradictions and readings

由 `campaigns/*/campaign.yml` 的 `contradictions` 生成（`make docs`），请勿手改。Generated from `contradictions` in \
`campaigns/*/campaign.yml` (`make docs`); do not edit by hand.

公文之间不一致或没有写明的地方，逐处登记采用的口径、出处和由谁确定；报表只印它依据的那些（见“关系到”），全部在 \
`dim_contradictions`。Where documents disagree or are silent, each place has a reading in force, its clauses and who \
decided; a report prints those it relies on (column “about”), and all are in `dim_contradictions`.
"""
_HEADS = (
    "| 编号 code | 设置 setting | 采用 reading | 关系到 about | 口径 sentence | 出处 clauses | 由谁确定 decided by |",
    "|---|---|---|---|---|---|---|",
)


def render_register(campaigns: Mapping[str, Campaign]) -> str:
    """The whole page; campaigns by id, contradictions by number and then in the order of campaign.yml."""
    chapters = [_chapter(campaigns[name]) for name in sorted(campaigns) if campaigns[name].contradictions]
    return "\n".join([_OPENING, *chapters])


def main() -> None:
    """Write the page: `python -m campaigns.contradiction_register docs/contradictions.md`."""
    Path(sys.argv[1]).write_text(render_register(load_all()), encoding="utf-8")


def _chapter(campaign: Campaign) -> str:
    ordered = sorted(campaign.contradictions, key=lambda choice: int(choice.code.removeprefix("X")))
    return "\n".join([f"## {campaign.name}（`{campaign.campaign_id}`）", "", *_HEADS, *map(_row, ordered), ""])


def _row(choice: Contradiction) -> str:
    cells = (
        choice.code,
        f"`{choice.setting}`",
        f"`{choice.reading}`",
        choice.about.chinese,
        choice.sentence,
        "；".join(choice.clauses),
        choice.decided_by,
    )
    return f"| {' | '.join(cell.replace('|', '｜') for cell in cells)} |"


if __name__ == "__main__":
    main()
