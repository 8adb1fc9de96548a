"""Columns of lists and dicts: a DuckDB list or struct where all values agree, else JSON."""

from __future__ import annotations

import json
from typing import Any

from dvt_worker import objects

_MOST_FIELDS = 500


class _Disagree(Exception):
    """The values have no common nested type; ``why`` completes "its values ..."."""


def typed(values: list[Any]) -> objects.Typed:
    """Missing values are ``None`` already."""
    plain = [None if v is None else _plain(v) for v in values]
    try:
        kind = _union(plain)
        if kind is None:
            return as_json(plain, "empty dicts")
        filled = [_filled(v, kind) for v in plain]
        return objects.Typed(filled, None, _sql(kind))
    except _Disagree as why:
        return as_json(plain, str(why))


def as_json(values: list[Any], why: str) -> objects.Typed:
    """As JSON text, which keeps values that no common type fits."""
    plain = [None if v is None else _plain(v) for v in values]
    text = [None if v is None else json.dumps(_jsonable(v), ensure_ascii=False) for v in plain]
    return objects.Typed(text, None, "JSON", f"It is stored as JSON, as it holds {why}.")


def _plain(value: Any) -> Any:
    """Python's own lists and dicts all the way down, missing values as None."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if hasattr(value, "tolist") and type(value).__name__ == "ndarray":
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if objects.is_missing_scalar(value):
        return None
    if hasattr(value, "item") and type(value).__module__ == "numpy":
        return value.item()
    if hasattr(value, "to_pydatetime"):
        return value.to_pydatetime(warn=False)
    return value


def _union(values: list[Any]) -> Any | None:
    """The common type: a name, ``[inner]`` or ``{field: type}``; ``None``: only missing values."""
    found: Any | None = None
    seen: set = set()
    for value in values:
        if value is None:
            continue
        kind = objects.kind_of(value)
        seen.add(kind)
        if len(seen) > 1 and not seen <= {"int", "float"}:
            raise _Disagree("values of different types inside: " + " and ".join(sorted(seen)))
    if not seen:
        return None
    if seen == {"list"}:
        return [_union([item for value in values if value is not None for item in value])]
    if seen == {"dict"}:
        return _fields([value for value in values if value is not None])
    found = "float" if "float" in seen else next(iter(seen))
    if found == "int" and any(v is not None and not -(2**63) <= v < 2**63 for v in values):
        raise _Disagree("integers beyond 64 bits inside")
    if found in ("other", "decimal"):
        raise _Disagree(f"values inside that have no list or struct type ({found})")
    return found


def _fields(values: list[dict[str, Any]]) -> dict[str, Any] | None:
    names: dict[str, None] = {}
    for value in values:
        names.update(dict.fromkeys(value))
    if not names:
        return None
    if len(names) > _MOST_FIELDS:
        raise _Disagree(f"dicts with {len(names):,} different keys")
    if len({name.lower() for name in names}) < len(names) or "" in names:
        raise _Disagree("dicts with keys that differ by case only or are empty")
    fields = {}
    for name in names:
        inner = [value.get(name) for value in values]
        kind = _union(inner)
        if kind is None and any(v is not None for v in inner):
            raise _Disagree("empty dicts inside")
        fields[name] = kind
    return fields


def _filled(value: Any, kind: Any) -> Any:
    """Every dict with every field, so that DuckDB sees one struct and not a map."""
    if value is None:
        return None
    if isinstance(kind, dict):
        return {name: _filled(value.get(name), inner) for name, inner in kind.items()}
    if isinstance(kind, list):
        return [_filled(item, kind[0]) for item in value]
    return float(value) if kind == "float" else value


_SQL = {
    "str": "VARCHAR",
    "bool": "BOOLEAN",
    "int": "BIGINT",
    "float": "DOUBLE",
    "naive": "TIMESTAMP",
    "aware": "TIMESTAMPTZ",
    "date": "DATE",
    "time": "TIME",
    "timedelta": "INTERVAL",
    "bytes": "BLOB",
    "uuid": "UUID",
    None: "VARCHAR",
}


def _sql(kind: Any) -> str:
    if isinstance(kind, dict):
        fields = ('"' + n.replace('"', '""') + '" ' + _sql(inner) for n, inner in kind.items())
        return f"STRUCT({', '.join(fields)})"
    if isinstance(kind, list):
        return _sql(kind[0]) + "[]"
    return _SQL[kind]


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _jsonable(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_jsonable(v) for v in value]
    kind = objects.kind_of(value) if value is not None else "str"
    if kind in ("str", "bool", "int", "float") or value is None:
        return value
    if kind in ("naive", "aware", "date", "time"):
        return value.isoformat()
    if kind in ("uuid", "decimal", "timedelta"):
        return str(value)
    raise objects.Mixed(
        f"holds a nested {type(value).__name__}, which JSON cannot hold. Turn it into text first"
    )
