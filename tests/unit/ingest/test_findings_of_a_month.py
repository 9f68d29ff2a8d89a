"""A day of finding of which only the month is written, and days that merely are the last of a month."""

import pytest

from ingest.hazards.hazard_lines import LINE_COLUMNS, hazard_lines
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.reading_lists import form, parse_one

HAICHENG = "haicheng_2023"


@pytest.mark.parametrize(
    ("written", "day", "is_month"),
    [
        ("2023.6", "2023-06-30", True),
        ("2023年6月", "2023-06-30", True),
        ("2023-06-30", "2023-06-30", False),
        ("2023.6.3", "2023-06-03", False),
        (None, "None", False),
    ],
)
def test_a_month_without_a_day_is_known_as_such(written: str | None, day: str, is_month: bool) -> None:
    line = {"enterprise": "甲厂", "hazard": "风管积尘", "source": "企业自查", "found_on": written}
    table = listed(form(HAICHENG, "hazard_list"), [line], unit="孤山镇", filled_on="2023年6月24日")
    submission = parse_one(HAICHENG, as_xlsx(table), "清单.xlsx", "2023-06-25")
    ((*values,),) = hazard_lines(submission.list_cells, HAICHENG, "210381101")
    told = dict(zip(LINE_COLUMNS, values, strict=True))
    assert (str(told["found_on"]), told["is_found_by_month"]) == (day, is_month)
