"""What a clerk reads when a rule fails, word for word."""

from decimal import Decimal

import pytest

from campaigns.vocabulary import OutcomeKind
from expectations.messages import plain_number
from tests.unit.expectations.written_figures import CITY_LEVEL, TERRITORY, Written, judge, with_rules


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("12.5000", "12.5"),
        ("100", "100"),
        ("1E+2", "100"),
        ("100.00", "100"),
        ("0.0000", "0"),
        ("-0.0", "0"),
        ("-3.10", "-3.1"),
        ("0.0001", "0.0001"),
        ("12345678.9000", "12345678.9"),
    ],
)
def test_a_number_is_written_without_trailing_zeros_or_exponent(number: str, text: str) -> None:
    assert plain_number(Decimal(number)) == text


@pytest.mark.parametrize(
    ("code", "written", "chinese", "english"),
    [
        (
            "PF-1-01",
            {"1.1": "10", "1.2": "12"},
            "“企业自查发现重大事故隐患中已完成整改的”（12）不能大于“企业自查发现的重大事故隐患”（10）。请核对后改正。",
            "“企业自查发现重大事故隐患中已完成整改的” (12) cannot exceed “企业自查发现的重大事故隐患” (10). "
            "Please correct it.",
        ),
        (
            "PF-3-01",
            {"3.3.count": "0", "3.3.amount": "12.5000"},
            "行政处罚有金额（12.5 万元）而次数为 0。请核对后改正。",
            "Penalties have an amount (12.5 万元) but their number is 0. Please correct it.",
        ),
        (
            "PF-3-04",
            {"3.3.count": "3", "3.3.amount": "125000.00"},
            "行政处罚 3 次共 125000 万元，平均每次超过 100 万元。请核实是否误按“元”填报。",
            "3 penalties total 125000 万元, above 100 万元 each on average. "
            "Please confirm that the amount is not in yuan.",
        ),
    ],
)
def test_a_message_carries_names_and_figures(code: str, written: Written, chinese: str, english: str) -> None:
    (outcome,) = [outcome for outcome in judge(written) if outcome.rule_code == code]
    assert (outcome.outcome, outcome.message, outcome.message_en) == (OutcomeKind.FAIL, chinese, english)


def test_a_message_of_for_each_names_the_figure_and_its_part() -> None:
    outcomes = judge({"3.3.amount": "-0.5", "4.7": "约7"})
    negative = [o.message for o in outcomes if o.rule_code == "PF-0-01" and o.outcome is OutcomeKind.FAIL]
    approximate = [o.message for o in outcomes if o.rule_code == "PF-0-04" and o.outcome is OutcomeKind.FAIL]
    assert negative == ["“行政处罚（金额）”填的是 -0.5，不能是负数。请核对后改正。"]
    assert approximate == ["“配备专兼职技术检查员数量”填的是约数，暂按 7 统计。请报准确数。"]


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("", "空白", "blank"),
        ("/", "不适用", "not applicable"),
        ("?", "无法识别", "unreadable"),
        ("0", "0", "0"),
        ("约30", "30", "30"),
    ],
)
def test_a_figure_without_a_number_is_named_by_its_state(text: str, chinese: str, english: str) -> None:
    rule = {"expect": "not filled([1.2]) and [1.1] > 0", "message": "填的是{1.2}", "message_en": "it is {1.2}"}
    (outcome,) = judge({"1.1": "0", "1.2": text}, campaign=with_rules(rule))
    assert (outcome.message, outcome.message_en) == (f"填的是{chinese}", f"it is {english}")


def test_a_yes_or_no_is_written_as_such() -> None:
    rule = {"for_each": ["not_applicable"], "expect": "[*] == 0.5", "message": "{*}", "message_en": "{*}"}
    campaign = with_rules(rule)
    yes = [o for o in judge({"4.6": "1"}, CITY_LEVEL, campaign) if o.item_code == "4.6"]
    other = [o for o in judge({"4.6": "2", "4.4": "1"}, TERRITORY, campaign) if o.outcome is OutcomeKind.FAIL]
    assert [(o.message, o.message_en) for o in yes] == [("是", "yes")]
    assert [(o.item_code, o.message) for o in other] == [("4.4", "1")]
