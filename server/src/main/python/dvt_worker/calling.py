"""Calls the model's function and remembers from which line it returned."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any, Callable

# A decorator of the model calls a few functions before it calls the model itself.
_MOST_CALLS = 100


def call(function: Callable[[Any, Any], Any], dbt: Any, session: Any, file: str) -> tuple[Any, int]:
    """The value, and the line in ``file`` of the return that gave it; 0: not known."""
    found: list[FrameType] = []
    calls = 0

    def first_of_model(frame: FrameType, event: str, _: object) -> None:
        # A profile function costs nothing once it is gone, which is when model() begins.
        nonlocal calls
        if event != "call":
            return
        calls += 1
        own = frame.f_code.co_filename == file and frame.f_code.co_name == "model"
        if own:
            found.append(frame)
        if own or calls == _MOST_CALLS:
            sys.setprofile(None)

    sys.setprofile(first_of_model)
    try:
        value = function(dbt, session)
    finally:
        sys.setprofile(None)
    # A frame that is over stays at its last line. It holds the model's locals: let go of it here.
    return value, found.pop().f_lineno if found else 0
