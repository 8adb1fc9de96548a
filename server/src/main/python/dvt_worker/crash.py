"""A model's process that ended without a message: what happened, in a sentence."""

from __future__ import annotations

import re
import signal
from typing import Any

from dvt_worker.userfiles import UserFiles

_FRAME = re.compile(r'^\s*File "(?P<file>.+)", line (?P<line>\d+) in (?P<name>.+)$')
_MEANING = {
    "SIGSEGV": "a segmentation fault in native code",
    "SIGABRT": "native code called abort()",
    "SIGBUS": "a bus error in native code",
    "SIGILL": "an illegal instruction in native code",
    "SIGFPE": "an arithmetic error in native code",
    "SIGKILL": "probably because the machine ran out of memory",
}


def describe(code: int, stderr: list[str], run: dict[str, Any] | None) -> dict[str, Any]:
    """The ``failure`` message for a process that ended with ``code`` (negative: a signal)."""
    if run is None:
        detail = "\n".join(stderr[-20:])
        return _failure("worker-failed", f"The Python worker did not start ({_end(code)}).", detail)
    frames = _user_frames(stderr, UserFiles(str(run.get("projectRoot")), str(run.get("file"))))
    name = run.get("model")
    if code < 0:
        message = f"Python model '{name}' ended its process: {_end(code)}."
        if _signal_name(code) == "SIGKILL":
            message += " Read less at a time, or let DuckDB aggregate before .df()."
    else:
        message = (
            f"Python model '{name}' ended its process with {_end(code)} before it returned a"
            " result: os._exit() or a library did. Return a frame, or raise an exception."
        )
    failure = _failure("DVT126", message, "")
    if frames:
        file, line = frames[0]
        failure.update(file=file, line=line)
        failure["traceback"] = "Crash traceback (most recent call first):\n" + "\n".join(
            f'  File "{f}", line {n}' for f, n in frames
        )
    elif isinstance(run.get("file"), str):
        failure["file"] = run["file"]
    return failure


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


def _user_frames(stderr: list[str], user: UserFiles) -> list[tuple[str, int]]:
    """The user's frames in what faulthandler printed, innermost first."""
    starts = [i for i, line in enumerate(stderr) if line.startswith("Fatal Python error")]
    if not starts:
        return []
    frames: list[tuple[str, int]] = []
    threads = 0
    for line in stderr[starts[-1] :]:
        if line.startswith(("Thread 0x", "Current thread 0x")):
            threads = 1 if line.startswith("Current") else 2
        found = _FRAME.match(line)
        if found and threads == 1 and user.owns(found["file"]):
            frames.append((found["file"], int(found["line"])))
    return frames


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
