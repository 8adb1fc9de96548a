"""The supervisor's end: what the model answered is handed on, whatever is slow."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, Callable

import pytest
from conftest import PATIENCE
from dvt_worker import supervisor

ANSWER = json.dumps({"type": "result", "path": "x" * 1000}).encode() + b"\n"


class Ended:
    """A supervisor whose model has answered and ended."""

    def __init__(self) -> None:
        self.engine, self.to_engine = os.pipe()
        messages, self.answers = os.pipe()
        child: Any = SimpleNamespace(
            process=SimpleNamespace(wait=lambda: 0, kill=lambda: None), messages_from=messages
        )
        stacks: Any = None
        self.supervisor = supervisor.Supervisor(-1, self.to_engine, child, b"mark", stacks)
        self.relay = threading.Thread(target=self.supervisor._answers, daemon=True)

    def answer(self) -> None:
        os.write(self.answers, ANSWER)
        self.relay.start()

    def close(self) -> None:
        for end in (self.engine, self.to_engine, self.answers):
            os.close(end)


@pytest.fixture
def ended() -> Iterator[Ended]:
    one = Ended()
    yield one
    one.close()


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.01)


def test_an_answer_that_waits_for_output_is_no_crash(ended, monkeypatch):
    monkeypatch.setattr(supervisor, "DRAIN_SECONDS", 0.3)
    ended.answer()
    # Neither stream has come to its end mark: each is waited for.
    assert ended.supervisor._wait(ended.relay) == 0
    assert ended.supervisor._final.is_set()
    assert os.read(ended.engine, 65536) == ANSWER


def test_an_answer_is_whole_though_the_engine_is_slow(ended, monkeypatch):
    monkeypatch.setattr(supervisor, "DRAIN_SECONDS", 0.05)
    filled = fill(ended.to_engine)
    ended.answer()
    waits = threading.Thread(target=ended.supervisor._wait, args=(ended.relay,), daemon=True)
    until(ended.supervisor._final.is_set)
    waits.start()
    waits.join(0.5)
    assert waits.is_alive(), "the process would end, and the answer with it"
    read = b""
    while len(read) < filled + len(ANSWER):
        read += os.read(ended.engine, 65536)
    waits.join(PATIENCE)
    assert not waits.is_alive()
    assert read.endswith(ANSWER)


def fill(pipe: int) -> int:
    """Until no byte goes in; how many did."""
    os.set_blocking(pipe, False)
    filled = 0
    try:
        while True:
            filled += os.write(pipe, b"." * 512)
    except BlockingIOError:
        os.set_blocking(pipe, True)
        return filled
