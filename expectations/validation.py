"""The thin layer over Great Expectations: a frame and expectations in, results out, and no error swallowed.

Belongs here: the context, the one custom expectation, running a suite, reading its results. Does not belong here: what
is checked and what follows from it (suites.py).

Great Expectations costs five seconds to import, once per process, and only where something is to be proved. Traps this
layer closes: an exception inside a metric becomes an ordinary failed result (raised here instead); an empty frame
passes everything (a row count goes with every suite); lists of values are cut at 200 (indexes are used, and counted).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

_RESULT_FORMAT = {"result_format": "COMPLETE", "return_unexpected_index_query": False, "partial_unexpected_count": 0}
_ROW_COUNT = "expect_table_row_count_to_equal"
_METRIC = "multicolumn_values.keep_the_rule"
_RUNNING: dict[str, Callable[[Any], Any]] = {}  # an expectation carries only texts; they name the function here
_numbers = count()


class ValidationError(RuntimeError):
    """Great Expectations could not run a check; nothing may be concluded from its result."""


@dataclass(frozen=True, slots=True)
class Check:
    """One question to every row: `holds` gets the named columns and answers True where the row keeps the rule."""

    name: str
    columns: tuple[str, ...]  # at least two
    holds: Callable[[pd.DataFrame], pd.Series]
    severity: Literal["critical", "warning", "info"]
    description: str


def broken_rows(frame: pd.DataFrame, checks: Sequence[Check], suite_name: str) -> dict[str, list[int]]:
    """Run checks over a frame as one suite.

    Args:
        frame: index 0…n-1, not empty.
        checks: with names that differ.
        suite_name: as it appears in messages of Great Expectations.

    Returns:
        The index of the rows that break each check, by its name.

    Raises:
        ValidationError: an expectation raised, or saw other rows than the frame's.
    """
    gx = engine()
    with _registered(checks) as keys:
        expectations = [
            gx.ExpectRuleToHold(
                column_list=list(check.columns),
                check_key=key,
                ignore_row_if="never",
                severity=check.severity,
                description=check.description,
                meta={"name": check.name},
            )
            for key, check in zip(keys, checks, strict=True)
        ]
        results = run_suite(frame, expectations, suite_name)
    broken = {}
    for result in results:
        rows = result.result.get("unexpected_index_list") or []
        seen = (result.result["element_count"], result.result["unexpected_count"], result.success)
        if seen != (len(frame), len(rows), not rows):
            raise ValidationError(f"suite {suite_name}: {result.expectation_config.meta} counted {seen}")
        broken[result.expectation_config.meta["name"]] = [int(row) for row in rows]
    if broken.keys() != {check.name for check in checks}:
        raise ValidationError(f"suite {suite_name}: a check has no result")
    return broken


def run_suite(frame: pd.DataFrame, expectations: Sequence[Any], suite_name: str) -> list[Any]:
    """Validate a frame, with its row count beside the given expectations; returns their results.

    Raises:
        ValidationError: an expectation raised inside Great Expectations, or rows were lost on the way.
    """
    gx = engine()
    rows = gx.expectations.ExpectTableRowCountToEqual(value=len(frame))
    suite = gx.ExpectationSuite(name=suite_name, expectations=[rows, *expectations])
    asset = gx.source.add_dataframe_asset(f"{suite_name} {next(_numbers)}")
    try:
        batch = asset.add_batch_definition_whole_dataframe("all rows").get_batch({"dataframe": frame})
        results = batch.validate(suite, result_format=_RESULT_FORMAT).results
    finally:
        gx.source.delete_asset(asset.name)
    for result in results:
        if error := _raised(result.exception_info):
            raise ValidationError(f"suite {suite_name}: {result.expectation_config.type}: {error}")
    counts_rows = [result.expectation_config.type == _ROW_COUNT for result in results]
    complete = all(result.success for result, is_count in zip(results, counts_rows, strict=True) if is_count)
    if not complete or len(results) != len(expectations) + 1:
        raise ValidationError(f"suite {suite_name}: Great Expectations did not see all {len(frame)} rows")
    return [result for result, is_count in zip(results, counts_rows, strict=True) if not is_count]


@cache
def engine() -> SimpleNamespace:
    """Import Great Expectations and set it up for this process: no files, no progress bars, no analytics."""
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return SimpleNamespace(
        source=context.data_sources.add_pandas("frames"),
        expectations=gx.expectations,
        ExpectationSuite=gx.ExpectationSuite,
        ExpectRuleToHold=_define_expectation(),
    )


def _define_expectation() -> type:
    """The expectation every rule uses; its condition evaluates the compiled rule."""
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import MulticolumnMapExpectation
    from great_expectations.expectations.metrics.map_metric_provider import (
        MulticolumnMapMetricProvider,
        multicolumn_condition_partial,
    )

    class RuleHolds(MulticolumnMapMetricProvider):
        condition_metric_name = _METRIC
        condition_value_keys = ("check_key",)

        @multicolumn_condition_partial(engine=PandasExecutionEngine)
        def _pandas(cls, column_list: Any, check_key: str, **_: Any) -> Any:  # noqa: N805 - bound by the decorator
            return _RUNNING[check_key](column_list)

    class ExpectRuleToHold(MulticolumnMapExpectation):
        """A rule of a campaign holds in every row; rows where it does not apply keep it."""

        map_metric = _METRIC
        success_keys = ("check_key", "mostly")
        check_key: str

    return ExpectRuleToHold


@contextmanager
def _registered(checks: Sequence[Check]) -> Iterator[list[str]]:
    keys = [f"{check.name} {next(_numbers)}" for check in checks]
    _RUNNING.update(zip(keys, (check.holds for check in checks), strict=True))
    try:
        yield keys
    finally:
        for key in keys:
            del _RUNNING[key]


def _raised(info: Any) -> str:
    """The message of an exception Great Expectations caught; it comes flat or once per metric."""
    if not info:
        return ""
    entries = [info] if "raised_exception" in info else list(info.values())
    caught = [entry for entry in entries if entry["raised_exception"]]
    return "; ".join(str(entry["exception_message"]) for entry in caught)
