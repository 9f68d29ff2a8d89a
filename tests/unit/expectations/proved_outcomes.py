"""Three submissions, their figures and the gate-1 outcomes stored of them."""

import pandas as pd

from tests.unit.expectations import written_figures as written_by
from tests.unit.expectations.written_figures import CITY_LEVEL, TERRITORY, figures_frame, judge, stored_frame

CAMPAIGN = written_by.CAMPAIGN.model_copy(
    update={"rules": tuple(rule for rule in written_by.CAMPAIGN.rules if rule.code in {"PF-0-02", "PF-1-01"})}
)
CAMPAIGNS = {"haicheng_2023": CAMPAIGN}
SUBMISSIONS = [
    ("s1", TERRITORY, {"1.1": "10", "1.2": "9", "3.3.count": "3", "3.3.amount": "12.5"}),
    ("s2", TERRITORY, {"1.1": "10", "1.2": "11"}),
    ("s3", CITY_LEVEL, {}),
]
FIGURES = figures_frame(SUBMISSIONS)
STORED = stored_frame({name: judge(written, scope, CAMPAIGN) for name, scope, written in SUBMISSIONS})


def of(submission_id: str, code: str) -> pd.Series:
    return (STORED["submission_id"] == submission_id) & (STORED["rule_code"] == code)


def difference(
    submission_id: str, stored: str | None, proved: str | None, code: str = "PF-1-01", item_code: str = "1.2"
) -> dict[str, object]:
    return {
        "campaign_id": "haicheng_2023",
        "form_id": "progress",
        "submission_id": submission_id,
        "rule_code": code,
        "item_code": item_code,
        "part": "value" if item_code else "",
        "stored": stored,
        "proved": proved,
        "problem": "存储的判定与重算不一致 / the stored outcome is not what the rule says of the stored figures",
    }
