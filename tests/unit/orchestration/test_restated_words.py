"""How a changed row reads in the table of `taizhang restated` and in the workbook."""

from datetime import date, datetime
from typing import Any

import pytest

from campaigns.load import load_campaign
from orchestration.restating.restated_row import ChangedWord, RestatedRow, RowCause
from orchestration.restating.row_natures import Nature
from orchestration.restating.row_wording import because_in_words, called_in, cause_in_words, row_in_words


def told(change: str, *words: ChangedWord) -> object:
    row = RestatedRow("task", "tasks", "2024-04", "d1", "住建局", "T1", "T1 排查", change, Nature.CORRECTION, words, ())
    return row_in_words(row, {}).words


def test_a_word_that_went_or_came_is_said_to_have_been_blank() -> None:
    words = (ChangedWord("reason", "资金未到位", None, "表!C3"), ChangedWord("note", None, "已催办", "表!D3"))
    assert told("changed", *words) == "原因 资金未到位 → 空白（表!C3）；备注 空白 → 已催办（表!D3）"


def test_of_a_row_that_was_not_there_nothing_was_blank() -> None:
    assert told("added", ChangedWord("note", None, "已催办", "表!D3")) == "备注 — → 已催办（表!D3）"
    assert told("gone", ChangedWord("note", "已催办", None)) == "备注 已催办 → —"


def test_a_choice_is_called_what_the_form_calls_it() -> None:
    """海城's hazard list calls the code county 县级; 普陀's calls it 区级."""
    for campaign_id, name in (("haicheng_2023", "县级"), ("putuo_2024_2026", "区级")):
        listed = ChangedWord("listed_level", None, "county", "Sheet1!M5")
        row = RestatedRow(
            "hazard", "hazard_list", "", "u", "甲镇", "h", "GS-1 甲厂", "changed", Nature.PROGRESS, (listed,), ()
        )
        told = row_in_words(row, called_in(load_campaign(campaign_id)))
        assert told.words == f"挂牌级别 空白 → {name}（Sheet1!M5）"


@pytest.mark.parametrize(("period", "words"), [("2024-04", "补报"), ("", "新报")])
def test_only_what_belongs_to_a_period_can_be_reported_late(period: str, words: str) -> None:
    cause = RowCause("new_file", "甲.xlsx", "a" * 64, datetime(2024, 5, 28, 9), "表!B3")
    row = RestatedRow("task", "tasks", period, "d1", "住建局", "T1", "T1 排查", "added", Nature.LATE, (), (cause,))
    assert (cause_in_words(cause, row.period), row_in_words(row, {}).because) == (words, words)


SAME: dict[str, Any] = {"decision": "same", "decided_by": "市安委办", "decided_on": date(2023, 7, 3)}
WAS_SAME: dict[str, Any] = {f"{name}_before": value for name, value in SAME.items()}


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (RowCause("decision", pair_id="3f9a", **SAME), "人工认定：3f9a 同一处（市安委办 2023-07-03）"),
        (
            RowCause("decision_withdrawn", pair_id="3f9a", **WAS_SAME),
            "人工认定撤销：3f9a 原认定同一处（市安委办 2023-07-03）",
        ),
        (
            RowCause("decision_changed", pair_id="3f9a", **(WAS_SAME | SAME | {"decision": "different"})),
            "人工认定改变：3f9a 不是同一处（市安委办 2023-07-03），原认定同一处（市安委办 2023-07-03）",
        ),
    ],
)
def test_a_decision_says_who_decided_what_on_which_pair(cause: RowCause, words: str) -> None:
    assert because_in_words(cause) == words
