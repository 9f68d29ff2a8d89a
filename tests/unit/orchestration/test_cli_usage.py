"""What the command line says of itself, and of a mistake in the call."""

from pathlib import Path

import pytest

from orchestration.commands.nights import built_in_words
from tests.command_line import called
from tests.published_city import published_home

COMMANDS = [
    "demo",
    "init",
    "doctor",
    "template",
    "check",
    "ingest",
    "fetch-mail",
    "send-mail",
    "build",
    "report",
    "nightly",
    "status",
    "calendar",
    "trace",
    "restated",
    "rules",
    "sql",
]  # DESIGN §6


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that is only asked."""
    return published_home(tmp_path_factory.mktemp("asked") / "home")


def test_help_names_every_command_in_chinese_and_english() -> None:
    answer = called("--help")
    assert answer.exit_code == 0
    for command in COMMANDS:
        line = next(line for line in answer.stdout.splitlines() if line.strip().startswith(f"{command} "))
        assert any("一" <= character <= "鿿" for character in line)
        assert any(character.isascii() and character.isalpha() for character in line.split(maxsplit=1)[1])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    answer = called(command, "--help")
    assert answer.exit_code == 0
    assert "--home" in answer.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["status"],
        ["status", "haicheng_2023"],
        ["status", "haicheng_2023", "--period", "2023-66"],
        ["status", "haicheng_2023", "--period", "2023-07", "--today", "yesterday"],
        ["status", "nowhere_2023", "--period", "2023-07"],
        ["trace", "haicheng_2023", "2023-07", "9.9"],
        ["trace", "haicheng_2023", "2023-07", "1.1", "--unit", "无此镇"],
        ["trace", "haicheng_2023", "2023-07"],
        ["calendar", "haicheng_2023", "--year", "soon"],
        ["check", "no-such-file.xlsx"],
        ["ingest", "no-such-file.xlsx"],
        ["ingest", "--received-at", "2023-06-25T10:00+08:00"],
        ["ingest", "--received-at", "2999-01-01"],
        ["ingest", "--campaign", "nowhere_2023"],
        ["template", "haicheng_2023", "--form", "nothing"],
        ["template", "haicheng_2023", "--format", "pdf"],
        ["template", "haicheng_2023", "--period", "2024-01"],
        ["report", "haicheng_2023", "--period", "2023-07", "--kind", "poem"],
        ["report", "haicheng_2023", "--period", "2023-07", "--form", "nothing"],
        ["report", "haicheng_2023", "--period", "2024-07"],
        ["report", "haicheng_2023", "--period", "2023-66", "--kind", "consolidated"],
        ["build", "--target", "abacus"],
        ["sql", "delete from dim_units"],
        ["sql", "select 1", "--format", "pdf"],
        ["sql", "select 1", "--format", "xlsx"],
    ],
    ids=" ".join,
)
def test_a_mistake_in_the_call_ends_with_2_and_one_sentence(home: Path, arguments: list[str]) -> None:
    answer = called(*arguments, home=home)
    assert answer.exit_code == 2
    assert "Traceback" not in answer.stdout + answer.stderr
    assert arguments == [] or answer.stderr.strip()


@pytest.mark.parametrize(
    ("folder", "past_day", "words"),
    [
        (Path("v1"), None, "已发布 v1"),
        (Path("v1"), Path("past"), "那一天已另外重建，没有发布；查询时写 --home past 。"),
        (None, Path("past"), "没有发布，上一版继续有效。"),
    ],
)
def test_a_past_day_that_was_rebuilt_is_not_called_published(
    folder: Path | None, past_day: Path | None, words: str
) -> None:
    assert built_in_words(folder, past_day).startswith(words)
