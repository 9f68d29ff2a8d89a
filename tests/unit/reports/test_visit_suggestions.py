"""督导建议: every cell from rows written by hand, and a changed file found out."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reports.boards.visit_suggestions import verify_visit_suggestions, write_visit_suggestions
from reports.published import NothingToPrintError
from reports.report_request import ReportRequest
from tests.unit.reports.hand_made_marts import publish_marts
from tests.unit.reports.putuo_head import CAMPAIGN, PUTUO, Row, head_of_reports, reading


def suggestion(number: int, name: str, place: int, reason: str, facts: int, unit: str, evidence: str) -> Row:
    return {
        **CAMPAIGN,
        "unit_id": f"u{number}",
        "unit_position": number,
        "unit_name": name,
        "reason": reason,
        "reason_name": reason,
        "reason_position": place,
        "facts": facts,
        "measure_unit": unit,
        "at_least": 1,
        "evidence": evidence,
        "reasons_of_unit": 2 if number == 2 else 1,
        "clause": "普安委〔2024〕4号 六（一）",
        "basis": "inferred",
    }


READINGS = [reading("X2", "deadlines", "含25日当日。"), reading("X14", "narratives", "字数怎么算。")]
MARTS: dict[str, list[Row]] = {
    **head_of_reports(READINGS, {"lead_tasks": "清单"}),
    "rpt_visit_suggestions": [
        suggestion(1, "甲局", 1, "到期未报", 2, "份", "2024-04《清单》；2024-05《清单》"),
        suggestion(2, "乙局", 1, "到期未报", 1, "份", "2024-05《清单》"),
        suggestion(2, "乙局", 2, "任务逾期未完成", 1, "项", "=2 摸底，联系 13800000000"),
    ],
}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> ReportRequest:
    published = publish_marts(tmp_path_factory.mktemp("published"), "2024-06-01T01:30:00", MARTS)
    return ReportRequest(published, PUTUO, "2024Q2", disclosure="internal")


@pytest.fixture(scope="module")
def book(asked: ReportRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_visit_suggestions(tmp_path_factory.mktemp("book") / "督导建议.xlsx", asked)


def rows_of(path: Path, sheet: str, first: int) -> list[list[Any]]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=first)
    return [[cell.value for cell in row if cell.value is not None] for row in rows]


def test_the_unit_with_most_reasons_comes_first_and_every_fact_has_a_line(book: Path) -> None:
    clause = "普安委〔2024〕4号 六（一）"
    assert rows_of(book, "督导建议", 4) == [
        [1, "乙局", "到期未报", 1, "份", "2024-05《清单》", clause],
        [2, "乙局", "任务逾期未完成", 1, "项", "=2 摸底，联系 138****0000", clause],
        [3, "甲局", "到期未报", 2, "份", "2024-04《清单》\n2024-05《清单》", clause],
    ]


def test_the_cover_counts_units_and_facts_by_reason_also_where_there_are_none(book: Path) -> None:
    cover = rows_of(book, "总览", 1)
    assert cover[1] == ["普陀区　2024年第2季度（现状截至 2024-06-01 01:30）"]
    inferred = "（按公文意思推定，待安委办确认）"
    assert ["到期未报", "满 1 份", 2, 3, f"普安委〔2024〕4号 六（六）{inferred}"] in cover
    assert ["任务逾期未完成", "满 1 项", 1, 1, f"普安委〔2024〕4号 六（一）{inferred}"] in cover
    assert ["隐患超期未整改", "满 1 处", 0, 0, "普安委〔2024〕4号 五（五）13"] in cover
    assert [1, "乙局", 2, "到期未报 1 份；任务逾期未完成 1 项"] in cover
    assert [2, "甲局", 1, "到期未报 2 份"] in cover
    assert ["X2", "含25日当日。"] in cover and all("X14" not in row for row in cover)


def test_the_finished_file_agrees_and_a_changed_one_is_found_out(
    book: Path, asked: ReportRequest, tmp_path: Path
) -> None:
    assert verify_visit_suggestions(book, asked) == []
    workbook = openpyxl.load_workbook(book)
    workbook["督导建议"]["D6"] = 1
    workbook.save(tmp_path / "changed.xlsx")
    (difference,) = verify_visit_suggestions(tmp_path / "changed.xlsx", asked)
    assert str(difference).startswith("督导建议!D6")


def test_a_campaign_that_names_no_reason_is_refused_with_a_sentence(asked: ReportRequest, tmp_path: Path) -> None:
    silent = PUTUO.model_copy(update={"visit_reasons": ()})
    with pytest.raises(NothingToPrintError, match="没有 putuo_2024_2026 2024年第2季度的督导事由"):
        write_visit_suggestions(tmp_path / "none.xlsx", ReportRequest(asked.published, silent, "2024Q2"))
