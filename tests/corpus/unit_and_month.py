"""Whose form it is and for which month: nobody says so, or two places say different things.

Belongs here: units and months that are missing, unknown or contradict each other. Does not belong here: figures.
"""

from __future__ import annotations

from tests.corpus.laid_out import TITLED, laid_out
from tests.forms import Table, listed
from tests.unit.ingest.parsing import FILLED, FORM

CASES = [
    laid_out("no unit anywhere", lambda: listed(FORM, FILLED, filled_on="2023年6月24日"), refused="RD-3-01"),
    laid_out(
        "unit that is not on the roster",
        lambda: listed(FORM, FILLED, unit="无名镇", filled_on="2023年6月24日"),
        refused="RD-3-02",
        says="无名镇",
    ),
    laid_out(
        "two units on the stamped line",
        lambda: listed(FORM, FILLED, unit="孤山镇、岔沟镇", filled_on="2023年6月24日"),
        refused="RD-3-03",
    ),
    laid_out(
        "unit that the file name contradicts",
        lambda: listed(FORM, FILLED, **TITLED),
        file_name="岔沟镇6月调度表.xlsx",
        refused="RD-3-04",
        says="岔沟镇",
    ),
    laid_out("no month anywhere", lambda: listed(FORM, FILLED, unit="孤山镇"), refused="RD-4-01", noted=("RD-6-03",)),
    laid_out(
        "two months on the form",
        lambda: Table([["2023年6月、7月"], *listed(FORM, FILLED, unit="孤山镇").rows]),
        refused="RD-4-02",
        noted=("RD-6-03",),
    ),
    laid_out(
        "month that the fill date contradicts",
        lambda: listed(FORM, FILLED, **TITLED),
        file_name="孤山镇9月调度表.xlsx",
        refused="RD-4-03",
    ),
    laid_out(
        "month before the campaign",
        lambda: listed(FORM, FILLED, unit="孤山镇"),
        file_name="孤山镇2023年3月调度表.xlsx",
        refused="RD-4-04",
        noted=("RD-6-03",),
    ),
    laid_out(
        "month that is yet to come",
        lambda: listed(FORM, FILLED, unit="孤山镇"),
        file_name="孤山镇2023年9月调度表.xlsx",
        refused="RD-4-05",
        noted=("RD-6-03",),
    ),
]
