"""Where a model is: told by the interpreter itself when it crashes, and when it is asked.

``faulthandler`` writes from a signal handler, so it tells of native code that never returns too.
"""

from __future__ import annotations

import linecache
import os
import re
import signal
import threading
from typing import Any

from dvt_worker.userfiles import UserFiles

_FRAME = re.compile(r'^\s*File "(?P<file>.+)", line (?P<line>\d+) in (?P<name>.+)$')
_KEPT = 300
_PATIENCE = 1.0


def signal_number() -> int | None:
    """A signal that no library uses; none on Windows and macOS."""
    first = getattr(signal, "SIGRTMIN", None)
    return None if first is None else int(first) + 9


def tell(fd: int) -> None:
    """In the model's process: crashes, and the signal, are told through ``fd``."""
    import faulthandler

    faulthandler.enable(fd)
    number = signal_number()
    if number is not None:
        faulthandler.register(number, fd, all_threads=False)


class Stacks:
    """In the supervisor: what came through the pipe."""

    def __init__(self, fd: int, main: str) -> None:
        self._fd = fd
        self._outermost = f'"{main}"'
        self._lines: list[str] = []
        self._news = threading.Condition()

    def read(self) -> None:
        with os.fdopen(self._fd, "rb") as told:
            for line in told:
                with self._news:
                    self._lines.append(line.decode("utf-8", "replace").rstrip())
                    del self._lines[:-_KEPT]
                    self._news.notify_all()

    def ask(self, process: int) -> list[str]:
        """The stack of a process that is at work; nothing when it does not answer."""
        number = signal_number()
        if number is None:
            return []
        with self._news:
            self._lines.clear()
            try:
                os.kill(process, number)
            except OSError:
                return []
            self._news.wait_for(self._is_whole, _PATIENCE)
            return list(self._lines)

    def crash(self) -> list[str]:
        with self._news:
            return list(self._lines)

    def _is_whole(self) -> bool:
        last = self._lines[-1] if self._lines else ""
        return self._outermost in last or last.strip() == "..."


def user_frames(lines: list[str], user: UserFiles) -> list[tuple[str, int, str]]:
    """The user's frames of the thread that crashed or was asked, innermost first."""
    frames: list[tuple[str, int, str]] = []
    threads = 0
    for line in lines:
        if line.startswith(("Thread 0x", "Current thread 0x", "Stack (")):
            threads = 2 if line.startswith("Thread") else 1
        found = _FRAME.match(line)
        if found and threads == 1 and user.owns(found["file"]):
            frames.append((found["file"], int(found["line"]), found["name"]))
    return frames


def described(title: str, frames: list[tuple[str, int, str]]) -> str:
    """As a traceback reads: the innermost frame last, each with its line of source."""
    shown = [title]
    for file, line, name in reversed(frames):
        shown.append(f'  File "{file}", line {line}, in {name}')
        source = linecache.getline(file, line).strip()
        if source:
            shown.append(f"    {source}")
    return "\n".join(shown)


def where(lines: list[str], run: dict[str, Any] | None) -> dict[str, Any]:
    """The ``where`` message: the place of the model at work, ``null`` where it is not known."""
    run = run or {}
    frames = user_frames(lines, UserFiles(str(run.get("projectRoot")), str(run.get("file"))))
    file, line = frames[0][:2] if frames else (None, 0)
    title = "Where it was (most recent call last):"
    text = described(title, frames) if frames else ""
    return {"type": "where", "file": file, "line": line, "traceback": text}
