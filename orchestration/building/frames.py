"""Answers of the build file as pandas frames for Great Expectations.

Belongs here: how rows become a frame, with decimals as Decimal: a float is not what was sent. Does not belong here:
which rows (proof.py, judged_figures.py), what is made of them (expectations).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa


def exact_frame(
    warehouse: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, object] | None = None
) -> pd.DataFrame:
    """The rows of a query."""
    frame: pd.DataFrame = _table(warehouse, query, parameters).to_pandas()
    return frame


def compact_frame(
    warehouse: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, object] | None = None
) -> pd.DataFrame:
    """The rows of a query, texts and decimals as categories.

    Forms repeat them from unit to unit: an object for each would take a hundred bytes where a code takes four.
    """
    import pyarrow as pa

    table = _table(warehouse, query, parameters)
    columns = [column.dictionary_encode() if _repeats(column.type) else column for column in table.columns]
    frame: pd.DataFrame = pa.table(columns, names=table.column_names).to_pandas()
    return frame


def _table(warehouse: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, object] | None) -> pa.Table:
    return warehouse.sql(query, params=parameters or {}).to_arrow_table()


def _repeats(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_decimal(kind))
