"""DuckDB 2 in Python, as far as models written for 1.x can run on it.

After ``session.execute(q).fetchone()`` 2.x refuses any further use of the connection until the
result is read to its end or given up; 1.x gave it up by itself. That is brought back here, and so
are ``relation.fetchone()`` and ``session.execute(q).pl()`` and ``.arrow()``.
"""

from __future__ import annotations

import functools
import types
import weakref
from collections.abc import Iterator
from typing import Any, Callable

_CONNECTION_METHODS = (
    "sql",
    "query",
    "from_query",
    "view",
    "table",
    "table_function",
    "values",
    "from_df",
    "from_arrow",
    "from_parquet",
    "read_parquet",
    "read_csv",
    "read_json",
    "cursor",
)


def extend(duckdb: Any) -> None:
    """Does nothing to DuckDB 1.x."""
    in_use = getattr(duckdb, "ResourceInUseException", None)
    if in_use is None:
        return
    connection = duckdb.DuckDBPyConnection
    for name in _CONNECTION_METHODS:
        method = getattr(connection, name, None)
        if method is not None:
            setattr(connection, name, _giving_up_results(method, in_use, lambda own: own))
    relation = duckdb.DuckDBPyRelation
    for name, method in list(vars(relation).items()):
        if not name.startswith("_") and isinstance(method, types.FunctionType):
            setattr(relation, name, _giving_up_results(method, in_use, lambda own: own._con))
    relation.fetchone = _fetchone
    relation.fetchmany = _fetchmany
    connection.arrow = lambda self, *args: self.to_arrow_reader(*args)
    connection.pl = _pl


def prepare(duckdb: Any, connection: Any) -> None:
    """The functions put around DuckDB's own must not hide a model's variables from its SQL."""
    if hasattr(duckdb, "ResourceInUseException"):
        connection.execute("set python_scan_all_frames = true")


# Relations whose rows are being fetched one after another; a relation keeps no result in 2.x.
_unread: weakref.WeakKeyDictionary[Any, Iterator[Any]] = weakref.WeakKeyDictionary()


def _fetchone(relation: Any) -> Any:
    rows = _unread.get(relation)
    if rows is None:
        rows = _unread[relation] = iter(relation.fetchall())
    return next(rows, None)


def _fetchmany(relation: Any, size: int = 1) -> list[Any]:
    found = (_fetchone(relation) for _ in range(size))
    return [row for row in found if row is not None]


def _pl(connection: Any) -> Any:
    import polars

    return polars.from_arrow(connection.to_arrow_table())


def _giving_up_results(
    method: Callable[..., Any], in_use: type[Exception], connection_of: Callable[[Any], Any]
) -> Callable[..., Any]:
    @functools.wraps(method)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except in_use as error:
            if "unfinished result" not in str(error):
                raise
        connection_of(self).abort()
        return method(self, *args, **kwargs)

    return call
