"""What reading promises about any file whatever.

Belongs here: one check for every outcome. Does not belong here: what a certain file must yield (the cases).
"""

from __future__ import annotations

from collections import Counter

from campaigns.vocabulary import RuleClass, ValueState
from ingest.parsed import ParsedSubmission
from ingest.problems import Reading
from tests.unit.ingest.parsing import FORM

_ITEMS_AND_PARTS = [(item.code, part.part) for item in FORM.items for part in item.parts]


def assert_nothing_is_silent(submissions: list[ParsedSubmission]) -> None:
    """Whatever a file is: an outcome with a reason in two languages, or every figure once with a state."""
    assert submissions
    for submission in submissions:
        broken = [p for p in submission.problems if p.rule_class is RuleClass.MANDATORY]
        assert all(p.message and p.message_en for p in submission.problems)
        if submission.quarantined:
            assert broken
            continue
        assert submission.unit_id and submission.period
        if submission.form_id != "progress":  # a document is only registered
            assert submission.cells == ()
            continue
        assert Counter((cell.item_code, cell.part) for cell in submission.cells) == dict.fromkeys(_ITEMS_AND_PARTS, 1)
        blamed = {problem.item_code for problem in broken}
        whole_form = {Reading.SEVERAL_COLUMNS, Reading.NO_CUMULATIVE_COLUMN} & {p.rule_code for p in broken}
        for cell in submission.cells:
            assert (cell.value is not None) == cell.state.has_number
            assert cell.state is not ValueState.UNREADABLE or cell.item_code in blamed or whole_form
