"""corrections.csv: what a row must say, and that it is about a figure of the campaign; one decision on a pair a day."""

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from campaigns.tables import campaign_rows
from tests.unit.campaigns.copied_campaigns import copy_of, loaded, refusal

ROW = {
    "correction_id": "gengzheng_01",
    "unit": "孤山镇",
    "form_id": "progress",
    "period": "2023-07",
    "item_code": "3.3",
    "part": "amount",
    "expected_value": "12.5",
    "new_value": "1.25",
    "reason": "单位确认多填一位",
    "decided_by": "市安委办综合科",
    "decided_on": "2023-07-26",
    "document": "海安委办函〔2023〕1号",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_of("haicheng_2023", tmp_path)


def write(folder: Path, *rows: dict[str, str]) -> None:
    with (folder / "corrections.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, fieldnames=list(ROW))
        writer.writeheader()
        writer.writerows(rows)


def test_a_correction_becomes_a_row_with_the_unit_by_its_code(folder: Path) -> None:
    other = {"correction_id": "gengzheng_02", "expected_value": "", "item_code": "1.1", "part": "value"}
    write(folder, ROW, ROW | other)
    rows = campaign_rows(loaded(folder), [], datetime(2023, 7, 27))["corrections"]
    told = ("correction_id", "unit_id", "item_code", "part", "expected_value", "new_value", "decided_on")
    assert [tuple(row[name] for name in told) for row in rows] == [
        ("gengzheng_01", "210381101", "3.3", "amount", Decimal("12.5"), Decimal("1.25"), date(2023, 7, 26)),
        ("gengzheng_02", "210381101", "1.1", "value", None, Decimal("1.25"), date(2023, 7, 26)),
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"unit": "无此镇"}, "'无此镇' is no unit of units.csv"),
        ({"form_id": "other"}, "'other' is no form of this campaign"),
        ({"item_code": "9.9"}, "form progress has no figure '9.9.amount'"),
        ({"part": "value"}, "form progress has no figure '3.3'"),
        ({"new_value": "12.5"}, "there is nothing to correct"),
        ({"new_value": "-1"}, "new_value"),
        ({"reason": ""}, "缺少 '0.reason'"),
        ({"decided_by": ""}, "缺少 '0.decided_by'"),
        ({"document": ""}, "缺少 '0.document'"),
    ],
)
def test_a_row_that_is_about_nothing_or_says_too_little_is_refused(
    folder: Path, change: dict[str, str], sentence: str
) -> None:
    write(folder, ROW | change)
    message = refusal(folder)
    assert sentence in message and "corrections.csv:2" in message


def test_one_figure_is_corrected_once_a_day(folder: Path) -> None:
    write(folder, ROW, ROW | {"correction_id": "gengzheng_02", "new_value": "3"})
    assert "unit, period, figure and day decided" in refusal(folder)


def test_a_pair_is_decided_once_a_day(folder: Path) -> None:
    head = "pair_id,decision,decided_by,decided_on,reason\n"
    said = (("same", "2023-07-26"), ("different", "2023-07-27"))
    rows = [f"3f9a0c1d2e4b,{decision},市安委办综合科,{day},电话确认\n" for decision, day in said]
    path = folder / "hazard_decisions.csv"
    path.write_text(head + "".join(rows), encoding="utf-8")
    assert [decision.decision for decision in loaded(folder).hazard_decisions] == ["same", "different"]
    path.write_text(head + "".join(rows).replace("2023-07-27", "2023-07-26"), encoding="utf-8")
    assert "hazard_decisions.csv:3: pair_id and day decided '3f9a0c1d2e4b 2023-07-26' repeats" in refusal(folder)
