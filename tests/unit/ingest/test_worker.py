"""A file that kills, stalls or starves its reader costs itself only."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from campaigns.vocabulary import Cell, Outcome, OutcomeKind, RuleClass, ValueState
from ingest.parsed import Explanation, ParsedSubmission
from ingest.problems import Reading
from ingest.workers.supervisor import Supervisor
from ingest.workers.wire import GarbledAnswerError, ParseRequest, decode_submissions, encode_submissions
from ingest.workers.worker import Limits
from ingest.workers.worker_process import WorkerStartError
from tests.unit.ingest.plain_forms import SETTINGS, form

LIMITS = Limits(cpu_seconds=1, wall_seconds=2, memory_bytes=512 << 20)


def requests(*contents: bytes) -> list[ParseRequest]:
    return [ParseRequest(content, f"{n}.csv", (), "c", date(2023, 6, 25)) for n, content in enumerate(contents)]


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    with Supervisor({"c": None}, {"c": []}, LIMITS, SETTINGS.parser) as supervisor:
        yield supervisor


def codes(answers: list[list[ParsedSubmission]]) -> list[str | None]:
    return [answer[0].problems[0].rule_code if answer[0].problems else answer[0].unit_id for answer in answers]


@pytest.mark.parametrize(
    ("how", "code", "words"),
    [
        ("abort", Reading.FILE_BROKE_READER, "解析时意外中止，多半是内存不够"),
        ("exit", Reading.FILE_BROKE_READER, "解析时意外中止，代码 0"),
        ("raise", Reading.FILE_BROKE_READER, "ValueError"),
        ("eat", Reading.FILE_BROKE_READER, "内存不够"),
        ("sleep", Reading.FILE_TOO_SLOW, "2 秒"),
        ("spin", Reading.FILE_TOO_SLOW, "2 秒"),
    ],
)
def test_the_culprit_is_named_and_the_others_are_read(
    supervisor: Supervisor, how: str, code: Reading, words: str
) -> None:
    answers = list(supervisor.parse(requests(form("u0"), b"do=" + how.encode(), form("u2"), form("u3"))))
    assert codes(answers) == ["u0", code, "u2", "u3"]
    assert answers[1][0].quarantined
    assert words in answers[1][0].problems[0].message
    assert "《1.csv》" in answers[1][0].problems[0].message
    assert "138" not in answers[1][0].problems[0].message


def test_two_culprits_in_a_row_cost_two_files(supervisor: Supervisor) -> None:
    answers = list(supervisor.parse(requests(b"do=abort", b"do=abort", form("u2"))))
    assert codes(answers) == ["RD-1-08", "RD-1-08", "u2"]


def test_a_worker_killed_from_outside_costs_no_file(supervisor: Supervisor) -> None:
    """The system kills innocent processes when memory is short: a file is tried once more before it is blamed."""
    seen = []
    for answer in supervisor.parse(requests(*(form(f"u{n}") for n in range(40)))):
        seen += codes([answer])
        if len(seen) in (1, 20):
            os.kill(supervisor.worker_pid, signal.SIGKILL)
    assert seen == [f"u{n}" for n in range(40)]


def test_a_library_that_prints_does_not_garble_answers(supervisor: Supervisor) -> None:
    assert codes(list(supervisor.parse(requests(form("u0", do="print"), form("u1"))))) == ["u0", "u1"]


def test_large_files_and_many_answers_do_not_block_each_other(supervisor: Supervisor) -> None:
    contents = [form(f"u{n}") + b"\n" + bytes(3 << 20) for n in range(8)]
    assert codes(list(supervisor.parse(requests(*contents)))) == [f"u{n}" for n in range(8)]


def test_a_container_that_the_guard_refuses_is_never_parsed(supervisor: Supervisor) -> None:
    (answer,) = supervisor.parse(requests(b"PK\x03\x04do=abort"))
    assert codes([answer]) == [Reading.FILE_DAMAGED]


def test_notes_of_the_guard_travel_with_what_was_read() -> None:
    request = ParseRequest(form("u0"), "表.xlsx", (), "c", date(2023, 6, 25))
    with Supervisor({"c": None}, {"c": []}, LIMITS, SETTINGS.parser) as supervisor:
        ((submission,),) = supervisor.parse([request])
    assert [problem.rule_code for problem in submission.problems] == [Reading.OTHER_TYPE]
    assert not submission.quarantined


def test_a_worker_that_has_grown_too_large_makes_way_and_no_file_is_lost() -> None:
    limits = Limits(retire_bytes=1)
    with Supervisor({"c": None}, {"c": []}, limits, SETTINGS.parser) as supervisor:
        assert codes(list(supervisor.parse(requests(form("u0"), form("u1"), form("u2"))))) == ["u0", "u1", "u2"]


def test_the_size_of_the_run_is_not_counted_as_the_workers() -> None:
    """A new process inherits the peak memory of its parent: after a night every file was given a worker of its own."""
    ballast = b"x" * (300 << 20)
    limits = Limits(retire_bytes=len(ballast))
    with Supervisor({"c": None}, {"c": []}, limits, SETTINGS.parser) as supervisor:
        first = supervisor.worker_pid
        assert codes(list(supervisor.parse(requests(form("u0"), form("u1"), form("u2"))))) == ["u0", "u1", "u2"]
        assert supervisor.worker_pid == first


def test_an_answer_larger_than_allowed_costs_its_file() -> None:
    limits = Limits(answer_bytes=2_000)
    with Supervisor({"c": None}, {"c": []}, limits, SETTINGS.parser) as supervisor:
        answers = supervisor.parse(requests(form("u0"), form("u1", explanation="长" * 3_000), form("u2")))
        assert codes(list(answers)) == ["u0", Reading.FILE_BROKE_READER, "u2"]


def test_a_parser_that_does_not_exist_is_an_error_of_the_installation() -> None:
    with Supervisor({}, {}, LIMITS, "ingest.nowhere:parse") as supervisor, pytest.raises(WorkerStartError):
        list(supervisor.parse(requests(b"x")))


def test_no_secret_of_the_environment_reaches_the_worker(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAIZHANG_IMAP_PASSWORD", "secret")
    with Supervisor({"c": None}, {"c": []}, LIMITS, SETTINGS.parser) as other:
        list(other.parse(requests(form())))
        with open(f"/proc/{other.worker_pid}/environ", "rb") as handle:  # noqa: PTH123 - not a file of ours
            assert b"secret" not in handle.read()


def test_a_submission_survives_the_wire_unchanged() -> None:
    submission = ParsedSubmission(
        form_id="progress",
        form_version=None,
        unit_id="210381101",
        period="2023-06",
        filled_on=date(2023, 6, 24),
        filler="甲",
        reviewer="",
        file_format="xlsx",
        sheet_name="调度表",
        cells=(
            Cell("1.1", "value", ValueState.APPROXIMATE, Decimal("10"), "10余家", "调度表", "D5"),
            Cell("3.3", "amount", ValueState.BLANK, None, "", "调度表", "D9"),
            Cell("4.1", "value", ValueState.VALUE, Decimal("12.50"), "12.50", "调度表", "D12"),
        ),
        problems=(Outcome("RD-6-01", RuleClass.ADVISORY, OutcomeKind.FAIL, "没有", "none", "", "", "调度表!A3"),),
        quarantined=False,
        explanations=(Explanation("核减说明", "调度表!A30"),),
    )
    (back,) = decode_submissions(encode_submissions([submission]))
    assert back == submission
    assert [str(cell.value) for cell in back.cells] == ["10", "None", "12.50"]


NOTHING_READ = ParsedSubmission(None, None, None, None, None, "", "", "xlsx", "", (), (), True, ())
ODD_ANSWERS = [
    encode_submissions([replace(NOTHING_READ, **{name: value})])
    for name, value in (
        ("quarantined", "yes"),
        ("form_id", 7),
        ("filled_on", "2023-06-31"),
        ("cells", (("1.1", "value", "odd", "1", "1", "调度表", "D4"),)),
        ("cells", (("1.1", "value", "value", "one", "1", "调度表", "D4"),)),
        ("cells", (("1.1", "value", "value", "1", "1", "调度表"),)),
    )
]


@pytest.mark.parametrize("answer", [b"", b"[[]]", b"{}x", b"\x80\x04K", b"[{}]", *ODD_ANSWERS])
def test_a_garbled_answer_is_no_answer(answer: bytes) -> None:
    with pytest.raises(GarbledAnswerError):
        decode_submissions(answer)


def test_characters_no_file_can_hold_become_question_marks() -> None:
    cell = Cell("1.1", "value", ValueState.VALUE, Decimal("1.50"), "\udfff", "调度表", "D4")
    odd = replace(NOTHING_READ, filler="\ud800", cells=(cell,), filled_on=date(2023, 6, 24))
    (back,) = decode_submissions(encode_submissions([odd]))
    assert back == replace(odd, filler="?", cells=(cell._replace(raw_text="?"),))
