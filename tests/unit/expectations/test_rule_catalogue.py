"""The rule catalogue is made from the campaigns."""

import sys
from pathlib import Path

import pytest

from campaigns.load import load_all
from expectations.catalogue import main, render_catalogue
from tests.unit.expectations.written_figures import CAMPAIGN, with_rules


def test_a_rule_is_one_row_of_a_table() -> None:
    lines = render_catalogue({"haicheng_2023": CAMPAIGN}).splitlines()
    (row,) = [line for line in lines if line.startswith("| PF-3-01 ")]
    assert row == (
        "| PF-3-01 | 强制性 mandatory | 1 | `[3.3.count] > 0`<br>条件 when `[3.3.amount] > 0` "
        "| 行政处罚有金额（{3.3.amount} 万元）而次数为 {3.3.count}。请核对后改正。"
        "<br>Penalties have an amount ({3.3.amount} 万元) but their number is {3.3.count}. Please correct it. "
        "| 海安委〔2023〕3号 附件 部门精准严格执法情况 3 |"
    )


def test_every_rule_of_every_campaign_has_its_row() -> None:
    campaigns = load_all()
    page = render_catalogue(campaigns)
    codes = [rule.code for campaign in campaigns.values() for rule in campaign.rules]
    assert [code for code in codes if page.count(f"| {code} |") != 1] == []


def test_trial_groups_and_bars_are_shown() -> None:
    rule = {"for_each": ["all", "4.7"], "gate": "facts", "expect": "[*]\n>= 0", "message": "甲|乙", "trial": True}
    page = render_catalogue({"haicheng_2023": with_rules(rule)})
    assert (
        "| TT-0-01 | 强制性 mandatory<br>试运行 on trial | 2 | `[*] >= 0`<br>逐项 for each all, 4.7 "
        "| 甲\\|乙<br>wrong | 测试 |" in page
    )


def test_the_page_is_written_where_the_makefile_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "docs" / "rules.md"
    monkeypatch.setattr(sys, "argv", ["catalogue", str(target)])
    main()
    assert target.read_text(encoding="utf-8") == render_catalogue(load_all())
