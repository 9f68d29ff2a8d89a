"""The raw zone as assets: what arrived in the inbox, appended table by table.

Belongs here: the asset and its row counts. Does not belong here: reading files (ingest).
"""

from collections.abc import Iterator

import dagster as dg

from ingest.raw.raw_tables import RAW_TABLES
from orchestration.nightly import Night

WRITER_POOL = "warehouse_writer"  # limit 1: one process writes into a home
_CAMPAIGN_TABLES = frozenset({"campaigns", "forms", "units", "indicators", "due_dates", "rules", "contradictions"})


def _describe(table: str) -> str:
    if table in _CAMPAIGN_TABLES:
        return f"专项行动配置快照 {table}，有变动时才追加。 Snapshot of the campaigns' own data."
    return f"收到的报表逐批追加的 {table}，只增不改。 What units sent, appended batch by batch."


@dg.multi_asset(
    name="raw_zone",
    specs=[
        dg.AssetSpec(["raw", table], description=_describe(table), group_name="raw", kinds={"parquet"})
        for table in RAW_TABLES
    ],
    pool=WRITER_POOL,
    description="收文入库：修复上次中断，收取收件箱，过关口一，追加到原始区。 The inbox into the raw zone.",
)
def raw_zone(night: dg.ResourceParam[Night]) -> Iterator[dg.MaterializeResult[None]]:
    night.repair()
    report = night.take_in()
    results: list[str] = [file.result for file in report.files]
    counts = {"files": len(results), **{result: results.count(result) for result in sorted(set(results))}}
    for table in RAW_TABLES:
        yield dg.MaterializeResult(asset_key=["raw", table], metadata=counts if table == "receipts" else {})
