"""From an exception to the ``failure`` of a ``compiled`` message."""

from __future__ import annotations

import os
import traceback
from typing import Any

import jinja2

from dvt_worker.compiler.problems import CODE, MACRO_PREFIX, Frame, Stop, frames, shown
from dvt_worker.compiler.templates import did_you_mean


def describe(error: BaseException, session: Any, file: str) -> dict[str, Any]:
    """The place is the innermost line in the project's own files: packages are not the user's."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        at = [*frames(error.__traceback__), Frame(error.filename or file, error.lineno)]
    else:
        at = frames(error.__traceback__)
    own = [f for f in at if _is_own(f.file, session)]
    place = own[-1] if own else Frame(file, at[0].line if at else 0)
    return {
        "code": getattr(error, "code", CODE) if isinstance(error, Stop) else CODE,
        "message": _sentence(error, session),
        "file": place.file,
        "line": place.line,
        "column": 0,
        "endLine": 0,
        "endColumn": 0,
        "traceback": _trace(error, at, session),
    }


def _is_own(file: str, session: Any) -> bool:
    folder = session.packages_folder
    return not file.startswith(folder + os.sep)


def _sentence(error: BaseException, session: Any) -> str:
    if isinstance(error, Stop):
        return str(error)
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"Jinja syntax error: {_ended(error.message or '')}"
    if isinstance(error, jinja2.UndefinedError):
        return _undefined(_ended(str(error)), session)
    if isinstance(error, RecursionError):
        return "A macro calls itself without end."
    text = str(error).replace(MACRO_PREFIX, "")
    return _ended(f"{type(error).__name__}: {text}" if text else type(error).__name__)


def _undefined(text: str, session: Any) -> str:
    name = text.split("'")[1] if text.count("'") >= 2 else ""
    if not text.endswith("is undefined."):
        return text
    near = did_you_mean(name, session.known_names())
    advice = (
        near
        or " If it is a package's, install the packages first (dbt deps); if it is a macro, check"
        " that its file lies in macros/."
    )
    return text + advice


def _ended(text: str) -> str:
    text = text.strip().replace(MACRO_PREFIX, "")
    return text if text.endswith((".", "?", "!")) else text + "."


def _trace(error: BaseException, at: list[Frame], session: Any) -> str:
    lines = []
    for frame in at:
        macro = session.library.at(frame)
        inside = f", in macro {macro.full_name}" if macro else ""
        lines.append(f"{shown(frame.file, session.root)}:{frame.line}{inside}")
    known = isinstance(error, (Stop, jinja2.TemplateError, RecursionError))
    if not known:
        lines += [line.rstrip() for line in traceback.format_exception_only(type(error), error)]
    return "\n".join(lines[:20] + ([f"... {len(lines) - 20} more"] if len(lines) > 20 else []))
