"""Makes a view or a table of a query, without its rows leaving the file."""

from __future__ import annotations

import sqlite3
from typing import Any

import catalog
from applying import STAGE, apply_inside, is_applied, refuse_broken, transaction
from files import Refused, lower, names, opened, quoted, table
from reading import of_query

# Declared types whose values are text, though SQLite would take a number there.
_TEXTS = ("DATE", "TIME", "UUID", "INTERVAL", "JSON", "TEXT", "CHAR", "CLOB")
_CLASSES = {"integer": "INTEGER", "real": "DOUBLE", "text": "TEXT", "blob": "BLOB"}


def built(request: dict[str, Any]) -> dict[str, Any]:
    """``rows``: how many the query gave; none for a view or a load that was applied before."""
    with opened(request, create=True) as connection, transaction(connection):
        found = catalog.kind(connection, request["relation"])
        if request["how"] == "view":
            _view(connection, request, found)
            return {}
        return _table(connection, request, found)


def _view(connection: sqlite3.Connection, request: dict[str, Any], found: str | None) -> None:
    name, sql = request["relation"], request["sql"]
    of_query(connection, sql)
    if found == "table":
        _refuse_readers(connection, name, found)
    before = catalog.working(connection, name)
    if found:
        connection.execute(f"drop {found} {table(name)}")
    connection.execute(f"create view {table(name)} as\n{sql}\n")
    refuse_broken(connection, name, before)


def _table(
    connection: sqlite3.Connection, request: dict[str, Any], found: str | None
) -> dict[str, Any]:
    name, mode = request["relation"], request["how"]
    if is_applied(connection, request):
        return {}
    declared = of_query(connection, request["sql"])
    connection.execute(f"create temp table _dvt_stage ({names([c[0] for c in declared])})")
    rows = connection.execute(f"insert into {STAGE} select * from temp._dvt_query").rowcount
    if mode == "upsert":
        _check_keys(connection, request, declared)
    fresh = [[column, type_ or _by_values(connection, column)] for column, type_ in declared]
    request["columns"] = [{"name": column} for column, _ in fresh]
    request["definition"] = fresh
    if found is None:
        request["how"] = "create"
    elif found == "view":
        if mode != "replace":
            raise Refused(
                f"main.{name} is a view, not a table; nothing was loaded. Run with --full-refresh"
                " to replace it, or give the model another `alias`."
            )
        _refuse_readers(connection, name, found)
        request["how"] = "instead"
    else:
        _change(connection, request, fresh)
    if found:
        request["there"] = catalog.columns(connection, name)
    apply_inside(connection, request)
    return {"rows": rows}


def _change(
    connection: sqlite3.Connection, request: dict[str, Any], fresh: list[list[str]]
) -> None:
    """What becomes of a table that is there, or why it cannot be."""
    name, mode = request["relation"], request["how"]
    there = {lower(column): type_ for column, type_ in catalog.columns(connection, name)}
    new = {lower(column) for column, _ in fresh}
    readers = catalog.readers(connection, name)
    read = {lower(column) for columns in readers.values() for column in columns}
    ours = catalog.made_by_us(connection, name) is not None
    changes, rebuild = [], False
    for column, type_ in fresh:
        old = there.get(lower(column), type_)
        misfit = _misfit(connection, column, old)
        if misfit and mode != "replace":
            raise Refused(
                f"The column '{column}' of main.{name} is {old} and cannot take {misfit}; nothing"
                " was loaded. Convert it in the model, or rebuild the table with --full-refresh."
            )
        if misfit and lower(column) in read:
            changes.append(f"'{column}' became {type_ or 'of several types'}")
        rebuild |= bool(misfit) or (ours and lower(column) not in read and _differs(type_, old))
    gone = [column for column in there if column not in new] if mode == "replace" else []
    changes += [f"'{column}' is gone" for column in gone if column in read]
    if changes:
        views = ", ".join(f"main.{view}" for view in sorted(readers))
        raise Refused(
            f"The columns of main.{name} changed ({', '.join(changes)}) and {views} reads it;"
            " nothing was loaded. Drop that view first, or keep the columns."
        )
    if mode == "replace":
        request["how"] = "rebuild" if rebuild or gone else "empty"
    if request["how"] != "rebuild":
        request["add"] = [pair for pair in fresh if lower(pair[0]) not in there]


def _differs(new: str, old: str) -> bool:
    return bool(new) and new.upper() != old.upper()


def _by_values(connection: sqlite3.Connection, column: str) -> str:
    """The type of a computed column: none where its values are of several kinds, or NULL."""
    kinds = [
        row[0]
        for row in connection.execute(
            f"select distinct typeof({quoted(column)}) from {STAGE}"
            f" where {quoted(column)} is not null"
        )
    ]
    return _CLASSES[kinds[0]] if len(kinds) == 1 else ""


def _misfit(connection: sqlite3.Connection, column: str, declared: str) -> str | None:
    """A staged value that does not belong into a column of the type."""
    written, name = declared.upper(), quoted(column)
    if any(word in written for word in _TEXTS):
        wrong = f"typeof({name}) <> 'text'"
    elif "INT" in written or "BOOL" in written:
        wrong = (
            f"typeof({name}) not in ('integer', 'real')"
            f" or typeof({name}) = 'real' and {name} <> cast({name} as integer)"
        )
    elif any(word in written for word in ("REAL", "FLOA", "DOUB", "DEC", "NUMERIC")):
        wrong = f"typeof({name}) not in ('integer', 'real')"
    elif "BLOB" in written:
        wrong = f"typeof({name}) <> 'blob'"
    else:
        return None
    row = connection.execute(
        f"select {name}, typeof({name}) from {STAGE} where {name} is not null and ({wrong}) limit 1"
    ).fetchone()
    return f"'{str(row[0])[:40]}' ({row[1]})" if row else None


def _refuse_readers(connection: sqlite3.Connection, name: str, found: str) -> None:
    readers = sorted(catalog.readers(connection, name))
    if readers:
        views = ", ".join(f"main.{view}" for view in readers)
        raise Refused(
            f"main.{name} is a {found} that {views} reads; nothing was loaded. Drop that first, or"
            " give the model another `alias`."
        )


def _check_keys(
    connection: sqlite3.Connection, request: dict[str, Any], declared: list[list[str]]
) -> None:
    """A query has no last row: of two with one key none can be chosen."""
    keys, sentences = request["keys"], request["sentences"]
    for key in keys:
        if all(lower(column) != lower(key) for column, _ in declared):
            raise Refused(sentences["missing"][key])
        (empty,) = connection.execute(
            f"select count(*) from {STAGE} where {quoted(key)} is null"
        ).fetchone()
        if empty:
            raise Refused(sentences["null"][key].replace("\x01", str(empty)))
    twice = connection.execute(
        f"select count(*), {names(keys)} from {STAGE} group by {names(keys)}"
        " having count(*) > 1 limit 1"
    ).fetchone()
    if twice:
        example = ", ".join(f"{key} = {str(v)[:40]}" for key, v in zip(keys, twice[1:]))
        raise Refused(sentences["twice"].replace("\x01", str(twice[0])).replace("\x02", example))
