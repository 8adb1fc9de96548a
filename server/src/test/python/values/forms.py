"""What a target makes of a kind of value, where that is not the value itself.

A difference that is not listed here is a value that changed in silence, and fails the test.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Callable, NamedTuple

from clients import span_from_text


class Form(NamedTuple):
    """``warning``: a part of the run's warning; needed where the form holds less than the value.

    ``read``: what a client's value says.
    """

    stored: Callable[[Any], Any]
    words: str
    warning: str | None = None
    extracted: Callable[[Any], Any] | None = None
    read: Callable[[Any], Any] | None = None


def of(target: str, kind: str, library: str) -> Form | None:
    found = _TARGETS.get(target, {}).get(kind) or _ALL.get(kind)
    return _NAN if kind == "NaN" and library == "pandas" else found


def _same(value: Any) -> Any:
    return value


def _each(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else change(value)


_NAN = Form(_same, "NULL, as pandas means it")
_TEXT = Form(_same, "the interval as text", "stored as text")
_ALL = {
    "timestamp in ns": Form(_same, "cut to microseconds", "cut to microseconds"),
    "interval with us": _TEXT,
    "negative interval": _TEXT,
}
_DIGITS = Form(_each(lambda v: format(Decimal(v), "f")), "its digits as text")
_ISO = Form(_each(str), "ISO text")
_ZERO = Form(_each(lambda v: v + 0.0), "`-0.0` as `0.0`", None, _each(lambda v: v + 0.0))
_SQLITE = {
    "boolean": Form(_each(int), "0 and 1"),
    **dict.fromkeys(("uint64", "int128", "decimal(38,0)", "decimal(38,10)"), _DIGITS),
    "decimal(9,2)": Form(_each(float), "a double, which holds 15 digits"),
    "float32": _ZERO,
    "float64": _ZERO,
    **dict.fromkeys(("date", "time", "timestamp", "timestamp with zone", "missing times"), _ISO),
    "timestamp in ns": Form(_each(str), "ISO text, cut to microseconds", "cut to microseconds"),
    "uuid": Form(_each(str), "text"),
    "interval": Form(_same, "text"),
    "interval in months": Form(_same, "text"),
}
_UTC = Form(
    _each(lambda v: v.replace(tzinfo=None)), "in UTC; it comes back with its zone", None, _same
)
_SPAN = Form(_same, "text", None, _same, span_from_text)
_MARIADB = {
    "boolean": Form(_each(int), "0 and 1"),
    "float32": _ZERO,
    "float64": _ZERO,
    "timestamp with zone": _UTC,
    "uuid": Form(_each(str), ""),
    "interval": _SPAN,
    "interval in months": _SPAN,
}
_TARGETS = {"sqlite": _SQLITE, "mariadb": _MARIADB}
