"""Why a run stopped, as the ``failure`` message: code, sentence, place, the user's own frames."""

from __future__ import annotations

import os
import sys
import traceback
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from dvt_worker import hints, missing, variables
from dvt_worker.places import NOWHERE, Place, of_frame, of_syntax_error
from dvt_worker.request import Run
from dvt_worker.userfiles import UserFiles

_LONGEST_MESSAGE = 10_000
_LONGEST_TRACEBACK = 60_000
# The innermost ones: a recursion may be millions deep.
_MOST_FRAMES = 2_000


class Stop(Exception):
    """A problem whose code and sentence are known where it is noticed."""

    def __init__(self, code: str, message: str, place: Place = NOWHERE) -> None:
        super().__init__(message)
        self.code = code
        self.place = place


@dataclass(frozen=True)
class Failure:
    code: str
    message: str
    place: Place
    traceback: str = ""

    def to_message(self) -> dict[str, Any]:
        return {
            "type": "failure",
            "code": self.code,
            "message": _cut(self.message, _LONGEST_MESSAGE),
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "endLine": self.place.end_line,
            "endColumn": self.place.end_column,
            "traceback": _cut(self.traceback, _LONGEST_TRACEBACK),
        }


def of_user_code(error: BaseException, run: Run, fallback: Place = NOWHERE) -> Failure:
    """What the model, or something that it called, raised."""
    user = UserFiles(run.root, run.file)
    frame = _last_user_frame(error.__traceback__, user)
    place = of_frame(frame) if frame else fallback
    if isinstance(error, Stop):
        return Failure(error.code, str(error), place if place is not NOWHERE else error.place)
    if isinstance(error, SyntaxError) and user.owns(os.path.abspath(error.filename or "<none>")):
        place = of_syntax_error(error)
    text = user_traceback(error, user)
    if run.verbose and frame:
        text += _variables(frame, user)
    module = missing.module_of(error)
    if module is not None:
        return Failure("DVT125", missing.sentence(module, place, run, user), place, text)
    sentence = f"Python model '{run.model}' {_what(error, run)}"
    hint = hints.find(error, place, run)
    return Failure("DVT126", f"{sentence}\n{hint}" if hint else sentence, place, text)


def _variables(entry: TracebackType, user: UserFiles) -> str:
    try:
        code = entry.tb_frame.f_code
        shown = variables.lines(dict(entry.tb_frame.f_locals))
        where = f"{user.shown(code.co_filename)}:{entry.tb_lineno}"
        return (
            "\n".join([f"\n\nLocal variables at {where}, in {code.co_name}:", *shown])
            .replace("\n", "\n  ")
            .replace("\n  \n  Local", "\n\nLocal")
        )
    except Exception:
        return ""  # The error itself is what matters.


def internal(error: BaseException, run: Run) -> Failure:
    """A fault of the worker, not of the model: everything that helps to mend it."""
    return Failure(
        "worker-failed",
        f"The worker failed while it ran '{run.model}': {type(error).__name__}: {error}",
        Place(run.file, 0, 0, 0, 0),
        "".join(traceback.format_exception(type(error), error, error.__traceback__)),
    )


def user_traceback(error: BaseException, user: UserFiles) -> str:
    """The traceback, causes included, with the frames of libraries and of the worker left out."""
    try:
        described = traceback.TracebackException.from_exception(error, limit=-_MOST_FRAMES)
        _keep_user_frames(described, user)
        return "".join(described.format()).rstrip()
    except Exception:
        return type(error).__name__


def _what(error: BaseException, run: Run) -> str:
    if isinstance(error, SystemExit):
        code = error.code if error.code is not None else ""
        return (
            f"called sys.exit({code!r})" if code != "" else "called sys.exit()"
        ) + " before it returned a result. Return a frame, or raise an exception."
    if isinstance(error, SyntaxError):
        return f"has a syntax error: {error.msg}"
    name = _class_name(type(error), run)
    try:
        text = str(error)
    except Exception as broken:
        text = f"(its text cannot be shown: {type(broken).__name__})"
    return f"raised {name}: {text}" if text else f"raised {name}"


def _class_name(kind: type, run: Run) -> str:
    module = kind.__module__ or ""
    short = module in ("builtins", "__main__") or module.split(".")[0] in ("duckdb", "_duckdb")
    own = getattr(sys.modules.get(module), "__file__", None) == run.file
    return kind.__qualname__ if short or own else f"{module}.{kind.__qualname__}"


def _last_user_frame(start: TracebackType | None, user: UserFiles) -> TracebackType | None:
    last = None
    while start is not None:
        if user.owns(start.tb_frame.f_code.co_filename):
            last = start
        start = start.tb_next
    return last


def _keep_user_frames(described: Any, user: UserFiles) -> None:
    pending: list[Any] = [described]
    seen = set()
    while pending:
        one = pending.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        own = [frame for frame in one.stack if user.owns(frame.filename)]
        one.stack = traceback.StackSummary.from_list(own)
        if _says_the_same(one.__cause__, one, user):
            one.__cause__ = None
            one.__suppress_context__ = True
        pending += [one.__cause__, one.__context__, *(getattr(one, "exceptions", None) or [])]


def _says_the_same(cause: Any, error: Any, user: UserFiles) -> bool:
    """A library's inner error that it raised again in the same words: no news for the user."""
    return (
        cause is not None
        and not any(user.owns(frame.filename) for frame in cause.stack)
        and list(cause.format_exception_only()) == list(error.format_exception_only())
    )


def _cut(text: str, longest: int) -> str:
    text = text.encode("utf-8", "replace").decode("utf-8")
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half]}\n… {len(text) - longest:,} characters left out …\n{text[-half:]}"
