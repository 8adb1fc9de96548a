"""Puts rows into a table: a temporary table first, then one transaction."""

from __future__ import annotations

import contextlib
import csv
import sqlite3
import uuid
from collections.abc import Iterator
from typing import Any, Callable

import catalog
from files import LOADS, Refused, lower, names, opened, quoted, table

STAGE = "temp._dvt_stage"


def loaded(request: dict[str, Any]) -> dict[str, Any]:
    """Rows of the file ``csv`` (cells as Carrier writes them) go into the table."""
    with opened(request, create=True) as connection:
        _stage(connection, request["columns"])
        width = len(request["columns"])
        marks = ", ".join("?" * width)
        csv.field_size_limit(2**31 - 1)
        with open(request["csv"], encoding="utf-8", newline="") as file:
            connection.execute("begin")
            connection.executemany(
                f"insert into {STAGE} values ({marks})", _rows(file, request["columns"])
            )
            connection.execute("commit")
        return apply(connection, request)


def _stage(connection: sqlite3.Connection, columns: list[dict[str, str]]) -> None:
    """Temporary tables live in a file of this connection alone, gone with it."""
    connection.execute("pragma temp.journal_mode = off")
    connection.execute("pragma temp.synchronous = off")
    fields = ", ".join(f"{quoted(c['name'])} {c['type']}" for c in columns)
    connection.execute(f"create temp table _dvt_stage ({fields})")


def _rows(file: Any, columns: list[dict[str, str]]) -> Iterator[list[Any]]:
    converters = [_CONVERTERS[column["kind"]] for column in columns]
    reader = csv.reader(file)
    next(reader)
    for row in reader:
        del row[0]
        yield [f(cell) if cell else None for f, cell in zip(converters, row)]


def _text(cell: str) -> str:
    return cell[1:] if cell[0] == "=" else bytes.fromhex(cell[1:]).decode()


_CONVERTERS: dict[str, Callable[[str], Any]] = {
    "text": _text,
    "integer": lambda cell: int(cell[1:]),
    "real": lambda cell: float(cell[1:]),
    "boolean": lambda cell: int(cell == "=true"),
    "bytes": lambda cell: bytes.fromhex(cell[1:]),
}


def apply(connection: sqlite3.Connection, request: dict[str, Any]) -> dict[str, Any]:
    """Applies what is staged: all of it, or nothing."""
    with transaction(connection):
        return {"applied": apply_inside(connection, request)}


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Takes the file's only place for a writer at once; nobody else writes until its end."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def apply_inside(connection: sqlite3.Connection, request: dict[str, Any]) -> bool:
    """False: this load was applied before."""
    if is_applied(connection, request):
        return False
    if "onto" in request and request["onto"] != (
        catalog.last_load(connection, request["relation"]) or ""
    ):
        raise Refused(request["overtaken"])
    _apply(connection, request)
    _remember(connection, request)
    return True


def _apply(connection: sqlite3.Connection, request: dict[str, Any]) -> None:
    name, how = request["relation"], request["how"]
    found = catalog.kind(connection, name)
    there = catalog.columns(connection, name) if found else None
    if there != request.get("there"):
        raise Refused(
            f"The columns of main.{name} changed while the load was being prepared; nothing was"
            " loaded. Run it again."
        )
    before = catalog.working(connection, name)
    others = _indexes_and_triggers(connection, name) if how == "rebuild" else []
    if how == "instead":
        connection.execute(f"drop view {table(name)}")
    if how == "rebuild":
        connection.execute(f"drop table {table(name)}")
    if how in ("create", "instead", "rebuild"):
        tag = str(uuid.uuid4())
        connection.execute(catalog.definition(name, request["definition"], tag))
    if how == "empty":
        connection.execute(f"delete from {table(name)}")
    for column, type_ in request.get("add", []):
        connection.execute(f"alter table {table(name)} add column {quoted(column)} {type_}")
    if how == "upsert":
        keys = names(request["keys"])  # may use an index; then exact, whatever the collation is
        exact = ", ".join(f"{quoted(key)} collate binary" for key in request["keys"])
        connection.execute(
            f"delete from {table(name)} where ({keys}) in (select {keys} from {STAGE})"
            f" and ({exact}) in (select {keys} from {STAGE})"
        )
    into = names([column["name"] for column in request["columns"]])
    connection.execute(f"insert into {table(name)} ({into}) select {into} from {STAGE}")
    for kind, other, sql in others:
        _make_again(connection, name, kind, other, sql)
    refuse_broken(connection, name, before)


def refuse_broken(connection: sqlite3.Connection, name: str, before: list[str]) -> None:
    """Views that worked before and do not now."""
    for view in before:
        if not catalog.works(connection, view):
            raise Refused(
                f"The columns of main.{name} changed and main.{view} reads it; nothing was loaded."
                " Drop that view first, or keep the columns."
            )


def _indexes_and_triggers(connection: sqlite3.Connection, name: str) -> list[tuple[str, str, str]]:
    return [
        (kind, other, sql)
        for kind, other, on, sql in connection.execute(
            "select type, name, tbl_name, sql from sqlite_master"
            " where type in ('index', 'trigger') and sql is not null"
        )
        if lower(on) == lower(name) and not other.startswith(catalog.MARK)
    ]


def _make_again(connection: sqlite3.Connection, name: str, kind: str, other: str, sql: str) -> None:
    try:
        connection.execute(sql)
    except sqlite3.Error as error:
        raise Refused(
            f"The columns of main.{name} changed and the {kind} {other} on it cannot be made again"
            f" ({error}); nothing was loaded. Drop that {kind} first, or keep the columns."
        ) from error


def is_applied(connection: sqlite3.Connection, request: dict[str, Any]) -> bool:
    return bool(
        request["remembered"]
        and catalog.kind(connection, LOADS) == "table"
        and connection.execute(
            f"select 1 from {table(LOADS)} where load_id = ?", (request["loadId"],)
        ).fetchone()
    )


def _remember(connection: sqlite3.Connection, request: dict[str, Any]) -> None:
    """The load's id, or that the rows are of a load which nobody remembers."""
    relation = lower(request["relation"])
    loads = table(LOADS)
    if not request["remembered"]:
        if catalog.kind(connection, LOADS) == "table":
            connection.execute(
                f"update {loads} set table_id = null where relation = ?", (relation,)
            )
        return
    connection.execute(
        f"create table if not exists {loads} (load_nr integer primary key, load_id text not null"
        " unique, relation text not null, table_id text,"
        " loaded_at timestamp not null default current_timestamp)"
    )
    tag = catalog.identity(connection, relation) or catalog.mark(connection, relation)
    connection.execute(
        f"insert into {loads} (load_id, relation, table_id) values (?, ?, ?)",
        (request["loadId"], relation, tag),
    )
    connection.execute(
        f"delete from {loads} where relation = ? and load_nr <= (select load_nr from {loads}"
        " where relation = ? order by load_nr desc limit 1 offset ?)",
        (relation, relation, request["keptLoads"]),
    )
