"""Rows of a database file as CSV whose cells say how SQLite stored the value.

A cell is empty for NULL, else a letter and the value's text: ``i`` integer, ``r`` real, ``t``
text, ``h`` text as hex where it has control characters, ``b`` bytes as hex.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import catalog
from files import opened, table

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufeff]")
_LETTERS = {int: "i", float: "r", str: "t", bytes: "b"}
_FOLD = 1000


def extracted(request: dict[str, Any]) -> dict[str, Any]:
    """Writes ``csv``; tells rows and, for each column, its declared type and stored kinds."""
    with opened(request) as connection:
        connection.execute("begin")
        if "relation" in request:
            if catalog.kind(connection, request["relation"]) is None:
                return {"missing": True}
            sql = f"select * from {table(request['relation'])}"
        else:
            sql = request["sql"]
        declared = of_query(connection, sql)
        seen = _Kinds(len(declared))
        with open(request["csv"], "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([f"c{i}" for i in range(len(declared) + 1)])
            writer.writerows(_cells(connection, seen))
        return {
            "rows": seen.rows,
            "columns": [
                {"name": column[0], "type": column[1], "kinds": kinds}
                for column, kinds in zip(declared, seen.letters())
            ],
        }


def of_query(connection: sqlite3.Connection, sql: str) -> list[list[str]]:
    """Makes the query the temporary view ``_dvt_query``, which knows its declared types."""
    connection.execute(f"create temp view _dvt_query as select * from (\n{sql}\n)")
    return catalog.columns(connection, "_dvt_query", "temp")


def _cells(connection: sqlite3.Connection, seen: _Kinds) -> Iterator[list[str]]:
    for row in connection.execute("select * from temp._dvt_query"):
        seen.add(row)
        yield ["r", *map(_cell, row)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        if value.isprintable() or not _UNSAFE.search(value):
            return "t" + value
        return "h" + value.encode().hex()
    if isinstance(value, float):
        return "r" + repr(value)
    return "b" + value.hex() if isinstance(value, bytes) else f"i{value}"


class _Kinds:
    """How the values of each column are stored; rows of the same kinds count once."""

    def __init__(self, width: int) -> None:
        self.rows = 0
        self._columns: list[set[type]] = [set() for _ in range(width)]
        self._rows: set[tuple[type, ...]] = set()

    def add(self, row: tuple[Any, ...]) -> None:
        self.rows += 1
        self._rows.add(tuple(map(type, row)))
        if len(self._rows) > _FOLD:
            self._fold()

    def _fold(self) -> None:
        for row in self._rows:
            for column, kind in zip(self._columns, row):
                column.add(kind)
        self._rows.clear()

    def letters(self) -> list[str]:
        self._fold()
        return ["".join(sorted(_LETTERS.get(k, "") for k in column)) for column in self._columns]
