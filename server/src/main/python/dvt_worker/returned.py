"""Recognises what ``model()`` returned. No library is imported to find out: it is loaded then."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any, Callable

from dvt_worker.failures import Stop
from dvt_worker.request import Run

_WANTED = "Return a pandas DataFrame, polars DataFrame, pyarrow Table, or DuckDB relation."


@dataclass
class Source:
    """A DuckDB relation over what was returned.

    ``casts``: per column an SQL expression in which ``{}`` is the column, where the relation's
    own type is not what was meant. ``nulls``: columns of NULLs without a type of their own.
    """

    relation: Any
    columns: list[str]
    from_model: bool = False
    rescannable: bool = True
    casts: dict[str, str] = field(default_factory=dict)
    nulls: list[str] = field(default_factory=list)


def source_of(
    value: Any, run: Run, own: Any, warn: Callable[[str], None], leftovers: list[str]
) -> Source:
    """``own`` is a connection for frames; ``leftovers`` gets files to remove at the end."""
    if _is(value, "duckdb", "DuckDBPyRelation"):
        if getattr(value, "_return_type", "query_result") != "query_result":
            # DuckDB 2 gives a relation for a statement without rows as well.
            raise Stop("DVT122", _wrong(None, run.model))
        return Source(value, list(value.columns), from_model=True, rescannable=False)
    if _is(value, "pandas", "DataFrame"):
        from dvt_worker import pandas_frame

        return pandas_frame.source(value, run, own, warn)
    if _is(value, "polars", "DataFrame") or _is(value, "polars", "LazyFrame"):
        from dvt_worker import polars_frame

        return polars_frame.source(value, run, own, warn, leftovers)
    if _is(value, "pyarrow", "Table") or _is(value, "pyarrow", "RecordBatchReader"):
        from dvt_worker import arrow_frame

        return arrow_frame.source(value, run, own, warn)
    raise Stop("DVT122", _wrong(value, run.model))


def is_blank(value: Any) -> bool:
    """A frame of neither rows nor columns, as ``pd.DataFrame([])`` is."""
    frames = (("pandas", "DataFrame"), ("polars", "DataFrame"), ("pyarrow", "Table"))
    return any(_is(value, *frame) for frame in frames) and tuple(value.shape) == (0, 0)


def _is(value: Any, package: str, name: str) -> bool:
    module = sys.modules.get(package)
    kind = getattr(module, name, None)
    return isinstance(kind, type) and isinstance(value, kind)


def _wrong(value: Any, model: str) -> str:
    if value is None:
        return f"Python model '{model}' returned nothing (None). {_WANTED}"
    kind = type(value)
    name = kind.__name__
    top = (kind.__module__ or "").split(".")[0]
    shown = name if top in ("builtins", "_duckdb") else f"{top}.{name}"
    return f"Python model '{model}' returned {_article(shown)} {shown}. {_advice(value, top, name)}"


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"


def _advice(value: Any, top: str, name: str) -> str:
    if name == "DuckDBPyConnection":
        return "session.execute() gives a connection: return session.sql(...) instead."
    if name == "coroutine":
        return "model() cannot be async: define it with def, and use asyncio.run() inside."
    if name in ("generator", "async_generator"):
        return f"model() must not yield. {_WANTED}"
    if top in ("pandas", "polars") and name == "Series":
        return f"{_WANTED} A series becomes one with .to_frame()."
    if isinstance(value, (list, dict)):
        return f"{_WANTED} For example: return pd.DataFrame(rows)."
    if top == "pyarrow" and name == "RecordBatch":
        return f"{_WANTED} A batch becomes one with pa.Table.from_batches([batch])."
    if callable(getattr(value, "toPandas", None)):
        return f"{_WANTED} This frame becomes one with .toPandas()."
    if callable(getattr(value, "to_pandas", None)):
        return f"{_WANTED} This becomes one with .to_pandas()."
    return _WANTED
