"""Why a model does not compile, and where."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Any, NamedTuple

CODE = "compile-failed"
# Macros get it in front of their names, so that one file's macros are found as all others are.
MACRO_PREFIX = "dvt_macro__"


class Stop(Exception):
    """A problem whose code and sentence are known where it is noticed."""

    def __init__(self, message: str, code: str = CODE) -> None:
        super().__init__(message)
        self.code = code


class Returned(BaseException):
    """``return(value)`` in a macro. No Exception: no filter or test may swallow it."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


class Frame(NamedTuple):
    """A line of a template that was at work."""

    file: str
    line: int


def frames(start: TracebackType | None) -> list[Frame]:
    """The templates' lines, outermost first."""
    found: list[Frame] = []
    while start is not None:
        template = start.tb_frame.f_globals.get("__jinja_template__")
        if template is not None and template.filename:
            found.append(
                Frame(template.filename, template.get_corresponding_lineno(start.tb_lineno))
            )
        start = start.tb_next
    return found


def shown(file: str, root: str) -> str:
    """Relative to the project where it lies in it."""
    relative = os.path.relpath(file, root)
    return file if relative.startswith("..") else relative.replace(os.sep, "/")
