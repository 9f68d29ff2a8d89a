"""The dbt models as assets, and what proves them: gate 2 and the totals.

Belongs here: turning dbt's answers and our proofs into Dagster events. Does not belong here: running dbt
(dbt_runner.py), the order of the legs (warehouse.py), rules (expectations).

dbt runs inside this process through our own runner, so the usual `DbtCliResource` and its subprocess are not used.
Dagster reads annotations itself, hence no postponed ones in this folder.
"""

from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test
from dagster_dbt.dbt_manifest import validate_manifest

from orchestration.building.dbt_parse import manifest_file
from orchestration.building.dbt_runner import DbtResult, NodeResult
from orchestration.building.warehouse import FIRST_PASS, SECOND_PASS
from orchestration.defs.intake import WRITER_POOL
from orchestration.home import Home
from orchestration.nightly import Night

GATE_2 = dg.AssetKey(["build", "gate2_outcomes"])
FIGURES = dg.AssetKey(["intermediate", "int_figures__checked"])
TOTALS = dg.AssetKey(["marts", "rpt_progress_totals"])
MANIFEST = manifest_file(Home.default())

_SUCCESS = frozenset({"success", "no-op"})
_ROWS_SHOWN = 20


class Translator(DagsterDbtTranslator):
    """Assets named schema/model, grouped by schema."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: Any) -> dg.AssetSpec:
        spec = super().get_asset_spec(manifest, unique_id, project)
        return spec.replace_attributes(group_name=spec.key.path[0])


_TRANSLATOR = Translator()

Event = dg.MaterializeResult[None] | dg.AssetCheckResult


@dbt_assets(
    manifest=MANIFEST,
    selector=FIRST_PASS,
    name="dbt_first_pass",
    dagster_dbt_translator=_TRANSLATOR,
    pool=WRITER_POOL,
)
def dbt_first_pass(context: dg.AssetExecutionContext, night: dg.ResourceParam[Night]) -> Iterator[Event]:
    yield from _events(context, night.work.first_pass())


@dg.asset_check(
    asset=FIGURES, blocking=True, description="关口一重算：夜间用 Great Expectations 重判，须与收文时一致。"
)
def gate1_agrees(night: dg.ResourceParam[Night]) -> dg.AssetCheckResult:
    return _proof_result(night.work.prove_gate1())


@dg.asset(
    key=GATE_2,
    deps=[FIGURES],
    group_name="build",
    kinds={"parquet"},
    pool=WRITER_POOL,
    description="关口二：历史、合计、其中项等规则对全部当期数的检查结果。 Outcomes of the rules over facts.",
)
def gate2_outcomes(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"dagster/row_count": night.work.judge_gate2()})


@dbt_assets(
    manifest=MANIFEST,
    selector=SECOND_PASS,
    name="dbt_second_pass",
    dagster_dbt_translator=_TRANSLATOR,
    pool=WRITER_POOL,
)
def dbt_second_pass(context: dg.AssetExecutionContext, night: dg.ResourceParam[Night]) -> Iterator[Event]:
    yield from _events(context, night.work.second_pass())


@dg.asset_check(asset=TOTALS, blocking=True, description="合计三算：印出的合计 = 原始格子重加 = 属地 + 本级。")
def totals_agree_with_raw_cells(night: dg.ResourceParam[Night]) -> dg.AssetCheckResult:
    return _proof_result(night.work.prove_totals())


def _proof_result(proof: Any) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=proof.success,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            "checked": proof.checked,
            "failures": len(proof.failures),
            "first_failures": dg.MetadataValue.md(
                "\n".join(f"- {row}" for row in proof.failures[:_ROWS_SHOWN]) or "无"
            ),
        },
    )


def _events(context: dg.AssetExecutionContext, result: DbtResult) -> Iterator[Event]:
    """One materialisation per model, one check result per test; a failed model or test fails the step.

    A view that stands since an earlier night is told, too: Dagster skips what reads an asset it heard nothing of. A
    table that dbt said nothing of was not made, and is not told. Dagster also wants to hear of every asset after those
    it reads.
    """
    manifest = validate_manifest(MANIFEST)
    nodes = {node.unique_id: node for node in result.nodes}
    for unique_id in TopologicalSorter(manifest["parent_map"]).static_order():
        node = nodes.get(unique_id)
        metadata: dict[str, float | str] = {"status": "stands"}
        if node:
            metadata = {"seconds": round(node.seconds, 3), "status": node.status}
        is_there = node.status in _SUCCESS if node else _is_view(manifest, unique_id)
        if unique_id.startswith("model.") and is_there:
            key = _TRANSLATOR.get_asset_spec(manifest, unique_id, None).key
            if key in context.selected_asset_keys:
                yield dg.MaterializeResult(asset_key=key, metadata=metadata)
        elif node and node.resource_type == "test":
            yield from _check_result(context, manifest, node, metadata)
    if result.failed:
        sentences = "；".join(f"{node.name}：{node.message}" for node in result.failed)
        raise dg.Failure(f"模型或检查没有通过，后面的步骤不再进行：{sentences}")


def _is_view(manifest: Mapping[str, Any], unique_id: str) -> bool:
    # sources and exposures stand in the parent map, but not among the nodes
    node = manifest["nodes"].get(unique_id)
    return node is not None and node["config"]["materialized"] == "view"


def _check_result(
    context: dg.AssetExecutionContext, manifest: Mapping[str, Any], node: NodeResult, metadata: dict[str, float | str]
) -> Iterator[dg.AssetCheckResult]:
    key = get_asset_check_key_for_test(manifest, _TRANSLATOR, node.unique_id, project=None)
    if key in context.selected_asset_check_keys:
        yield dg.AssetCheckResult(
            asset_key=key.asset_key,
            check_name=key.name,
            passed=node.status == "pass",
            severity=dg.AssetCheckSeverity.WARN if node.status == "warn" else dg.AssetCheckSeverity.ERROR,
            metadata={**metadata, "failed_rows": node.failures or 0},
        )
