"""DuckDB's relation class, with what a model expects of ``dbt.ref()``'s result on top.

The class itself is extended: a relation must stay DuckDB's own, so that ``session.sql("... from
customers")`` finds it by its Python name and relations can be joined.
"""

from __future__ import annotations

import functools
import threading
import weakref
from typing import Any, Callable

from dvt_worker import duckdb2

# Views by the identity of the relation object that stands for one; entries leave with it.
_names: dict[int, str] = {}
_lock = threading.RLock()
_LONGEST_WAIT = 60.0
_MATERIALIZING = (
    "df",
    "to_df",
    "fetchdf",
    "pl",
    "fetchall",
    "fetchnumpy",
    "to_arrow_table",
    "fetch_arrow_table",
    "write_parquet",
    "to_parquet",
    "write_csv",
    "to_csv",
    "count",
    "show",
)


def extend(duckdb: Any) -> None:
    """Add ``to_pandas``, ``to_polars``, ``to_arrow`` and a name to DuckDB's relations."""
    relation_class: Any = duckdb.DuckDBPyRelation
    duckdb2.extend(duckdb)
    plain_str = relation_class.__str__
    for name in _MATERIALIZING:
        method = getattr(relation_class, name, None)
        if method is not None:
            setattr(relation_class, name, _one_at_a_time(method))
    additions: dict[str, Callable[..., Any]] = {
        "to_pandas": lambda self: self.df(),
        "to_polars": lambda self: self.pl(),
        "to_arrow": lambda self: self.to_arrow_table(),
        "__str__": lambda self: _names.get(id(self)) or plain_str(self),
        "__format__": lambda self, spec: format(str(self), spec),
    }
    for name, method in additions.items():
        setattr(relation_class, name, method)


def named(relation: Any, name: str) -> Any:
    """Let ``str(relation)`` be its name in the session."""
    key = id(relation)
    _names[key] = name
    weakref.finalize(relation, _names.pop, key, None).atexit = False
    return relation


def unlocked(relation: Any, name: str) -> Callable[..., Any]:
    """The method as DuckDB has it: a stream of the model's may evaluate relations meanwhile."""
    method = getattr(type(relation), name)
    return functools.partial(getattr(method, "__wrapped__", method), relation)


def _one_at_a_time(method: Callable[..., Any]) -> Callable[..., Any]:
    """Threads that evaluate relations of one connection at once disturb each other in DuckDB."""

    @functools.wraps(method)
    def evaluate(self: Any, *args: Any, **kwargs: Any) -> Any:
        # A limit, as a query may call Python code that evaluates a relation in another thread.
        locked = _lock.acquire(timeout=_LONGEST_WAIT)
        try:
            return method(self, *args, **kwargs)
        finally:
            if locked:
                _lock.release()

    return evaluate
