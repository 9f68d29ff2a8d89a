"""How the trace of a file reads on the screen, on a trace made by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.commands.file_table import print_file_trace
from orchestration.tracing.file_figures import FileFigure
from orchestration.tracing.file_trace import FileCell, FileTrace

CELLS = (
    FileCell("调度表", "A3", "stamp", "unit、filled_on", "填报单位：孤山镇", "stamp", ()),
    FileCell("调度表", "A20", "stamp", "filler", "（签名）", "stamp", ()),
)
CORRECTED = FileFigure(
    "progress", "2023-07", "孤山镇", "3.3", "amount", "调度表!D12", "value",
    Decimal("12.5"), Decimal("1.25"), "k_01", None, None, ("all",),
)  # fmt: skip


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "200")
    print_file_trace(
        FileTrace("haicheng_2023", "ab" * 32, None, (), (), (), (), 2, {"stamp": 2}, CELLS, (CORRECTED,), ())
    )
    return capsys.readouterr().out


def test_a_cell_that_names_the_sender_or_the_day_says_so_in_the_words_of_the_form(printed: str) -> None:
    assert "填报单位、填表时间" in printed
    assert "填表人" in printed
    assert not {"unit", "filled_on", "filler"} & set(printed.replace("、", " ").split())


def test_a_correction_is_named_once(printed: str) -> None:
    assert printed.count("更正 k_01，表上 12.5") == 1
