"""Runs dbt on a home inside this process and turns its answers into plain records.

Belongs here: one run and what became of its nodes. Does not belong here: calling dbt (dbt_call.py), the parsed project
(dbt_parse.py), which models run when (warehouse.py), SQL (dbt_project), Dagster.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from orchestration.building.dbt_call import call_dbt, target_folder
from orchestration.building.dbt_parse import parsed_project
from orchestration.building.engines import Engine

if TYPE_CHECKING:
    from orchestration.home import Home

# What dbt says about a test that warns, in three lines; the test is a node of the answer, so one sentence is enough.
_SAID_BY_ITS_NODE = frozenset({"LogTestResult", "RunResultWarning", "RunResultWarningMessage"})
_WELL = frozenset({"success", "pass", "warn", "no-op", "skipped"})


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What became of one model or test; `failures` counts the rows a test found."""

    unique_id: str
    name: str
    resource_type: str
    status: str
    message: str
    failures: int | None
    seconds: float

    @property
    def is_well(self) -> bool:
        return self.status in _WELL


@dataclass(frozen=True, slots=True)
class DbtResult:
    nodes: tuple[NodeResult, ...]
    warnings: tuple[str, ...]

    @property
    def failed(self) -> tuple[NodeResult, ...]:
        return tuple(node for node in self.nodes if not node.is_well)

    @property
    def told(self) -> tuple[str, ...]:
        """A sentence for every test that found something to look at, then what dbt itself warned of."""
        found = (
            f"检查 {node.name}：{node.failures} 行需要看一看。 Check {node.name}: {node.failures} rows to look at."
            for node in self.nodes
            if node.status == "warn"
        )
        return (*found, *self.warnings)


def run_dbt(
    home: Home, args: Sequence[str], as_of: datetime, engine: Engine = Engine.DUCKDB, *, goes_on: bool = False
) -> DbtResult:
    """Run one dbt command on the home's warehouse; afterwards other connections may open it.

    Args:
        home: its raw zone is read, its warehouse.duckdb written.
        args: the command and its own options, e.g. ("build", "--selector", "second_pass").
        as_of: only what had been received by then is seen.
        engine: what computes; Spark leaves its tables in home.spark_tables instead.
        goes_on: of what the last build left and nothing touched, keys are not looked at again.

    Raises:
        DbtError: dbt stopped before running anything.
    """
    manifest = parsed_project(home, engine)
    warnings: list[str] = []
    variables = json.dumps({"as_of": f"{as_of:%Y-%m-%d %H:%M:%S.%f}", "goes_on": goes_on})
    answer = call_dbt(
        [*args, "--target", engine, "--vars", variables],
        manifest,
        [_collector(warnings)],
        home_root=home.root,
        target=target_folder(home),
        logs=home.build / "logs",
    )
    nodes = tuple(_node_result(result) for result in getattr(answer.result, "results", ()))
    return DbtResult(nodes, tuple(dict.fromkeys(warnings)))


def _collector(warnings: list[str]) -> Callable[[Any], None]:
    def note(event: Any) -> None:
        if event.info.level == "warn" and event.info.name not in _SAID_BY_ITS_NODE:
            warnings.append(event.info.msg)

    return note


def _node_result(result: Any) -> NodeResult:
    return NodeResult(
        unique_id=result.node.unique_id,
        name=result.node.name,
        resource_type=str(result.node.resource_type),
        status=str(result.status),
        message=result.message or "",
        failures=result.failures,
        seconds=result.execution_time,
    )
