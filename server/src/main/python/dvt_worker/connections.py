"""In-memory DuckDB connections, opened ahead while a worker waits: each takes some milliseconds."""

from __future__ import annotations

from typing import Any

_spare: list[Any] = []


def open_ahead() -> None:
    _spare.append(_connect())


def take() -> Any:
    """A database of its own, shared with nobody."""
    return _spare.pop() if _spare else _connect()


def _connect() -> Any:
    import duckdb

    return duckdb.connect(":memory:")
