"""A model's process that ended without a message: what happened, in a sentence."""

from __future__ import annotations

import signal
from typing import Any

from dvt_worker.channel import PIPE_GONE
from dvt_worker.places import of_model
from dvt_worker.stacks import described, user_frames
from dvt_worker.userfiles import UserFiles

_MEANING = {
    "SIGSEGV": "a segmentation fault in native code",
    "SIGABRT": "native code called abort()",
    "SIGBUS": "a bus error in native code",
    "SIGILL": "an illegal instruction in native code",
    "SIGFPE": "an arithmetic error in native code",
    "SIGALRM": "an alarm that it had set went off",
    "SIGTERM": "something asked it to end",
    "SIGXCPU": "its limit of processor time was reached",
    "SIGXFSZ": "its limit of file size was reached",
    "SIGPIPE": "it wrote to a program that was gone",
    "SIGKILL": "probably because the machine ran out of memory",
}


def describe(
    code: int, stderr: list[str], stack: list[str], run: dict[str, Any] | None
) -> dict[str, Any]:
    """The ``failure`` message for a process that ended with ``code`` (negative: a signal).

    ``stderr``: the last lines that it wrote; ``stack``: what faulthandler told.
    """
    if run is None:
        last = next((line for line in reversed(stderr) if line.strip()), "")
        why = f": {last.strip()}" if last else "."
        detail = "\n".join(stderr[-20:])
        sentence = f"The Python worker did not start ({_end(code)}){why}"
        return _failure("worker-failed", sentence, detail)
    if code == 0 and run.get("debug") is not None:
        return _failure(
            "debug-ended",
            f"Python model '{run.get('model')}' was ended by its debugger before it returned a"
            " result.",
            "",
        )
    file = str(run.get("file"))
    frames = user_frames(stack, UserFiles(str(run.get("projectRoot")), file))
    failure = _failure("DVT126", _sentence(code, run.get("model")), "")
    if frames:
        failure["file"], failure["line"] = frames[0][:2]
        failure["traceback"] = described("Crash traceback (most recent call last):", frames)
    else:
        place = of_model(file)
        failure.update(file=file, line=place.line, column=place.column)
        failure.update(endLine=place.end_line, endColumn=place.end_column)
    return failure


def _sentence(code: int, name: Any) -> str:
    if code == PIPE_GONE:
        return (
            f"Python model '{name}' closed or replaced file descriptors that are not its own"
            " (os.close, os.closerange, os.dup2), and with them the way its result takes. Leave"
            " those above 2 alone."
        )
    if code >= 0:
        return (
            f"Python model '{name}' ended its process with {_end(code)} before it returned a"
            " result: os._exit() or a library did. Return a frame, or raise an exception."
        )
    return f"Python model '{name}' ended its process: {_end(code)}.{_advice(_signal_name(code))}"


def _advice(name: str) -> str:
    if name == "SIGKILL":
        return " Read less at a time, or let DuckDB aggregate before .df()."
    if name in ("SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE"):
        return (
            " A compiled library failed, or a recursion had no end: the traceback says which call"
            " it was; another version of that library may help."
        )
    return ""


def _end(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    name = _signal_name(code)
    meaning = _MEANING.get(name)
    return f"signal {name}" + (f", {meaning}" if meaning else "")


def _signal_name(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return str(-code)


def _failure(code: str, message: str, traceback: str) -> dict[str, Any]:
    return {
        "type": "failure",
        "code": code,
        "message": message,
        "file": None,
        "line": 0,
        "column": 0,
        "endLine": 0,
        "endColumn": 0,
        "traceback": traceback,
    }
