"""The process that the engine talks to. It outlives every crash of the model and tells of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from typing import Any, Callable

from dvt_worker import crash, spawn, stacks
from dvt_worker.output import Budget, Lines

FINAL = frozenset({"result", "failure", "rendered"})
# How long the model's process may take to end after its last message: threads, exit handlers.
GRACE_SECONDS = 2.0
DRAIN_SECONDS = 5.0


class Supervisor:
    """Relays messages, turns captured output into messages, reports a process that just died."""

    def __init__(
        self,
        engine_in: int,
        engine_out: int,
        child: spawn.Child,
        mark: bytes,
        told: stacks.Stacks,
    ) -> None:
        self._engine_in = engine_in
        self._engine_out = engine_out
        self._child = child
        self._stacks = told
        self._lock = threading.Lock()
        self._final = threading.Event()
        self._last_is_here = threading.Event()
        self._run: dict[str, Any] | None = None
        self._drained = [threading.Event(), threading.Event()]
        self._streams = [
            Lines(mark, self._show("stdout"), self._drained[0].set, Budget()),
            Lines(mark, self._show("stderr"), self._drained[1].set, Budget()),
        ]

    def run(self) -> int:
        relays = [
            _thread(self._requests),
            _thread(self._capture, self._child.stdout, self._streams[0]),
            _thread(self._capture, self._child.stderr, self._streams[1]),
        ]
        told = _thread(self._stacks.read)
        answers = _thread(self._answers)
        code = self._wait(answers)
        if not self._final.is_set():
            self._drain([*relays[1:], told])
            stderr, stack = list(self._streams[1].last), self._stacks.crash()
            self._send(crash.describe(code, stderr, stack, self._run))
        end_stragglers()
        return 0

    def _wait(self, answers: threading.Thread) -> int:
        """The child's exit code; after its last message a timer sees to it that it ends."""
        code = self._child.process.wait()
        # What it sent before it ended is in the pipe. A forked child of the model may hold the
        # other end open, so the end of the pipe is not waited for without limit.
        answers.join(DRAIN_SECONDS)
        if self._last_is_here.is_set():
            answers.join()  # However slowly the engine takes it, and the output before it.
        return code

    def _requests(self) -> None:
        with os.fdopen(self._engine_in, "rb", closefd=False) as engine:
            for line in engine:
                message = _parse(line)
                if message.get("type") == "where":
                    lines = self._stacks.ask(self._child.process.pid)
                    self._send(stacks.where(lines, self._run))
                    continue
                if message.get("type") == "run":
                    self._run = message
                try:
                    _write(self._child.messages_to, line)
                except OSError:
                    pass  # The child is gone; the main thread reports it.
        if not self._final.is_set():
            end_group(self._child.process)

    def _answers(self) -> None:
        with os.fdopen(self._child.messages_from, "rb") as answers:
            for line in answers:
                message = _parse(line)
                if message.get("type") in FINAL:
                    self._last_is_here.set()
                    for drained in self._drained:
                        drained.wait(DRAIN_SECONDS)
                    with self._lock:
                        self._final.set()
                        _write(self._engine_out, line)
                    _grace(self._child.process)
                    return
                with self._lock:
                    _write(self._engine_out, line)

    def _capture(self, fd: int, lines: Lines) -> None:
        while True:
            data = os.read(fd, 65536)
            if not data:
                break
            lines.feed(data)
        lines.close()

    def _drain(self, captures: list[threading.Thread]) -> None:
        for capture in captures:
            capture.join(0.5)

    def _show(self, stream: str) -> Callable[[str], None]:
        def show(text: str) -> None:
            self._send({"type": "output", "stream": stream, "text": text})

        return show

    def _send(self, message: dict[str, Any]) -> None:
        with self._lock:
            if not self._final.is_set():
                _write(self._engine_out, json.dumps(message).encode() + b"\n")


def _grace(process: subprocess.Popen[bytes]) -> None:
    timer = threading.Timer(GRACE_SECONDS, process.kill)
    timer.daemon = True
    timer.start()


def _parse(line: bytes) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError:
        return {}
    return message if isinstance(message, dict) else {}


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _thread(target: Callable[..., None], *args: Any) -> threading.Thread:
    thread = threading.Thread(target=target, args=args, daemon=True)
    thread.start()
    return thread


def _adopt_orphans() -> None:
    """Linux: what the model starts stays below this process, whoever its parent was.

    So the engine finds it when it ends the run, even a daemon with a session of its own.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    try:
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    except (OSError, AttributeError):
        pass


def end_group(process: subprocess.Popen[bytes]) -> None:
    """The engine is gone, or told us to stop: nothing of this run may stay."""
    if hasattr(os, "killpg"):
        os.killpg(os.getpgrp(), signal.SIGKILL)
    process.kill()
    os._exit(1)


def end_stragglers() -> None:
    """Processes that the model left behind."""
    if hasattr(os, "killpg"):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.killpg(os.getpgrp(), signal.SIGTERM)


def main(child: spawn.Child, mark: str, script: str) -> int:
    """Serve the engine for the model's process, which was just started."""
    ends = f"\x00{mark}\x00".encode()
    engine_in, engine_out = os.dup(0), os.dup(1)
    _adopt_orphans()
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: end_group(child.process))
    told = stacks.Stacks(child.stacks, script)
    code = Supervisor(engine_in, engine_out, child, ends, told).run()
    sys.stdout.flush()
    os._exit(code)
