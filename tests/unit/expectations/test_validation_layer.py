"""Great Expectations is imported late, set up quietly, and never passes an error off as a result."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from expectations import validation
from expectations.validation import Check, ValidationError, broken_rows, engine, run_suite

FRAME = pd.DataFrame({"a": [1, 2, 3], "b": [1, 1, 1]})


def check(holds, name: str = "a is at least b") -> Check:
    return Check(name, ("a", "b"), holds, "critical", "a >= b")


def test_the_command_line_pays_for_neither_pandas_nor_great_expectations() -> None:
    script = (
        "import sys, expectations.rules, expectations.suites, expectations.catalogue\n"
        "print(sorted({'pandas', 'numpy', 'great_expectations'} & sys.modules.keys()))"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_rows_that_break_a_check_are_named_by_their_index() -> None:
    checks = [check(lambda f: f["a"] >= f["b"] + 1), check(lambda f: f["a"] < 3, "below three")]
    assert broken_rows(FRAME, checks, "two checks") == {"a is at least b": [0], "below three": [2]}


def test_more_than_two_hundred_broken_rows_are_all_named() -> None:
    frame = pd.DataFrame({"a": range(500), "b": 250})
    assert broken_rows(frame, [check(lambda f: f["a"] >= f["b"])], "many")["a is at least b"] == list(range(250))


def test_an_error_inside_a_check_is_raised() -> None:
    with pytest.raises(ValidationError, match="division by zero"):
        broken_rows(FRAME, [check(lambda f: 1 / 0)], "broken check")


def test_a_column_that_is_not_there_is_raised() -> None:
    missing = Check("missing", ("a", "z"), lambda f: f["a"] > 0, "info", "")
    with pytest.raises(ValidationError, match="z"):
        broken_rows(FRAME, [missing], "missing column")


def test_an_error_in_an_expectation_of_the_library_is_raised() -> None:
    expectation = engine().expectations.ExpectColumnPairValuesToBeEqual(column_A="a", column_B="z")
    with pytest.raises(ValidationError, match="z"):
        run_suite(FRAME, [expectation], "missing column")


def test_nothing_is_left_registered() -> None:
    assert validation._RUNNING == {}
    assert list(engine().source.assets) == []


def test_the_context_is_quiet(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    broken_rows(FRAME, [check(lambda f: f["a"] >= f["b"])], "quiet")
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []
