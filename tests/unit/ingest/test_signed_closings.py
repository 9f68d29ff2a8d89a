"""Whose word closes a hazard: what the 销号部门 of a line must name."""

import pytest

from ingest.hazards.hazard_lines import LINE_COLUMNS, hazard_lines
from tests.forms import as_xlsx
from tests.list_forms import listed
from tests.unit.ingest.reading_lists import form, parse_one

HAICHENG = "haicheng_2023"


def signed_off_by(written: str | None) -> object:
    line = {
        "hazard_number": "GS-1", "enterprise": "甲化工有限公司", "hazard": "风管积尘", "source": "企业自查",
        "found_on": "2023-06-05", "rectified_on": "2023-06-10", "closed_on": "2023-06-12", "signed_off_by": written,
    }  # fmt: skip
    table = listed(form(HAICHENG, "hazard_list"), [line], unit="孤山镇", filled_on="2023年6月24日")
    submission = parse_one(HAICHENG, as_xlsx(table), "清单.xlsx", "2023-06-25")
    ((*values,),) = hazard_lines(submission.list_cells, HAICHENG, "210381101")
    return dict(zip(LINE_COLUMNS, values, strict=True))["signed_off_by"]


@pytest.mark.parametrize("written", ["市应急局", "海城市企业发展局", "孤山镇人民政府"])
def test_an_authority_signs(written: str) -> None:
    assert signed_off_by(written) == written


@pytest.mark.parametrize(
    "written",
    [
        None,
        "无",
        "/",
        "待定",
        "待审核",
        "未签字",
        "企业",
        "本企业",
        "企业自行销号",
        "本单位自行验收",
        "甲化工有限公司",
        "甲化工",
    ],
)
def test_an_enterprise_nobody_or_not_yet_signs_nothing(written: str | None) -> None:
    assert signed_off_by(written) is None
