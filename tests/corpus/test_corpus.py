"""Every file of the corpus through the real worker: what it says by hand comes out, and nothing is silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from ingest.parsed import ParsedSubmission
from ingest.workers.supervisor import Supervisor
from ingest.workers.wire import ParseRequest
from tests.corpus.expectation import Case
from tests.corpus.files import CASES, name_of
from tests.corpus.promises import assert_nothing_is_silent
from tests.unit.ingest.parsing import CAMPAIGN, DATES, GUSHAN, READ, figures, mandatory, notes


@pytest.fixture(scope="module")
def worker() -> Iterator[Supervisor]:
    with Supervisor({CAMPAIGN.campaign_id: CAMPAIGN}, {CAMPAIGN.campaign_id: DATES}) as supervisor:
        yield supervisor


def read(worker: Supervisor, case: Case) -> list[ParsedSubmission]:
    received_on = date.fromisoformat(case.received_on)
    request = ParseRequest(case.make(), case.file_name, (), CAMPAIGN.campaign_id, received_on)
    (submissions,) = worker.parse([request])
    return submissions


@pytest.mark.parametrize(("kind", "case"), CASES, ids=name_of)
def test_a_file_of_the_corpus(worker: Supervisor, kind: str, case: Case) -> None:
    submissions = read(worker, case)
    assert_nothing_is_silent(submissions)
    if case.submissions:
        assert [(s.unit_id, s.period, figures(s)["1.1"]) for s in submissions] == list(case.submissions)
        return
    (submission,) = submissions
    sentence = submission.problems[0].message if submission.problems else ""
    if case.refused:
        assert (submission.quarantined, mandatory(submission), sentence) == (True, [case.refused], sentence)
        assert submission.cells == () or case.refused[:4] in ("RD-3", "RD-4")
    else:
        assert (submission.unit_id, submission.period, submission.quarantined) == (GUSHAN, "2023-06", False)
        assert differences(figures(submission)) == case.figures
        assert set(mandatory(submission)) == set(case.returned)
    assert sorted(set(notes(submission))) == sorted(case.noted)
    assert case.says in sentence


def differences(found: dict[str, str]) -> dict[str, str]:
    """What was read otherwise than from the ordinary form."""
    return {code: value for code, value in found.items() if READ[code] != value}


def test_the_corpus_is_as_large_as_it_says() -> None:
    names = [f"{kind}: {case.name}" for kind, case in CASES]
    assert len(names) == len(set(names)) >= 200
