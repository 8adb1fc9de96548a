"""Columns of Python objects: one type for all values, or a refusal that names row and column.

DuckDB reads such a column by looking at some values; mixed ones become text in silence. Here all
values are looked at first.
"""

from __future__ import annotations

import datetime
import decimal
import itertools
import math
import numbers
import uuid
from typing import Any, Callable, NamedTuple

from dvt_worker import nested

_INT64 = (-(2**63), 2**63 - 1)
_UINT64 = 2**64 - 1


class Typed(NamedTuple):
    """Values that DuckDB converts rightly, ``dtype`` for pandas, and the type to cast to."""

    values: list[Any]
    dtype: str | None
    cast: str | None
    warning: str | None = None


class Mixed(Exception):
    """No single type fits; the text says which values, from the column's point of view."""


def typed(values: list[Any], is_missing: Callable[[Any], bool]) -> Typed | None:
    """The column as one type; ``None`` when it holds nothing but missing values."""
    if {str} <= set(map(type, values)) <= {str, type(None)}:
        return Typed(values, None, "VARCHAR")
    kinds = _kinds(values, is_missing)
    if not kinds:
        return None
    names = set(kinds)
    clean = (
        values if _only_none_missing(values, is_missing) else _none_for_missing(values, is_missing)
    )
    if names <= {"int", "float", "decimal"}:
        return _numbers(clean, kinds)
    if len(names) > 1:
        if names <= {"list", "dict"}:
            return nested.as_json(clean, "lists and dicts")
        raise Mixed(_mixture(values, kinds))
    (kind,) = names
    row, sample = kinds[kind]
    if kind == "str":
        exact = all(type(v) is str for v in clean if v is not None)
        return Typed(
            clean if exact else [v if v is None else str.__str__(v) for v in clean], None, "VARCHAR"
        )
    if kind == "bool":
        return Typed([v if v is None else bool(v) for v in clean], "boolean", "BOOLEAN")
    if kind in ("list", "dict"):
        return nested.typed(clean)
    if kind in ("naive", "aware"):
        return _times(clean, kind)
    simple = {"date": "DATE", "time": "TIME", "timedelta": "INTERVAL", "uuid": "UUID"}
    if kind in simple:
        return Typed(clean, None, simple[kind])
    if kind == "bytes":
        return Typed([v if v is None else bytes(v) for v in clean], None, "BLOB")
    raise Mixed(
        f"holds {_described(sample)} in row {row + 1}, which no database type can hold. Turn it"
        " into text, numbers or dicts first"
    )


def _kinds(values: list[Any], is_missing: Callable[[Any], bool]) -> dict[str, tuple[int, Any]]:
    """The kinds of values that occur, each with the row and value where it does first."""
    found: dict[str, tuple[int, Any]] = {}
    for kind in set(map(type, values)):
        rows = (row for row, value in enumerate(values) if type(value) is kind)
        # One Python type is one kind, but a missing value or a zone hides in some of its values.
        for row in itertools.islice(rows, 1) if kind in _STEADY else rows:
            value = values[row]
            if not is_missing(value):
                word = kind_of(value)
                if word not in found or row < found[word][0]:
                    found[word] = (row, value)
    return found


_STEADY = frozenset(
    {str, int, bool, bytes, list, dict, tuple, datetime.date, uuid.UUID, type(None)}
)


def kind_of(value: Any) -> str:
    """A word for what the value is to a database."""
    if isinstance(value, str):
        return "str"
    if isinstance(value, (bool,)) or type(value).__name__ in ("bool_", "bool"):
        return "bool"
    if isinstance(value, decimal.Decimal):
        return "decimal"
    if isinstance(value, numbers.Integral):
        return "int"
    if isinstance(value, numbers.Real):
        return "float"
    if isinstance(value, datetime.datetime):
        return "naive" if value.tzinfo is None else "aware"
    if isinstance(value, datetime.date):
        return "date"
    if isinstance(value, datetime.time):
        return "time"
    if isinstance(value, datetime.timedelta):
        return "timedelta"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "bytes"
    if isinstance(value, uuid.UUID):
        return "uuid"
    if isinstance(value, (list, tuple)) or type(value).__name__ == "ndarray":
        return "list"
    if isinstance(value, dict):
        return "dict"
    return "other"


