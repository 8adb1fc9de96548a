"""The kinds of values in a table of each library.

Copied beside the models of the value matrix, which return ``frame(library, ...)``.
"""

from __future__ import annotations

from typing import Any

from kind import Kind
from kinds import KINDS, NAMES


def frame(library: str, without: list[str], session: Any) -> Any:
    """All kinds that the library has, a column each, as long as the longest."""
    kinds = KINDS + NAMES if library == "duckdb" else KINDS
    chosen = [k for k in kinds if k.has(library) and k.column not in without]
    rows = max(len(kind.values) for kind in chosen)
    return {"pandas": _pandas, "polars": _polars, "pyarrow": _arrow, "duckdb": _duckdb}[library](
        chosen, rows, session
    )


def _padded(values: list[Any], rows: int) -> list[Any]:
    return values + [None] * (rows - len(values))


def _pandas(kinds: list[Kind], rows: int, session: Any) -> Any:
    import pandas as pd

    words = {"NA": pd.NA, "NaT": pd.NaT, "NaN": float("nan")}
    columns = {"row": pd.Series(range(rows))}
    for kind in kinds:
        values = [words.get(v, v) if type(v) is str else v for v in kind.input("pandas")]
        columns[kind.column] = pd.Series(_padded(values, rows), dtype=kind.pandas)
    return pd.DataFrame(columns)


def _polars(kinds: list[Kind], rows: int, session: Any) -> Any:
    import polars as pl

    columns = [pl.Series("row", range(rows))]
    for kind in kinds:
        kind_type = kind.polars(pl) if kind.polars else None
        values = _padded(kind.input("polars"), rows)
        if kind.column == "timestamp in ns":
            columns.append(pl.Series(kind.column, values, dtype=pl.Int64).cast(kind_type))
        else:
            columns.append(pl.Series(kind.column, values, dtype=kind_type))
    return pl.DataFrame(columns)


def _arrow(kinds: list[Kind], rows: int, session: Any) -> Any:
    import pyarrow as pa

    columns = {"row": pa.array(range(rows))}
    for kind in kinds:
        values = _padded(kind.input("pyarrow"), rows)
        columns[kind.column] = pa.array(values, type=kind.arrow(pa) if kind.arrow else None)
    return pa.table(columns)


def _duckdb(kinds: list[Kind], rows: int, session: Any) -> Any:
    items = [f"unnest(range({rows})) as row"]
    for kind in kinds:
        texts = kind.sql or [_literal(value) for value in kind.values]
        name = '"' + kind.column.replace('"', '""') + '"'
        items.append(f"unnest(cast([{', '.join(texts)}] as {kind.duckdb}[])) as {name}")
    return session.sql("select " + ", ".join(items))


def _literal(value: Any) -> str:
    return "null" if value is None else "'" + str(value).replace("'", "''") + "'"
