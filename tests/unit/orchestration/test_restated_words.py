"""How a changed row reads in the table of `taizhang restated`."""

from orchestration.commands.restated import _list_row
from orchestration.restating.row_restatement import ChangedWord, RestatedRow


def told(change: str, *words: ChangedWord) -> object:
    row = RestatedRow("task", "tasks", "2024-04", "d1", "住建局", "T1", "T1 排查", change, words, ())
    return _list_row(row)[5]


def test_a_word_that_went_or_came_is_said_to_have_been_blank() -> None:
    words = (ChangedWord("reason", "资金未到位", None, "表!C3"), ChangedWord("note", None, "已催办", "表!D3"))
    assert told("changed", *words) == "原因 资金未到位 → 空白（表!C3）；备注 空白 → 已催办（表!D3）"


def test_of_a_row_that_was_not_there_nothing_was_blank() -> None:
    assert told("added", ChangedWord("note", None, "已催办", "表!D3")) == "备注 — → 已催办（表!D3）"
    assert told("gone", ChangedWord("note", "已催办", None)) == "备注 已催办 → —"
