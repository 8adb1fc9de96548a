"""Where a failure belongs when no exception says so: the return at work, the line at work."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from conftest import PATIENCE

FROM = """
def model(dbt, session):
    rows = session.sql("select 1 as a where false")
    if dbt.is_incremental:
        return rows
    elif dbt.config.get("early"):
        with open(__file__):
            return rows
    try:
        return (
            rows
        )
    finally:
        rows = None
"""


@pytest.mark.parametrize(("config", "line", "end"), [({"early": 1}, 8, 8), ({}, 10, 12)])
def test_an_empty_result_is_shown_at_the_return_that_gave_it(project, config, line, end):
    failure = project.failure(FROM, "DVT123", config=config)
    assert (failure["line"], failure["endLine"]) == (line, end)
    assert failure["column"] > 4


def test_a_wrong_type_is_shown_at_the_return_that_gave_it(project):
    failure = project.failure(
        """
        import functools

        def logged(function):
            @functools.wraps(function)
            def inner(*args):
                return function(*args)
            return inner

        @logged
        def model(dbt, session):
            if dbt.is_incremental:
                return session.sql("select 1 as a")
            return [1, 2]
        """,
        "DVT122",
    )
    assert (failure["line"], failure["column"], failure["endColumn"]) == (14, 5, 18)


def test_without_a_return_it_is_the_definition(project):
    failure = project.failure("x = 1\n\ndef model(dbt, session):\n    pass\n", "DVT122")
    assert (failure["line"], failure["column"], failure["endColumn"]) == (3, 1, 10)


def test_watching_the_return_leaves_the_models_own_profiler_alone(project):
    project.run(
        """
        import cProfile

        def model(dbt, session):
            profiler = cProfile.Profile()
            profiler.enable()
            sorted([3, 1])
            profiler.disable()
            print(len(profiler.getstats()) > 0)
            return session.sql("select 1 as a")
        """
    )
    assert project.printed == ["True"]


def where(project, text):
    client = project.start("m", text)
    assert client.until("output")["text"] == "at work"
    client.send({"type": "where"})
    found = client.until("where")
    client.process.kill()
    client.process.wait(PATIENCE)
    return found


needs_signals = pytest.mark.skipif(sys.platform != "linux", reason="asks by a realtime signal")


@needs_signals
@pytest.mark.parametrize(
    ("setup", "work"),
    [
        ("import time", "time.sleep(1000)"),
        ("import ctypes", "ctypes.CDLL(None).sleep(1000)"),
        ("import ctypes", "ctypes.PyDLL(None).sleep(1000)"),  # the lock of the interpreter is held
        ("", "while True: pass"),
        ("import numpy as np", "for _ in range(10**9): np.sort(np.arange(10**7) % 1013)"),
    ],
)
def test_a_model_at_work_tells_its_line(project, setup, work):
    found = where(
        project,
        f"""
        {setup}
        def slow():
            print("at work", flush=True)
            {work}

        def model(dbt, session):
            slow()
        """,
    )
    assert found["file"] == str(project.root / "models" / "m.py")
    assert found["line"] in (4, 5)
    assert 'm.py", line 8, in model\n    slow()\n' in found["traceback"]
    assert "dvt_worker" not in found["traceback"]


@needs_signals
def test_a_model_that_takes_all_signals_tells_nothing(project):
    found = where(
        project,
        """
        import signal, time

        def model(dbt, session):
            for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
                signal.signal(number, signal.SIG_IGN)
            print("at work", flush=True)
            time.sleep(1000)
        """,
    )
    assert found == {"type": "where", "file": None, "line": 0, "traceback": ""}


def test_a_worker_without_a_model_is_nowhere(project, start):
    client = start(project.root)
    client.receive()
    client.send({"type": "where"})
    assert client.until("where")["file"] is None


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")
def test_a_daemon_of_the_model_stays_below_the_worker(project):
    client = project.start(
        "m",
        """
        import os, subprocess, sys, time

        def model(dbt, session):
            start = "import subprocess as s; s.Popen(['sleep', '1000'], start_new_session=True)"
            subprocess.run([sys.executable, "-c", f"{start}; print(s.Popen(['true']).pid)"])
            time.sleep(1000)
        """,
    )
    client.until("output")
    daemon = child_of(client.process.pid, "sleep")
    os.kill(daemon, signal.SIGKILL)


def child_of(parent: int, name: str) -> int:
    """The process of that name whose parent it is; waits for it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                pid, rest = stat.read_text().split(" (", 1)
            except OSError:
                continue
            shown, fields = rest.rsplit(")", 1)
            if shown == name and int(fields.split()[1]) == parent:
                return int(pid)
        os.sched_yield()
    raise AssertionError(f"{parent} has no child {name}")
