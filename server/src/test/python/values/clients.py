"""Tables read by each database's own client: no part of what is tested."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from typing import Any, NamedTuple

from canon import from_json


class Column(NamedTuple):
    type: str
    values: list[Any]


def read(connection: dict[str, Any], table: str) -> dict[str, Column]:
    """Columns by name, their rows ordered by the column ``row``."""
    return _CLIENTS[connection["type"]](connection, table)


def _duckdb(connection: dict[str, Any], table: str) -> dict[str, Column]:
    import duckdb

    with duckdb.connect(connection["path"], read_only=True) as database:
        database.execute("set timezone = 'UTC'")
        described = database.execute(f'describe "main"."{table}"').fetchall()
        types = {name: kind for name, kind, *_ in described}
        items = [_span(_quoted(n)) if t == "INTERVAL" else _quoted(n) for n, t in types.items()]
        rows = database.execute(f'select {", ".join(items)} from "main"."{table}" order by row')
        return _columns(types, rows.fetchall())


def spanned(types: dict[str, str], relation: Any) -> dict[str, list[Any]]:
    """Values of a DuckDB relation, ordered as the clients order theirs."""
    items = [_span(_quoted(n)) if t == "INTERVAL" else _quoted(n) for n, t in types.items()]
    rows = relation.order("row").project(", ".join(items)).fetchall()
    return {name: column.values for name, column in _columns(types, rows).items()}


def _span(name: str) -> str:
    """Months, days and microseconds, which Python's own interval cannot keep apart."""
    fields = {
        unit: f"cast(date_part('{unit}', {name}) as bigint)"
        for unit in ("year", "month", "day", "hour", "minute")
    }
    micros = (
        f"({fields['hour']} * 3600 + {fields['minute']} * 60) * 1000000"
        f" + cast(date_part('microsecond', {name}) as bigint)"
    )
    months = f"{fields['year']} * 12 + {fields['month']}"
    text = f"'span|' || ({months}) || '|' || {fields['day']} || '|' || ({micros})"
    return f"{text} as {name}"


def _postgres(connection: dict[str, Any], table: str) -> dict[str, Column]:
    import psycopg
    from psycopg.types.json import set_json_loads

    set_json_loads(from_json)
    with psycopg.connect(
        host=connection["host"],
        port=connection["port"],
        user=connection["user"],
        password=connection["password"],
        dbname=connection["dbname"],
    ) as database:
        database.execute("set timezone = 'UTC'")
        described = database.execute(
            "select attname, format_type(atttypid, atttypmod) from pg_attribute"
            " where attrelid = %s::regclass and attnum > 0 and not attisdropped order by attnum",
            [f'public."{table}"'],
        ).fetchall()
        types = dict(described)
        items = [_postgres_item(_quoted(n), t) for n, t in types.items()]
        query = f'select {", ".join(items)} from public."{table}" order by row'
        return _columns(types, database.execute(query).fetchall())


def _postgres_item(name: str, kind: str) -> str:
    if kind == "real":  # psycopg gets its shortest text, which is another double
        return f"cast({name} as double precision)"
    return _span(name) if kind == "interval" else name


def _mysql(connection: dict[str, Any], table: str) -> dict[str, Column]:
    import pymysql

    with (
        pymysql.connect(
            host=connection.get("host") or connection["server"],
            port=connection["port"],
            user=connection.get("user") or connection["username"],
            password=connection["password"].encode(),
            database=connection["schema"],
            charset="utf8mb4",
        ) as database,
        database.cursor() as cursor,
    ):
        cursor.execute(
            "select column_name, column_type from information_schema.columns where table_schema"
            " = %s and table_name = %s order by ordinal_position",
            [connection["schema"], table],
        )
        types = dict(cursor.fetchall())
        items = [_mysql_item("`" + n.replace("`", "``") + "`", t) for n, t in types.items()]
        cursor.execute(f"select {', '.join(items)} from `{table}` order by `row`")
        columns = _columns(types, cursor.fetchall())
        for name, (kind, values) in columns.items():
            if kind.startswith("time("):
                columns[name] = Column(kind, [_clock(value) for value in values])
        return columns


def _mysql_item(name: str, kind: str) -> str:
    return f"{name} + 0e0" if kind == "float" else name  # six digits are sent of a float


def _clock(value: Any) -> Any:
    """PyMySQL gives the time since midnight."""
    return None if value is None else (dt.datetime.min + value).time()


def _sqlite(connection: dict[str, Any], table: str) -> dict[str, Column]:
    database = sqlite3.connect(f"file:{connection['path']}?mode=ro", uri=True)
    try:
        described = database.execute(f'pragma table_info("{table}")').fetchall()
        types = {name: kind for _, name, kind, *_ in described}
        rows = database.execute(f'select * from "{table}" order by row').fetchall()
        columns = _columns(types, rows)
        for name, (kind, values) in columns.items():
            if kind == "INTERVAL":
                columns[name] = Column(kind, list(map(span_from_text, values)))
        return columns
    finally:
        database.close()


def _columns(types: dict[str, str], rows: Any) -> dict[str, Column]:
    columns = zip(*rows) if rows else ([] for _ in types)
    return {
        name: Column(kind, [_unspanned(value) for value in values])
        for (name, kind), values in zip(types.items(), columns)
    }


def _unspanned(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("span|"):
        return ("span", *map(int, value.split("|")[1:]))
    return value


_SPAN = re.compile(
    r"(?:(\d+) years? ?)?(?:(\d+) months? ?)?(?:(\d+) days? ?)?(?:(\d+):(\d+):(\d+)(?:\.(\d+))?)?"
)


def span_from_text(value: Any) -> Any:
    """An interval as its text says it."""
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return value
    years, months, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:6])
    micros = int((found[7] or "").ljust(6, "0"))
    micros += ((hours * 60 + minutes) * 60 + seconds) * 1_000_000
    return ("span", years * 12 + months, days, micros)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_CLIENTS = {
    "duckdb": _duckdb,
    "postgres": _postgres,
    "mysql": _mysql,
    "mariadb": _mysql,
    "sqlite": _sqlite,
}
