"""What a database file says of a relation."""

from __future__ import annotations

import re
import sqlite3
import uuid
from typing import Any

from files import LOADS, lower, opened, quoted, table

# Stands inside the CREATE TABLE that made a table, and goes when somebody makes it again.
_TAG = re.compile(r"/\* dvt ([0-9a-f-]+) \*/")

# Begins the name of a trigger on a table that somebody else made, for the same reason.
MARK = "_dvt_mark_"


def described(request: dict[str, Any]) -> dict[str, Any]:
    """Kind ("table", "view", or none), columns, views that read them, the last load."""
    with opened(request) as connection:
        connection.execute("begin")
        name = request["relation"]
        found = kind(connection, name)
        return {
            "kind": found,
            "columns": columns(connection, name) if found else [],
            "readers": readers(connection, name) if found else {},
            "loadId": last_load(connection, name) if found == "table" else None,
            "made": found == "table" and made_by_us(connection, name) is not None,
        }


def kind(connection: sqlite3.Connection, name: str) -> str | None:
    for found, other in connection.execute(
        "select type, name from sqlite_master where type in ('table', 'view')"
    ):
        if lower(other) == lower(name):
            return str(found)
    return None


def columns(connection: sqlite3.Connection, name: str, schema: str = "main") -> list[list[str]]:
    """Names and declared types; columns that SQLite computes are among them."""
    pragma = f"pragma {schema}.table_xinfo({quoted(name)})"
    return [[row[1], row[2]] for row in connection.execute(pragma) if row[6] != 1]


def views(connection: sqlite3.Connection) -> list[str]:
    return [
        row[0] for row in connection.execute("select name from sqlite_master where type='view'")
    ]


def readers(connection: sqlite3.Connection, name: str) -> dict[str, list[str]]:
    """Views that read the table, and which of its columns; SQLite tells when it prepares them."""
    found: dict[str, list[str]] = {}
    for view in views(connection):
        if lower(view) == lower(name):
            continue
        read: set[str] = set()

        def authorize(  # the arguments are SQLite's
            action: int, one: Any, two: Any, _schema: Any, _inner: Any, read: set[str] = read
        ) -> int:
            if action == sqlite3.SQLITE_READ and one and lower(one) == lower(name):
                read.add(two or "")
            return sqlite3.SQLITE_OK

        connection.set_authorizer(authorize)
        try:
            if works(connection, view) and read:
                found[view] = sorted(read)
        finally:
            connection.set_authorizer(None)
    return found


def works(connection: sqlite3.Connection, view: str) -> bool:
    try:
        connection.execute(f"explain select * from {table(view)}")  # prepared, not run
        return True
    except sqlite3.Error:
        return False


def working(connection: sqlite3.Connection, name: str) -> list[str]:
    """The other views that can be read now."""
    return [
        view for view in views(connection) if lower(view) != lower(name) and works(connection, view)
    ]


def last_load(connection: sqlite3.Connection, name: str) -> str | None:
    """Of the rows that the table has; none when somebody made it again since."""
    tag = identity(connection, name)
    if tag is None or kind(connection, LOADS) != "table":
        return None
    row = connection.execute(
        f"select load_id, table_id from {table(LOADS)} where relation = ? order by load_nr desc",
        (lower(name),),
    ).fetchone()
    return row[0] if row and row[1] == tag else None


def made_by_us(connection: sqlite3.Connection, name: str) -> str | None:
    for sql, other in connection.execute(
        "select sql, name from sqlite_master where type = 'table'"
    ):
        if lower(other) == lower(name):
            tag = _TAG.search(sql or "")
            return tag.group(1) if tag else None
    return None


def identity(connection: sqlite3.Connection, name: str) -> str | None:
    """What tells the table from another of its name; none before it is marked."""
    return made_by_us(connection, name) or next(
        (
            trigger[len(MARK) :]
            for trigger, on in connection.execute(
                "select name, tbl_name from sqlite_master where type = 'trigger'"
            )
            if lower(on) == lower(name) and trigger.startswith(MARK)
        ),
        None,
    )


def mark(connection: sqlite3.Connection, name: str) -> str | None:
    """Gives a table that somebody else made an identity: a trigger goes with its table.

    It never does anything, and nothing that a load does would ask it.
    """
    tag = str(uuid.uuid4())
    try:
        connection.execute(
            f"create trigger {quoted(MARK + tag)} after update on {table(name)}"
            " when 0 begin select 1; end"
        )
    except sqlite3.OperationalError:
        return None  # a virtual table has no triggers
    return tag


def definition(name: str, declared: list[list[str]], tag: str) -> str:
    fields = ", ".join(f"{quoted(column)} {type_}".strip() for column, type_ in declared)
    return f"create table {table(name)} ({fields} /* dvt {tag} */)"
