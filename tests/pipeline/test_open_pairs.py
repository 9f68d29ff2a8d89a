"""Lines of a list that may be one hazard, over two nights: open questions, then a person's decision on one of them and
another number for a third. Then the decision is taken back.

Every expected value was worked out by hand: the list names five major hazards, of which twice two may be one, and the
form counts three. No figure of a unit is a difference as long as a reading of its list bears it out.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.home import Home
from orchestration.nightly import nightly
from orchestration.restating.compared_nights import compared_nights
from orchestration.restating.restated_row import RowCause
from orchestration.restating.restatement import Restatement, restatement
from orchestration.snapshot import published_snapshot
from orchestration.tracing.hazard_trace import trace_hazard
from reports.consolidation.consolidated import verify_consolidated, write_consolidated
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.pipeline import cities
from tests.pipeline.cities import FIGURES, GUSHAN, at, send
from tests.pipeline.cities import published_rows as ask

CITY = "open_pairs_2023"
COLUMNS = ["hazard_number", "enterprise", "hazard", "level", "source", "found_on"]
_MAJOR = {"level": "重大", "source": "企业自查", "found_on": "2023-06-05"}
LIST = [
    {"hazard_number": "GS-1", "enterprise": "甲厂", "hazard": "风管积尘", **_MAJOR},
    {"hazard_number": "GS-9", "enterprise": "壬厂", "hazard": "喷漆房未设置可燃气体报警装置", **_MAJOR},
    {"hazard_number": "GS-10", "enterprise": "壬厂", "hazard": "喷漆房未设置可燃气体报警装置", **_MAJOR},
    {"hazard_number": "GS-12", "enterprise": "癸厂", "hazard": "配电室堆放可燃物", **_MAJOR, "found_on": "2023-06-04"},
    {"hazard_number": "GS-11", "enterprise": "癸厂", "hazard": "配电室堆放可燃物", **_MAJOR, "found_on": "2023-06-03"},
]
FORM = FIGURES | {(f"1.{n}", "value"): Decimal(v) for n, v in enumerate([3, 0, 0, 0, 0, 0], start=1)}
DECISIONS = "pair_id,decision,decided_by,decided_on,reason\n{},same,市安委办综合科,2023-06-26,单位电话确认：编号重编\n"


def count_of_1_1(home: Home) -> list[tuple[Any, ...]]:
    return ask(home, "select ledger_value, joined_value from marts.fct_ledger_counts where item_code = '1.1'")


def printed(home: Home, target: Path) -> Any:
    """The consolidated workbook, opened once it has been found to say what the marts say."""
    write_consolidated(target, home.published, CITY, "progress", "2023-06")
    assert verify_consolidated(target, home.published, CITY, "progress", "2023-06") == []
    return openpyxl.load_workbook(target)


def asked_in_letter(home: Home) -> list[str]:
    """The enterprises that the letter asks about under HL-2-06, one line for each pair, in its order."""
    [letter] = (home.outbox / CITY).glob("*核实单.docx")
    rows = [[cell.text for cell in row.cells] for table in Document(str(letter)).tables for row in table.rows]
    return [row[4].split("：")[0] for row in rows if row[-1] == "HL-2-06"]


def send_list(home: Home, name: str, lines: list[dict[str, Any]], filled_on: str) -> None:
    campaign = home.campaigns()[CITY]
    unit = next(unit for unit in campaign.units if unit.unit_id == GUSHAN)
    table = listed(campaign.form("hazard_list"), lines, unit=unit.unit_name, filled_on=filled_on, columns=COLUMNS)
    (home.inbox / CITY / "2023-06" / name).write_bytes(as_xlsx(table))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The night on which list and form arrive."""
    home = Home(tmp_path_factory.mktemp(CITY)).prepare()
    cities.add_campaign(home, CITY, "疑似城市", "210395", [GUSHAN])
    send(home, CITY, GUSHAN, "2023-06", date(2023, 6, 24), FORM)
    send_list(home, "孤山镇6月隐患清单.xlsx", LIST, "2023年6月24日")
    assert nightly(home, at(date(2023, 6, 25))).failures == ()
    return home


