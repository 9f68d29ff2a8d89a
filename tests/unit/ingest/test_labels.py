"""Which item a text names."""

import pytest

from campaigns.model import Item
from ingest.words.labels import best_likeness, bracketed_measures, label_book, label_key, likeness
from tests.unit.ingest.parsing import CAMPAIGN, FORM

BOOK = label_book(CAMPAIGN)


def named(text: str) -> list[str]:
    return [f"{target.code}{f'.{target.part}' if target.part else ''}" for target in BOOK.targets(text)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("企业自查发现的重大事故隐患(个)", "企业自查发现的重大事故隐患"),
        ("１、企业自查发现的\n重大事故隐患 （ 个 ）", "企业自查发现的重大事故隐患"),
        ("1.1 企业自查发现的重大事故隐患", "企业自查发现的重大事故隐患"),
        ("行政处罚(次,万元)", "行政处罚"),
        ("行政处罚（次、万元）", "行政处罚"),
        ("企业和企业主要负责人“一案双罚”(次)", "企业和企业主要负责人一案双罚"),
        ("配备专（兼）职技术检查员数量", "配备专兼职技术检查员数量"),
        ("二、对企业自查自改进行抽查检查情况", "对企业自查自改进行抽查检查情况"),
        ("2023年", "2023年"),
        ("—", ""),
    ],
)
def test_a_label_without_what_does_not_matter(text: str, key: str) -> None:
    assert label_key(text) == key


@pytest.mark.parametrize("item", FORM.items, ids=lambda item: item.code)
def test_every_label_name_and_alias_of_the_form_names_its_item(item: Item) -> None:
    for text in (item.label, item.name, *item.aliases):
        assert item.code in {target.code for target in BOOK.targets(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政处罚", ["3.3"]),
        ("行政处罚(次)", ["3.3.count"]),
        ("行政处罚（单位：万元）", ["3.3.amount"]),
        ("行政处罚金额", ["3.3.amount"]),
        ("公布典型案例(个)", ["3.8"]),
        ("其中：危险作业罪案例（个）", ["3.8.of_which"]),
        ("其中匿名举报查实奖励(万元)", ["4.5.of_which"]),
        ("帮扶指导", ["3.1"]),
        ("帮扶指导重点企业", ["3.2"]),
        ("金额", []),
        ("合计", []),
        ("12", []),
    ],
)
def test_texts_name_items_and_parts(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_units_of_measure_in_brackets() -> None:
    assert bracketed_measures("行政处罚(次,万元)") == ("次", "万元")
    assert bracketed_measures("镇(街)") == ()


def test_how_like_a_text_is_to_an_item() -> None:
    item = FORM.item("2.3")
    assert likeness("企业主要负责人未带对检查(家)", item) > 86
    assert likeness("企业主要负责人带队检查(家)", item) == 0
    assert likeness("其中：未带队检查", item) == 100


def test_the_most_like_item_leads_over_every_other() -> None:
    candidates = [target for targets in BOOK.by_key.values() for target in targets]
    target, score, lead = best_likeness("移送司法机观(人)", candidates, BOOK)
    assert target is not None
    assert (target.code, score > 80, lead > 8) == ("3.5", True, True)
    assert best_likeness("移送司法机观(人)", [], BOOK)[0] is None
