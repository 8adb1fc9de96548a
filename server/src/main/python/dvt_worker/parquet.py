"""Writes a source as one Parquet file, by DuckDB, in types that survive the file."""

from __future__ import annotations

import os
from typing import Any, Callable, NamedTuple

from dvt_worker import relations
from dvt_worker.returned import Source
from dvt_worker.session import quoted

# DuckDB's types that its Parquet writer would change in silence, and what keeps the value.
_STORED = {
    "hugeint": "DECIMAL(38,0)",
    "uhugeint": "DECIMAL(38,0)",
    "timestamp_ns": "TIMESTAMP",
    "timestamp_s": "TIMESTAMP",
    "timestamp_ms": "TIMESTAMP",
    "time_ns": "TIME",
    "enum": "VARCHAR",
    "bit": "VARCHAR",
    "bignum": "VARCHAR",
    "varint": "VARCHAR",
    "union": "JSON",
    "variant": "JSON",
    '"null"': "VARCHAR",
    "null": "VARCHAR",
    "sqlnull": "VARCHAR",
}


class _Check(NamedTuple):
    """A loss that storing the column would mean, noticed by ``expression`` being true.

    ``text``: the column is stored as text then, which loses nothing; it is cut where there is none.
    """

    column: str
    expression: str
    message: str
    text: str | None = None


def write(
    source: Source, file: str, own: Any, previous: dict[str, str], warn: Callable[[str], None]
) -> None:
    """``previous``: types of the model's earlier result, for columns that have none."""
    types = dict(zip(source.columns, source.relation.types))
    selected = {n: _selected(source, n, types[n], previous) for n in source.columns}
    checks = [c for n in source.columns for c in [_check(n, types[n], source.casts.get(n))] if c]
    if not checks:
        _copy(source.relation.project(", ".join(selected.values())), file)
        return
    if source.rescannable:
        found = _found(source.relation.aggregate(_any(c.expression for c in checks)), checks, warn)
        for check in found:
            selected[check.column] = check.text or selected[check.column]
        _copy(source.relation.project(", ".join(selected.values())), file)
        return
    # A stream can be read once: carry the checks along, then leave them out.
    marks = [f"dvt check {i}" for i in range(len(checks))]
    extra = [f"({c.expression}) as {quoted(m)}" for c, m in zip(checks, marks)]
    selected.update({c.column: c.text for c in checks if c.text})
    raw = file + ".checked"
    try:
        _copy(source.relation.project(", ".join([*selected.values(), *extra])), raw)
        scanned = own.read_parquet(raw)
        found = _found(scanned.aggregate(_any(quoted(mark) for mark in marks)), checks, warn)
        kept = {name: quoted(name) for name in source.columns}
        for check in checks:
            if check.text and check not in found:
                column = quoted(check.column)
                kept[check.column] = f"cast({column} as INTERVAL) as {column}"
        _copy(scanned.project(", ".join(kept.values())), file)
    finally:
        if os.path.exists(raw):
            os.remove(raw)


def rows(own: Any, file: str) -> int:
    return int(own.read_parquet(file).aggregate("count(*)").fetchall()[0][0])


def columns(own: Any, file: str) -> list[dict[str, str]]:
    """Names and types as any DuckDB will see them in the file."""
    relation = own.read_parquet(file)
    return [{"name": n, "type": str(t)} for n, t in zip(relation.columns, relation.types)]


def stored_type(kind: Any) -> str | None:
    """The type to cast to before writing; ``None``: the file keeps it as it is."""
    own = _STORED.get(kind.id)
    if own is not None:
        return own
    if kind.id not in ("list", "array", "struct", "map"):
        return None
    children = dict(kind.children)
    if kind.id in ("list", "array"):
        inner = stored_type(children["child"])
        return f"{inner}[]" if inner else None
    changed = {name: stored_type(child) for name, child in children.items()}
    if not any(changed.values()):
        return None
    kept = {name: changed[name] or str(child) for name, child in children.items()}
    if kind.id == "map":
        return f"MAP({kept['key']}, {kept['value']})"
    return "STRUCT(" + ", ".join(f"{quoted(n)} {t}" for n, t in kept.items()) + ")"


def _selected(source: Source, name: str, kind: Any, previous: dict[str, str]) -> str:
    column = quoted(name)
    given = source.casts.get(name)
    if name in source.nulls:
        return f"cast({column} as {previous.get(name.lower(), 'VARCHAR')}) as {column}"
    if given is not None:
        return f"{given.format(column)} as {column}"
    if kind.id == "timestamp_ns":  # DuckDB 1 cuts, 2 rounds
        micros = f"make_timestamp(epoch_ns({column}) // 1000)"
        plain = f"cast({column} as TIMESTAMP)"
        return f"case when isfinite({column}) then {micros} else {plain} end as {column}"
    cast = stored_type(kind)
    return f"cast({column} as {cast}) as {column}" if cast else column


def _check(name: str, kind: Any, cast: str | None) -> _Check | None:
    column = cast.format(quoted(name)) if cast else quoted(name)
    if kind.id == "interval" or (cast or "").startswith("to_microseconds"):
        text = f"cast({column} as VARCHAR)"
        return _Check(
            name,
            f"contains({text}, '-') or extract('microsecond' from {column}) % 1000 <> 0",
            f"The intervals of column {name!r} are stored as text: Parquet holds neither negative"
            " ones nor microseconds.",
            f"{text} as {quoted(name)}",
        )
    if cast is None and kind.id in ("timestamp_ns", "time_ns"):
        return _Check(
            name,
            f"epoch_ns({column}) % 1000 <> 0",
            f"The times of column {name!r} were cut to microseconds: databases hold no finer ones.",
        )
    return None


def _any(expressions: Any) -> str:
    return ", ".join(f"coalesce(bool_or({e}), false)" for e in expressions)


def _found(aggregated: Any, checks: list[_Check], warn: Callable[[str], None]) -> list[_Check]:
    """Those that are true of some row; each is told."""
    found = [check for yes, check in zip(aggregated.fetchall()[0], checks) if yes]
    for check in found:
        warn(check.message)
    return found


def _copy(relation: Any, file: str) -> None:
    relations.unlocked(relation, "write_parquet")(file)