def test_a_pair_is_asked_about_until_a_person_has_decided(home: Home, tmp_path: Path) -> None:
    assert count_of_1_1(home) == [(5, 3)]
    assert ask(
        home, "select count(*) from marts.fct_rule_outcomes where rule_code = 'PF-1-07' and outcome = 'fail'"
    ) == [(0,)]
    workbook = printed(home, tmp_path / "open.xlsx")
    assert "数账核对" not in workbook.sheetnames
    (of_may,), (pair_id,) = ask(home, "select pair_id from marts.rpt_ledger_questions order by position")
    sheet, file = workbook["待认定"], "孤山镇6月隐患清单.xlsx"
    touched = ("1.1\n2023年6月\n共 1 个数", "本单位两条\n描述相同，编号不同")
    assert list(sheet.iter_rows(min_row=4, min_col=2, max_row=7, values_only=True)) == [  # the older line above
        (of_may, *touched, "孤山镇", "GS-11", "癸厂", "配电室堆放可燃物", "2023年6月3日", f"{file}\nSheet1!8"),
        (of_may, None, None, "孤山镇", "GS-12", "癸厂", "配电室堆放可燃物", "2023年6月4日", f"{file}\nSheet1!7"),
        (
            pair_id, *touched,
            "孤山镇", "GS-9", "壬厂", "喷漆房未设置可燃气体报警装置", "2023年6月5日", f"{file}\nSheet1!5",
        ),
        (
            pair_id, None, None,
            "孤山镇", "GS-10", "壬厂", "喷漆房未设置可燃气体报警装置", "2023年6月5日", f"{file}\nSheet1!6",
        ),
    ]  # fmt: skip
    merged = {str(area) for area in sheet.merged_cells.ranges if area.min_row > 3}
    assert merged == {"A4:A5", "C4:C5", "D4:D5", "A6:A7", "C6:C7", "D6:D7"} and not sheet.auto_filter.ref
    assert asked_in_letter(home) == ["癸厂", "壬厂"]  # as on the sheet, though 壬厂 stands further up in the list

    decisions = home.campaign_folder / CITY / "hazard_decisions.csv"
    decisions.write_text(DECISIONS.format(pair_id), encoding="utf-8")
    send_list(home, "更正.xlsx", [{**LIST[0], "hazard_number": "2023-01"}, *LIST[1:]], "2023年6月25日")
    assert nightly(home, at(date(2023, 6, 26))).failures == ()
    assert count_of_1_1(home) == [(4, 3)]
    assert ask(home, "select pair_id from marts.rpt_ledger_questions") == [(of_may,)]
    assert "数账核对" not in printed(home, tmp_path / "decided.xlsx").sheetnames


def test_a_hazard_of_another_number_is_found_by_both_and_nobody_is_asked(home: Home) -> None:
    """GS-1 stands in the corrected list as 2023-01: same enterprise, day and words."""
    traces = [trace_hazard(home, published_snapshot(home.published), CITY, number) for number in ("GS-1", "2023-01")]
    assert [(trace.hazard_number, trace.enterprise) for trace in traces] == [("2023-01", "甲厂")] * 2
    assert traces[0].hazard_id == traces[1].hazard_id
    assert [(told.hazard_number, told.file_name) for told in traces[0].lines] == [
        ("GS-1", "孤山镇6月隐患清单.xlsx"),
        ("2023-01", "更正.xlsx"),
    ]
    (pair,) = traces[0].pairs
    assert (pair.is_joined, pair.reason) == (True, "同一企业、同一日期、同样的描述，改了编号")


def told(home: Home) -> tuple[Restatement, list[tuple[object, ...]]]:
    """What the last two nights tell apart, and of each count of the ledger its hazards, with why."""
    answer = restatement(compared_nights(home, None, None), home.campaigns()[CITY])
    return answer, [
        (count.item_code, int(count.value_before), int(count.value_after), hazard.effect, hazard.kind, hazard.pair_id)
        for count in answer.ledger
        for hazard in count.hazards
    ]


def test_a_decision_and_its_withdrawal_are_what_changed_the_counts(home: Home) -> None:
    """壬厂's two lines became one, though a list came that names both; without the row they are two again."""
    [(pair_id, by, on)] = ask(
        home, "select pair_id, decided_by, decided_on from marts.rpt_hazard_doubts where decision = 'same'"
    )
    answer, counts = told(home)
    assert (counts, answer.agrees) == ([("1.1", 5, 4, -1, "decision", pair_id)], True)

    (home.campaign_folder / CITY / "hazard_decisions.csv").unlink()
    assert nightly(home, at(date(2023, 6, 27))).failures == ()
    answer, counts = told(home)
    assert (counts, answer.agrees) == ([("1.1", 4, 5, 1, "decision_withdrawn", pair_id)], True)
    (apart,) = [row for row in answer.rows if row.fact == "hazard"]
    assert (apart.change, apart.nature) == ("added", "correction")
    withdrawn = RowCause(
        "decision_withdrawn",
        pair_id=pair_id,
        decision_before="same",
        decided_by_before=by,
        decided_on_before=on,
    )
    assert apart.causes == (withdrawn,) and (by, on) == ("市安委办综合科", date(2023, 6, 26))
    assert [
        (stock.figure, stock.unit_id, stock.value_before, stock.value_after, [one.causes for one in stock.hazards])
        for stock in answer.stocks
    ] == [(figure, unit_id, 4, 5, [(withdrawn,)]) for figure in ("found", "open") for unit_id in (None, GUSHAN)]
    printed_list = CliRunner().invoke(app, ["restated", CITY, "--home", str(home.root)]).output
    assert f"人工认定撤销：{pair_id} 原认定同一处（市安委办综合科 2023-06-26）" in printed_list
