"""One text for a value, whichever client it comes from: equal texts are equal values."""

from __future__ import annotations

import datetime as dt
import decimal
import hashlib
import json
import uuid
from typing import Any

_WIDE = decimal.Context(prec=80)


def canon(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, decimal.Decimal):
        if not value.is_finite():
            return f"decimal {value}"
        text = format(value.normalize(_WIDE), "f")
        return "0" if text == "-0" else text
    if isinstance(value, float):
        return f"float {value!r}"
    if isinstance(value, str):
        shown = json.dumps(value, ensure_ascii=True)
        return (
            shown
            if len(shown) < 300
            else f"{shown[:20]}... {hashlib.md5(shown.encode()).hexdigest()}"
        )
    if isinstance(value, (bytes, bytearray, memoryview)):
        return f"bytes {bytes(value).hex()}"
    if isinstance(value, dt.datetime):
        if value.tzinfo is not None:
            return "zoned " + value.astimezone(dt.timezone.utc).replace(tzinfo=None).isoformat()
        return "timestamp " + value.isoformat()
    if isinstance(value, dt.date):
        return "date " + value.isoformat()
    if isinstance(value, dt.time):
        return "time " + value.isoformat()
    if isinstance(value, dt.timedelta):
        return canon(("span", 0, value.days, value.seconds * 1_000_000 + value.microseconds))
    if isinstance(value, tuple) and value[:1] == ("span",):
        _, months, days, micros = value
        return f"span {months} months {days * 86_400_000_000 + micros} us"
    if isinstance(value, uuid.UUID):
        return f"uuid {value}"
    if isinstance(value, (list, dict)):
        return "json " + _json(value)
    raise TypeError(f"{type(value)}: {value!r}")


def _json(value: Any) -> str:
    """As JSON, with exact numbers; dates and the like are text there."""
    if isinstance(value, dict):
        items = (f"{json.dumps(str(k))}: {_json(v)}" for k, v in sorted(value.items()))
        return "{" + ", ".join(items) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value)
    if isinstance(value, float) and value - value == 0:
        return canon(decimal.Decimal(repr(value)))
    if isinstance(value, dt.date):
        return json.dumps(value.isoformat())
    return canon(value)


def from_json(text: str) -> Any:
    return json.loads(text, parse_float=decimal.Decimal)
