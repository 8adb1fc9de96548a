"""Opens database files, and quotes names."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOADS = "_dvt_loads"


class Refused(Exception):
    """What SQLite or this program refuses; the message is for the user."""


@contextlib.contextmanager
def opened(request: dict[str, Any], create: bool = False) -> Iterator[sqlite3.Connection]:
    """The connection that a request is about; SQLite's errors come out as refusals.

    A file that is made here is in WAL mode, in which readers never wait for a writer. One that
    exists keeps its mode.
    """
    path = Path(request["database"])
    new = not path.exists() or path.stat().st_size == 0
    uri = path.as_uri() + ("?mode=rwc" if create else "?mode=rw")
    try:
        connection = sqlite3.connect(
            uri,
            uri=True,
            timeout=request["wait"],
            isolation_level=None,
            cached_statements=0,  # a cached "explain" does not notice that the schema changed
        )
        try:
            connection.text_factory = _text
            connection.execute("pragma temp_store = file")
            if create and new:
                _wal(connection)
            yield connection
        finally:
            connection.close()
    except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
        raise Refused(f"SQLite: {error}") from error


def _wal(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("pragma journal_mode = wal")
    except sqlite3.OperationalError:
        pass  # another run is making the same file: its mode counts


def _text(raw: bytes) -> Any:
    """Text that is no UTF-8 comes out as the bytes that it is."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def names(all_of: list[str]) -> str:
    return ", ".join(quoted(name) for name in all_of)


def table(name: str) -> str:
    return f"main.{quoted(name)}"


def lower(name: str) -> str:
    """As SQLite compares names: only the letters of ASCII know capitals."""
    return "".join(c.lower() if c.isascii() else c for c in name)
