"""How long a file of the inbox must have been left alone: what a deployment may say."""

import pytest

from orchestration.errors import PlainError
from orchestration.receiving import QUIET_VARIABLE, quiet_seconds


@pytest.mark.parametrize(("said", "seconds"), [(None, 2.0), ("", 2.0), ("0", 0.0), ("0.5", 0.5), ("600", 600.0)])
def test_seconds_are_what_the_deployment_says_and_two_when_it_says_nothing(
    monkeypatch: pytest.MonkeyPatch, said: str | None, seconds: float
) -> None:
    if said is None:
        monkeypatch.delenv(QUIET_VARIABLE)
    else:
        monkeypatch.setenv(QUIET_VARIABLE, said)
    assert quiet_seconds() == seconds


@pytest.mark.parametrize("said", ["两秒", "-1", "601", "nan"])
def test_what_is_no_number_of_seconds_is_refused_with_its_name(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(QUIET_VARIABLE, said)
    with pytest.raises(PlainError, match=f"{QUIET_VARIABLE} 写的是“{said}”"):
        quiet_seconds()
