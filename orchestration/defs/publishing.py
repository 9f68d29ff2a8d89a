"""The published snapshot, the letters to units and the reports that are due, as assets.

Belongs here: what they depend on and their numbers. Does not belong here: publishing (publish.py), writing reports
(finished_reports.py).
"""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from orchestration.defs.intake import WRITER_POOL
from orchestration.defs.warehouse import dbt_first_pass, dbt_second_pass
from orchestration.nightly import Night

_MARTS = sorted(key for models in (dbt_first_pass, dbt_second_pass) for key in models.keys if key.path[0] == "marts")
_AGREES = "printed_file_agrees_with_mart"


@dg.asset(
    deps=_MARTS,
    group_name="published",
    kinds={"duckdb", "parquet"},
    pool=WRITER_POOL,
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=26)),
    description="对外发布的一版数据：taizhang.duckdb、Parquet、模型说明、数据字典。 The snapshot that readers open.",
)
def published_snapshot(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
    folder = night.publish()
    rows = night.work.result().row_counts
    return dg.MaterializeResult(
        metadata={
            "version": folder.name,
            "folder": dg.MetadataValue.path(folder),
            "dagster/row_count": sum(rows.values()),
        }
    )


@dg.asset(
    deps=[published_snapshot],
    group_name="reports",
    kinds={"word"},
    pool=WRITER_POOL,
    description="核实单：每个有问题要核实的单位一份，放在 outbox。 A letter to every unit with an open question.",
)
def question_letters(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
    night.ask_units()
    return dg.MaterializeResult(metadata={"letters": sum(1 for _ in night.home.outbox.glob("*/*.docx"))})


@dg.asset(
    deps=[published_snapshot],
    group_name="reports",
    kinds={"excel", "word"},
    pool=WRITER_POOL,
    check_specs=[
        dg.AssetCheckSpec(
            _AGREES,
            asset="due_reports",
            blocking=True,
            description="成表回读：写好的文件逐格读回，须与数据一致，否则不交出。 The finished file read back.",
        )
    ],
    description="当天到期的各种报表和材料；非上报日为空。 The reports due today; none on other days.",
)
def due_reports(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    reports = night.write_due_reports()
    held_back = [report for report in reports if report.is_held_back]
    differences = [sentence for report in held_back for sentence in report.differences]
    yield dg.MaterializeResult(
        metadata={
            "written": sum(report.is_handed_in for report in reports),
            "files": dg.MetadataValue.md("\n".join(f"- {report.path}" for report in reports if report.path) or "无"),
        }
    )
    yield dg.AssetCheckResult(
        check_name=_AGREES,
        passed=not held_back,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            "files": len(reports),
            "differences": dg.MetadataValue.md("\n".join(f"- {sentence}" for sentence in differences) or "无"),
        },
    )
