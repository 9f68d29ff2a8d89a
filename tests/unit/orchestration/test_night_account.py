"""What a night says about itself, also when it got nowhere. The night itself is run in tests/pipeline."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from campaigns.source_files import CampaignError
from expectations.suites import ProofResult
from ingest.results import FileResult, IntakeReport
from orchestration.building.proof import proofs_in_words
from orchestration.building.warehouse import BuildResult, Leg
from orchestration.commands.nights import _print_build
from orchestration.finished_reports import FinishedReport
from orchestration.home import Home
from orchestration.nightly import Night, NightResult

NOW = datetime(2023, 6, 25, 1, 30)


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(Home(tmp_path / "home").prepare(), NOW)


def account_of(night: Night) -> dict:
    return json.loads(night.home.last_night.read_text())


def test_the_summary_counts_files_and_names_what_was_made():
    files = tuple(
        FileResult(f"{number}.xlsx", "haicheng_2023", result, ())
        for number, result in enumerate(["accepted", "accepted", "returned", "duplicate", "waiting", "ignored"])
    )
    result = NightResult(
        now=NOW,
        intake=IntakeReport("b1", files),
        build=BuildResult(
            NOW, {"dim_units": 43}, {}, (), (), ("更正 k_02 没有执行。",), (Leg("first_pass", 4.0, 5.0),)
        ),
        published=Path("published/20230625T013000"),
        reports=(FinishedReport("consolidated", "haicheng_2023", "progress", "2023-06", Path("汇总表.xlsx")),),
        failures=(),
    )
    assert result.success
    assert result.summary().splitlines() == [
        "收到文件 6 个：接收 2、退回 1、重复 1、稍候 1、略过 1。",
        "台账已重建，没有合计数和规则结果可以核对（用 CPU 4.0 秒）。",
        "已发布 20230625T013000。",
        "已写好 汇总表.xlsx。",
        "提醒：更正 k_02 没有执行。",
    ]


def test_a_build_names_the_classes_of_rules_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    _print_build(BuildResult(NOW, {}, {"advisory": 39, "quasi_mandatory": 2, "verification": 24}, (), (), (), ()))
    assert capsys.readouterr().out.strip() == "各单位所报数字未通过的规则：提示性 39，准强制性 2，核实性 24"


@pytest.mark.parametrize(
    ("proofs", "words"),
    [
        ([], "没有合计数和规则结果可以核对"),
        ([ProofResult(True, 0), ProofResult(True, 0)], "没有合计数和规则结果可以核对"),
        ([ProofResult(True, 35), ProofResult(True, 0)], "核对 35 项全部相符"),
        ([ProofResult(True, 35), ProofResult(False, 1, [{"problem": "x"}])], "核对 36 项，有不符的"),
        ([ProofResult(False, 0, [{"problem": "x"}])], "核对 0 项，有不符的"),
    ],
)
def test_nothing_compared_does_not_read_like_a_success(proofs: list[ProofResult], words: str) -> None:
    assert proofs_in_words(proofs) == words


def test_a_night_that_got_nowhere_still_leaves_its_account(night: Night):
    (night.home.campaign_folder / "half_written").mkdir()
    (night.home.campaign_folder / "half_written" / "campaign.yml").write_text("name: x\n")
    night.repair()
    with pytest.raises(CampaignError):
        night.take_in()
    result = night.finish()
    assert not result.success
    assert "half_written" in result.failures[0]
    assert account_of(night)["success"] is False
    assert account_of(night)["failures"] == list(result.failures)
    assert account_of(night)["published"] is None


def test_an_unforeseen_error_is_traced_in_a_file_and_the_night_counts_as_failed(night: Night):
    night.note_failure("Traceback: something broke")
    assert not night.finish().success
    log = night.home.build / "logs" / "nightly-20230625T013000.log"
    assert log.read_text() == "Traceback: something broke\n"
    assert str(log) in account_of(night)["failures"][0]


def test_repair_removes_half_written_files_and_nothing_else(night: Night):
    home = night.home
    left = [home.raw / "cells" / "20230625T013000.parquet", home.raw / "cells" / "x.partial"]
    left += [home.reports / "c" / "2023-06" / ".unproved-汇总表.xlsx", home.published / ".building" / "v" / "f"]
    stays = [home.reports / "c" / "2023-06" / "汇总表.xlsx", home.inbox / "c" / "a.xlsx"]
    for path in (*left, *stays):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    night.repair()
    assert [path for path in left if path.exists()] == []
    assert [path for path in stays if not path.exists()] == []
