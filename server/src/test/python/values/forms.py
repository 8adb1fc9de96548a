"""What a target makes of a kind of value, where that is not the value itself.

A difference that is not listed here is a value that changed in silence, and fails the test.
"""

from __future__ import annotations

from typing import Any, Callable, NamedTuple


class Form(NamedTuple):
    """``warning``: a part of the run's warning; needed where the form holds less than the value."""

    stored: Callable[[Any], Any]
    words: str
    warning: str | None = None
    extracted: Callable[[Any], Any] | None = None


def of(target: str, kind: str, library: str) -> Form | None:
    found = _TARGETS.get(target, {}).get(kind) or _ALL.get(kind)
    return _NAN if kind == "NaN" and library == "pandas" else found


def _same(value: Any) -> Any:
    return value


_NAN = Form(_same, "NULL, as pandas means it")
_TEXT = Form(_same, "the interval as text", "stored as text")
_ALL = {
    "timestamp in ns": Form(_same, "cut to microseconds", "cut to microseconds"),
    "interval with us": _TEXT,
    "negative interval": _TEXT,
}
_TARGETS: dict[str, dict[str, Form]] = {}
