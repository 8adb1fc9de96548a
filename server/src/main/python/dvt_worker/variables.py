"""The local variables of a failing frame: short, bounded, nothing whose name looks secret.

No code of the model runs for it: only exact built-in types show their values, a frame its size and
columns, everything else its type.
"""

from __future__ import annotations

import datetime
import decimal
import pathlib
import re
import sys
import types
import uuid
from collections.abc import Iterable
from typing import Any

_MOST = 30
_LONGEST = 160
_ITEMS = 6
_COLUMNS = 12
_DEPTH = 2
_HIDDEN = "(hidden: its name looks secret)"
_SECRET = re.compile(r"password|passwd|passphrase|secret|token|credential|apikey|accesskey", re.I)
_SECRET_WORDS = frozenset(
    ["pass", "pwd", "auth", "authorization", "cookie", "cookies", "bearer", "private", "dsn", "key"]
)
# What a column is called, not what opens a door.
_PLAIN_KEYS = frozenset(
    ["unique", "primary", "foreign", "sort", "join", "group", "partition", "surrogate", "natural"]
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_IN_TEXT = re.compile(
    r"(://[^/\s:@]*:)[^/\s@]+(?=@)|(\b(?:bearer|basic)\s+)[^\s'\"]+", re.IGNORECASE
)
_PLAIN = (
    bool,
    float,
    complex,
    type(None),
    decimal.Decimal,
    uuid.UUID,
    datetime.date,
    datetime.datetime,
    datetime.time,
    datetime.timedelta,
    range,
)
_NO_NEWS = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


def lines(variables: dict[str, Any]) -> list[str]:
    """``name = value`` for each that tells something; what is imported or defined does not."""
    shown = []
    own = [(n, v) for n, v in variables.items() if not n.startswith(("__", "@", "."))]
    news = [(n, v) for n, v in own if not isinstance(v, _NO_NEWS) and not _is_given(v)]
    for name, value in news[:_MOST]:
        try:
            text = _HIDDEN if looks_secret(name) else _shown(value, 0)
        except Exception as broken:
            text = f"(cannot be shown: {type(broken).__name__})"
        shown.append(f"{name} = {_cut(text)}")
    if len(news) > _MOST:
        shown.append(f"… and {len(news) - _MOST} more")
    return shown


def _is_given(value: Any) -> bool:
    """``dbt`` and ``session`` are the same in every model."""
    kind = type(value)
    return kind.__module__ == "dvt_worker.context" or kind.__name__ == "DuckDBPyConnection"


def looks_secret(name: str) -> bool:
    words = _CAMEL.sub("_", name).lower().split("_")
    if words[-1] == "key" and _PLAIN_KEYS.intersection(words):
        return False
    return bool(_SECRET.search(name) or _SECRET_WORDS.intersection(words))


def _shown(value: Any, depth: int) -> str:
    kind = type(value)
    if kind is int:
        bits = value.bit_length()
        return repr(value) if bits < 256 else f"int of {bits:,} bits"
    if kind in _PLAIN:
        return repr(value)
    if kind is str:
        return _text(value)
    if kind in (bytes, bytearray, memoryview):
        return f"{kind.__name__} of {len(value):,}"
    if kind in (list, tuple, set, frozenset, dict):
        return _collection(value, kind, depth)
    if isinstance(value, pathlib.PurePath):
        return repr(str(value))
    if isinstance(value, BaseException):
        return _name(kind)
    return _frame(value, kind) or _name(kind)


def _text(value: str) -> str:
    short = value[: 2 * _LONGEST]
    shown = repr(_IN_TEXT.sub(r"\1\2***", short)[:_LONGEST])
    return shown if len(value) <= _LONGEST else f"{shown}… ({len(value):,} characters)"


def _collection(value: Any, kind: type, depth: int) -> str:
    size = len(value)
    if size == 0:
        return repr(value)
    if depth >= _DEPTH:
        return f"{kind.__name__} of {size:,}"
    items: Iterable[str]
    if kind is dict:
        first = [item for _, item in zip(range(_ITEMS), list(value.items()))]
        items = (f"{_shown(k, _DEPTH)}: {_entry(k, v, depth)}" for k, v in first)
    else:
        items = (_shown(item, depth + 1) for _, item in zip(range(_ITEMS), value))
    more = ", …" if size > _ITEMS else ""
    return f"{kind.__name__} of {size:,}: {', '.join(items)}{more}"


def _entry(key: Any, value: Any, depth: int) -> str:
    secret = type(key) is str and looks_secret(key)
    return "(hidden)" if secret else _shown(value, depth + 1)


def _frame(value: Any, kind: type) -> str | None:
    """Type and shape of what holds rows: never its values."""
    top = (kind.__module__ or "").split(".")[0]
    if top not in ("pandas", "polars", "pyarrow", "numpy", "duckdb", "_duckdb"):
        return None
    name = _name(kind)
    if kind.__name__ == "DuckDBPyRelation":
        return f"DuckDB relation with {_columns(list(value.columns), list(value.types))}"
    columns = _schema(value, kind, top)
    if columns is not None:
        rows = value.shape[0] if hasattr(value, "shape") else None
        size = "" if rows is None else f", {rows:,} rows"
        return f"{name}{size}, {_columns(*columns)}"
    kind_of_items = getattr(value, "dtype", getattr(value, "type", None))
    shape = getattr(value, "shape", None)
    size = f", shape {shape}" if isinstance(shape, tuple) and shape else ""
    return f"{name} of {kind_of_items}{size}" if kind_of_items is not None else name


def _schema(value: Any, kind: type, top: str) -> tuple[list[Any], list[Any]] | None:
    if top == "pandas" and kind.__name__ == "DataFrame":
        return list(value.columns), list(value.dtypes)
    if top == "polars" and kind.__name__ == "DataFrame":
        return list(value.columns), list(value.dtypes)
    if top == "pyarrow" and kind.__name__ in ("Table", "RecordBatch"):
        return list(value.schema.names), list(value.schema.types)
    return None


def _columns(names: list[Any], kinds: list[Any]) -> str:
    shown = ", ".join(f"{n} {k}" for n, k in zip(names[:_COLUMNS], kinds))
    more = ", …" if len(names) > _COLUMNS else ""
    count = "1 column" if len(names) == 1 else f"{len(names):,} columns"
    return f"{count}: {shown}{more}" if names else "no columns"


def _name(kind: type) -> str:
    module = kind.__module__ or ""
    if module == "builtins" or module not in sys.modules:
        return f"<{kind.__qualname__}>"
    return f"<{module.split('.')[0]}.{kind.__qualname__}>"


def _cut(text: str) -> str:
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\n", " ")
    return text if len(text) <= 2 * _LONGEST else text[: 2 * _LONGEST] + "…"
