"""What a cell says that holds two figures: times and amount, total and part of it."""

import datetime as dt

import pytest

from campaigns.model import Item
from campaigns.vocabulary import ValueState
from ingest.files.grid import Unusual
from ingest.words.values import read_pair
from tests.unit.ingest.figure_items import CASES, PENALTIES, REWARDS, TEXTS, said

BOTH_UNCLEAR = "! 分不清是次数还是万元数，请写成“3次/1.5万元”的样子"


@pytest.mark.parametrize(
    ("item", "raw", "first", "second"),
    [
        (PENALTIES, "3次/12.5万元", "3", "12.5"),
        (PENALTIES, "3次，12.5万元", "3", "12.5"),
        (PENALTIES, "3次12.5万元", "3", "12.5"),
        (PENALTIES, "3次 12.5万元", "3", "12.5"),
        (PENALTIES, "3次\n12.5万元", "3", "12.5"),
        (PENALTIES, "3次（12.5万元）", "3", "12.5"),
        (PENALTIES, "12.5万元/3次", "3", "12.5"),
        (PENALTIES, "罚款12.5万元，处罚3次", "3", "12.5"),
        (PENALTIES, "3,12.5", "3", "12.5"),
        (PENALTIES, "3/12.5", "3", "12.5"),
        (PENALTIES, "3次，125000元", "3", "12.5"),
        (PENALTIES, "1,200次/3,000万元", "1200", "3000"),
        (PENALTIES, "三次，十二万元", "3", "12"),
        (PENALTIES, "约3次/12万元", "~3", "12"),
        (PENALTIES, "3次/无", "3", "0"),
        (PENALTIES, "3次", "3", "blank"),
        (PENALTIES, "0次", "0", "blank"),
        (PENALTIES, "12.5万元", "blank", "12.5"),
        (PENALTIES, "0", "0", "0"),
        (PENALTIES, 0.0, "0", "0"),
        (PENALTIES, "无", "0", "0"),
        (PENALTIES, "/", "not_applicable", "not_applicable"),
        (PENALTIES, None, "blank", "blank"),
        (PENALTIES, "3", BOTH_UNCLEAR, BOTH_UNCLEAR),
        (PENALTIES, 12.5, BOTH_UNCLEAR, BOTH_UNCLEAR),
        (CASES, "5个，其中2个", "5", "2"),
        (CASES, "5（2）", "5", "2"),
        (CASES, "5(2)", "5", "2"),
        (CASES, "5/2", "5", "2"),
        (CASES, "5，其中危险作业罪2个", "5", "2"),
        (CASES, "5个(其中危险作业罪案例2个)", "5", "2"),
        (CASES, "共5个，其中危险作业罪案例2个", "5", "2"),
        (CASES, "5（）", "5", "blank"),
        (CASES, "5个", "5", "blank"),
        (CASES, 5.0, "5", "blank"),
        (REWARDS, "1.5万元，其中匿名举报查实奖励0.5万元", "1.5", "0.5"),
        (REWARDS, "20000元", "2", "blank"),
    ],
)
def test_a_cell_with_two_figures_is_read_as_two(item: Item, raw: object, first: str, second: str) -> None:
    assert tuple(map(said, read_pair(raw, item, TEXTS))) == (first, second)


@pytest.mark.parametrize(
    ("item", "raw"),
    [
        (PENALTIES, "3,125"),  # 3125, or 3 and 125
        (PENALTIES, "3次/12.5万元/2"),
        (PENALTIES, "3次/12.5人"),
        (CASES, "5-2"),
        (CASES, "5+2"),
        (REWARDS, "3万5千元"),  # 3.5, never 3 and 0.5
        (PENALTIES, Unusual("error", "#VALUE!")),
        (PENALTIES, dt.date(2023, 3, 12)),  # "3/12" as Excel keeps it
    ],
)
def test_two_figures_that_can_mean_two_things_are_unreadable(item: Item, raw: object) -> None:
    assert [figure.state for figure in read_pair(raw, item, TEXTS)] == [ValueState.UNREADABLE] * 2
