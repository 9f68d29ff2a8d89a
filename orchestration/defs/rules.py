"""What units' figures broke, as asset checks: one per class of rule, always a warning, never a stop.

Belongs here: counting outcomes for the checks. Does not belong here: the rules (campaigns), their outcomes (the mart).
"""

from collections.abc import Iterator

import dagster as dg

from campaigns.vocabulary import RuleClass
from orchestration.nightly import Night

RULE_OUTCOMES = dg.AssetKey(["marts", "fct_rule_outcomes"])

_BY_RULE = """
    select rule_class, rule_code, count(*) filter (where outcome = 'fail'), count(*) filter (where outcome = 'pass')
    from marts.fct_rule_outcomes
    group by rule_class, rule_code
    order by rule_class, rule_code
"""


def _check_name(rule_class: RuleClass) -> str:
    return f"{rule_class.value}_rules_are_kept"


@dg.multi_asset_check(
    name="rules_by_class",
    specs=[
        dg.AssetCheckSpec(
            _check_name(rule_class),
            asset=RULE_OUTCOMES,
            description=f"{rule_class.chinese}规则：各单位填报数的检查情况，只提示，不拦发布。",
        )
        for rule_class in RuleClass
    ],
)
def rules_by_class(night: dg.ResourceParam[Night]) -> Iterator[dg.AssetCheckResult]:
    with night.work.open_warehouse() as warehouse:
        rows = warehouse.execute(_BY_RULE).fetchall()
    for rule_class in RuleClass:
        rules = [row[1:] for row in rows if row[0] == rule_class.value]
        broken = [(code, failed, kept) for code, failed, kept in rules if failed]
        lines = ["| 规则 | 不符合 | 符合 |", "| --- | --- | --- |", *(f"| {c} | {f} | {k} |" for c, f, k in broken)]
        yield dg.AssetCheckResult(
            asset_key=RULE_OUTCOMES,
            check_name=_check_name(rule_class),
            passed=not broken,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "failed_outcomes": sum(failed for _, failed, _ in broken),
                "rules_checked": len(rules),
                "by_rule": dg.MetadataValue.md("\n".join(lines)),
            },
        )
