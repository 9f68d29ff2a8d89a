"""Whose form and for when, against the dates of that very unit."""

from datetime import date

import pytest

from campaigns.duty_model import Extension
from ingest.parse import parse_file
from tests.forms import as_xlsx, pairs
from tests.unit.ingest.parsing import CAMPAIGN, DATES, FILLED, FORM, STAMPED, mandatory

EXTENSION = Extension(
    unit="孤山镇",
    duty_id="progress_monthly",
    period="2023-06",
    due_on=date(2023, 7, 31),
    granted_by="市安委会办公室",
    granted_on=date(2023, 6, 25),
    reason="系统改造",
)
EXTENDED = CAMPAIGN.model_copy(update={"extensions": (EXTENSION,)})


@pytest.mark.parametrize(
    ("unit", "received_on", "refused"),
    [
        ("孤山镇", "2023-09-13", []),
        ("孤山镇", "2023-09-14", ["RD-4-06"]),  # 45 days after the day it was given
        ("岔沟镇", "2023-08-08", []),
        ("岔沟镇", "2023-08-09", ["RD-4-06"]),  # 45 days after 25 June
    ],
)
def test_an_extension_moves_the_lock_of_that_unit_and_of_nobody_else(
    unit: str, received_on: str, refused: list[str]
) -> None:
    content = as_xlsx(pairs(FORM, FILLED, **{**STAMPED, "unit": unit}))
    day = date.fromisoformat(received_on)
    (form,) = parse_file(content, "2023年6月调度表.xlsx", (), EXTENDED, DATES, day)
    assert (form.period, mandatory(form)) == ("2023-06", refused)