def _numbers(values: list[Any], kinds: dict[str, tuple[int, Any]]) -> Typed:
    if set(kinds) == {"int"}:
        return _integers(values)
    if "decimal" in kinds and "float" not in kinds:
        return _decimals(values)
    if "decimal" in kinds:
        raise Mixed(_mixture(values, kinds))
    # Whole numbers beside fractions: all are floats, where that changes none of them.
    for row, value in enumerate(values):
        if value is not None and float(value) != value:
            raise Mixed(
                f"holds floats beside the integer {value} in row {row + 1}, which no float holds"
                " exactly. Use one type for all rows"
            )
    return Typed([None if v is None else float(v) for v in values], "float64", "DOUBLE")


def _integers(values: list[Any]) -> Typed:
    whole = [None if v is None else int(v) for v in values]
    present = [v for v in whole if v is not None]
    low, high = min(present), max(present)
    if _INT64[0] <= low and high <= _INT64[1]:
        return Typed(whole, "Int64", "BIGINT")
    if low >= 0 and high <= _UINT64:
        return Typed(whole, "UInt64", "UBIGINT")
    if max(abs(low), abs(high)) >= 10**38:
        row = next(i for i, v in enumerate(whole) if v is not None and abs(v) >= 10**38)
        raise Mixed(
            f"holds an integer of more than 38 digits in row {row + 1}, which no database takes."
            " Turn the column into text or floats"
        )
    return Typed([None if v is None else str(v) for v in whole], None, "DECIMAL(38,0)")


def _decimals(values: list[Any]) -> Typed:
    scale = 0
    whole = 1
    exact = [None if v is None else decimal.Decimal(v) for v in values]
    for row, value in enumerate(exact):
        if value is None:
            continue
        if not value.is_finite():
            raise Mixed(f"holds {value} in row {row + 1}, and no database has such a decimal")
        digits, exponent = value.as_tuple()[1:]
        scale = max(scale, -int(exponent))
        whole = max(whole, len(digits) + int(exponent))
        if scale + whole > 38:
            raise Mixed(
                f"needs more than 38 digits to hold its decimals ({value} in row {row + 1})."
                " Round them, or turn the column into text or floats"
            )
    # As text: DuckDB's own reading of Decimal takes its precision from a part of the values.
    text = [None if v is None else format(v, "f") for v in exact]
    return Typed(text, None, f"DECIMAL({38 if whole + scale > 18 else 18},{scale})")


def _times(values: list[Any], kind: str) -> Typed:
    lost = any(getattr(v, "nanosecond", 0) for v in values if v is not None)
    plain = [v.to_pydatetime(warn=False) if hasattr(v, "to_pydatetime") else v for v in values]
    if kind == "aware":
        utc = datetime.timezone.utc
        plain = [None if v is None else _in_utc(v, utc) for v in plain]
    warning = "Its times were cut to microseconds: databases hold no finer ones." if lost else None
    return Typed(plain, None, "TIMESTAMPTZ" if kind == "aware" else "TIMESTAMP", warning)


def _in_utc(value: datetime.datetime, utc: datetime.timezone) -> datetime.datetime:
    try:
        return value.astimezone(utc)
    except OverflowError:
        return value.replace(tzinfo=utc)


def _only_none_missing(values: list[Any], is_missing: Callable[[Any], bool]) -> bool:
    return not any(is_missing(v) for v in values if v is not None)


def _none_for_missing(values: list[Any], is_missing: Callable[[Any], bool]) -> list[Any]:
    return [None if is_missing(v) else v for v in values]


def is_missing_scalar(value: Any) -> bool:
    """None, NaN of any kind, pandas' NaT and NA."""
    if value is None:
        return True
    if isinstance(value, float):
        return math.isnan(value)
    if isinstance(value, decimal.Decimal):
        return value.is_nan()
    return type(value).__name__ in ("NAType", "NaTType")


def _mixture(values: list[Any], kinds: dict[str, tuple[int, Any]]) -> str:
    shown = sorted(kinds.values(), key=lambda found: found[0])[:3]
    parts = [f"{_described(value)} in row {row + 1}" for row, value in shown]
    return f"mixes types: {', '.join(parts)}. Use one type for all rows"


def _described(value: Any) -> str:
    text = repr(value)
    text = text if len(text) <= 40 else text[:37] + "..."
    name = type(value).__name__
    if isinstance(value, datetime.datetime):
        name += " with a zone" if value.tzinfo else " without a zone"
    return f"{name} {text}" if not text.startswith(name) else text
