"""The model's process speaks with its supervisor: one JSON object a line, over pipes of its own."""

from __future__ import annotations

import json
import os
import queue
import select
import sys
import threading
from collections.abc import Sequence
from typing import Any, Callable

# The exit code of a process whose model closed or replaced the pipe to the supervisor.
PIPE_GONE = 86


class Channel:
    """Sends messages and hands out those that arrive. Safe from any thread."""

    def __init__(self, incoming: int, outgoing: int, end_mark: bytes) -> None:
        self._outgoing = outgoing
        self._pipe = _identity(outgoing)
        self._mark = end_mark
        # Copies that a model cannot close by closing or redirecting its own output.
        self._captured = [(fd, _identity(fd)) for fd in (os.dup(1), os.dup(2))]
        self._lock = threading.Lock()
        self._inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self._answers: dict[int, queue.Queue[dict[str, Any]]] = {}
        self._next_id = 0
        self._first: dict[str, Any] | None = None
        self._sent_already = _readable(incoming)
        reader = threading.Thread(target=self._read, args=(incoming,), daemon=True)
        reader.start()

    def send(self, message: dict[str, Any]) -> None:
        data = memoryview(json.dumps(message, default=str).encode() + b"\n")
        with self._lock:
            if _identity(self._outgoing) != self._pipe:
                os._exit(PIPE_GONE)
            while data:
                data = data[os.write(self._outgoing, data) :]

    def warn(self, message: str) -> None:
        self.send({"type": "warning", "message": message})

    def finish(self, message: dict[str, Any]) -> None:
        """The last message: everything printed before it is shown before it."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        for fd, pipe in self._captured:
            try:
                if _identity(fd) != pipe:
                    continue
                os.write(fd, self._mark + b"\n")
            except OSError:
                pass
        self.send(message)

    def ask(self, message: dict[str, Any]) -> dict[str, Any]:
        """Send a message with an id of its own and wait for the answer with that id."""
        answer: queue.Queue[dict[str, Any]] = queue.Queue(1)
        with self._lock:
            self._next_id += 1
            number = self._next_id
            self._answers[number] = answer
        self.send({**message, "id": number})
        return answer.get()

    def asked_for_jinja(self) -> bool:
        """Whether the first message came before this process was up and needs jinja2 only."""
        if not self._sent_already:
            return False
        self._first = self._inbox.get()
        return self._first.get("type") in ("render", "compiler")

    def receive(self, meanwhile: Sequence[Callable[[], object]]) -> dict[str, Any]:
        """The next message; until it is there, do the small jobs of ``meanwhile`` in turn."""
        for job in meanwhile:
            early = self._poll()
            if early is not None:
                return early
            job()
        return self._poll() or self._inbox.get()

    def _poll(self) -> dict[str, Any] | None:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        try:
            return self._inbox.get_nowait()
        except queue.Empty:
            return None

    def _read(self, fd: int) -> None:
        with os.fdopen(fd, "rb", closefd=False) as incoming:
            for line in incoming:
                message = json.loads(line)
                waiting = None
                if message.get("type") == "relation":
                    waiting = self._answers.pop(message.get("id"), None)
                (waiting or self._inbox).put(message)
        # The supervisor is gone: nobody wants the result any more.
        os._exit(1)


def _readable(fd: int) -> bool:
    try:
        return bool(select.select([fd], [], [], 0)[0])
    except (OSError, ValueError):
        return False  # Windows: pipes cannot be asked.


def _identity(fd: int) -> tuple[int, int] | None:
    try:
        found = os.fstat(fd)
    except OSError:
        return None
    return found.st_dev, found.st_ino
