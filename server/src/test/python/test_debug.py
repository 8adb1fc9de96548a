"""A model under debugpy, driven by a client of the protocol that editors speak."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable

import pytest
from conftest import PATIENCE, WORKER, Client, Project, read
from dap import DapClient

MODEL = """
from helpers import double

def model(dbt, session):
    orders = dbt.ref("orders")
    total = sum(row[0] for row in orders.fetchall())
    twice = double(total)
    print("twice is", twice)
    return session.sql(f"select {twice} as total")
"""
HELPERS = """
def double(number):
    result = number * 2
    return result
"""
CATCHES = """
from helpers import double

def model(dbt, session):
    try:
        double(None)
    except TypeError:
        print("caught")
    return session.sql("select 1 as id")
"""
UPSTREAM = {"orders": "select * from (values (20), (1)) t(id)"}


def debugpy_folder() -> str:
    found = importlib.util.find_spec("debugpy")
    assert found is not None and found.origin is not None
    return os.path.dirname(found.origin)


def line_of(project: Project, file: str, text: str) -> int:
    lines = (project.root / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def begin(project: Project, model: str = MODEL, **fields: Any) -> tuple[Client, DapClient]:
    """The model waits, and a client has connected."""
    # The pandas of tests that need none is a file of the user's to the debugger.
    fields.setdefault("environment", {"PYTHONPATH": str(WORKER)})
    project.write("helpers.py", HELPERS)
    client = project.start(
        "m",
        model,
        upstream=UPSTREAM,
        debug={"listen": 0, "debugpy": debugpy_folder()},
        **fields,
    )
    return client, DapClient(client.until("debugger")["port"])


def test_it_stops_at_a_breakpoint_shows_variables_steps_and_goes_on(project):
    client, dap = begin(project)
    file = str(project.root / "models" / "m.py")
    at = line_of(project, "models/m.py", "twice = double")
    dap.start({file: [at]}, [])
    reason, thread, frames = dap.stopped()
    assert reason == "breakpoint"
    assert [one["id"] for one in dap.request("threads")["threads"]] == [thread]
    # Neither the worker nor a library is shown.
    assert [(f["name"], f["source"]["path"], f["line"]) for f in frames] == [("model", file, at)]
    assert dap.variables(frames[0]["id"])["total"] == "21"
    hover = dap.request("evaluate", expression="total + 1", frameId=frames[0]["id"])
    assert hover["result"] == "22"
    dap.request("stepIn", threadId=thread)
    _, _, frames = dap.stopped()
    assert [frame["name"] for frame in frames] == ["double", "model"]
    assert frames[0]["source"]["path"] == str(project.root / "helpers.py")
    dap.request("stepOut", threadId=thread)
    dap.stopped()
    dap.request("next", threadId=thread)
    _, _, frames = dap.stopped()
    assert dap.variables(frames[0]["id"])["twice"] == "42"
    dap.request("continue", threadId=thread)
    result = client.finish()
    assert read(result["path"]) == [(42,)]
    dap.event("terminated")
    assert "twice is 42" in dap.output
    dap.close()
    assert project.printed == ["twice is 42"], "nothing of the debugger's own"
    assert client.printed("stderr") == []


def test_what_is_typed_while_it_stands_may_read_a_relation(project):
    client, dap = begin(project)
    file = str(project.root / "models" / "m.py")
    dap.start({file: [line_of(project, "models/m.py", "twice = double")]}, [])
    _, thread, frames = dap.stopped()
    typed = "dbt.ref('orders').filter('id > 1').fetchall()"
    assert dap.request("evaluate", expression=typed, frameId=frames[0]["id"])["result"] == "[(20,)]"
    typed = "session.sql('select count(*) from __model__orders').fetchall()"
    assert dap.request("evaluate", expression=typed, frameId=frames[0]["id"])["result"] == "[(2,)]"
    dap.request("continue", threadId=thread)
    assert client.finish()["type"] == "result"
    dap.close()


def test_stepping_out_of_the_model_ends_it(project):
    client, dap = begin(project)
    file = str(project.root / "models" / "m.py")
    dap.start({file: [line_of(project, "models/m.py", "return session")]}, [])
    _, thread, _ = dap.stopped()
    dap.request("next", threadId=thread)
    assert client.finish()["type"] == "result"
    dap.close()


def test_it_stops_where_the_model_raises(project):
    client, dap = begin(
        project,
        """
        from helpers import double

        def model(dbt, session):
            rows = dbt.ref("orders").fetchall()
            return double(None)
        """,
    )
    dap.start({}, ["uncaught"])
    reason, thread, frames = dap.stopped()
    assert reason == "exception"
    assert [frame["name"] for frame in frames] == ["double", "model"]
    assert frames[0]["line"] == line_of(project, "helpers.py", "* 2")
    assert dap.variables(frames[1]["id"])["rows"] == "[(20,), (1,)]"
    assert "TypeError" in dap.request("exceptionInfo", threadId=thread)["exceptionId"]
    dap.request("continue", threadId=thread)
    failure = client.finish()
    assert failure["code"] == "DVT126"
    assert failure["line"] == line_of(project, "helpers.py", "* 2")
    dap.close()


def test_without_that_filter_it_does_not(project):
    client, dap = begin(project, "def model(dbt, session):\n    raise ValueError('no')\n")
    dap.start({}, [])
    assert client.finish()["code"] == "DVT126"
    dap.close()


def test_raised_exceptions_stop_where_they_are_raised_though_the_model_catches_them(project):
    client, dap = begin(project, CATCHES)
    dap.start({}, ["raised"])
    reason, thread, frames = dap.stopped()
    assert reason == "exception"
    assert [frame["name"] for frame in frames] == ["double", "model"]
    assert frames[0]["source"]["path"] == str(project.root / "helpers.py")
    assert frames[0]["line"] == line_of(project, "helpers.py", "* 2")
    assert dap.variables(frames[0]["id"])["number"] == "None"
    assert "TypeError" in dap.request("exceptionInfo", threadId=thread)["exceptionId"]
    dap.request("continue", threadId=thread)
    # debugpy stops in each function of the user's that it comes through.
    reason, _, frames = dap.stopped()
    assert (reason, frames[0]["name"]) == ("exception", "model")
    assert frames[0]["line"] == line_of(project, "models/m.py", "double(None)")
    dap.request("continue", threadId=thread)
    assert client.finish()["type"] == "result"
    assert project.printed == ["caught"]
    dap.close()


@pytest.mark.parametrize("filters", [[], ["uncaught"]])
def test_without_that_filter_what_the_model_catches_is_passed(project, filters):
    client, dap = begin(project, CATCHES)
    dap.start({}, filters)
    assert client.finish()["type"] == "result"
    assert project.printed == ["caught"]
    dap.close()


def test_a_client_that_disconnects_lets_the_model_go_on(project):
    client, dap = begin(project)
    file = str(project.root / "models" / "m.py")
    dap.start({file: [line_of(project, "models/m.py", "twice = double")]}, [])
    dap.stopped()
    dap.request("disconnect", restart=False, terminateDebuggee=False)
    assert client.finish()["type"] == "result"


def test_a_client_that_is_killed_lets_the_model_go_on(project):
    client, dap = begin(project)
    file = str(project.root / "models" / "m.py")
    dap.start({file: [line_of(project, "models/m.py", "twice = double")]}, [])
    dap.stopped()
    dap.close()
    assert client.finish()["type"] == "result"


def test_a_client_may_end_the_model(project):
    client, dap = begin(project)
    file = str(project.root / "models" / "m.py")
    dap.start({file: [line_of(project, "models/m.py", "twice = double")]}, [])
    dap.stopped()
    dap.send("disconnect", {"restart": False, "terminateDebuggee": True})
    failure = client.finish()
    assert failure["code"] == "debug-ended", failure
    assert "'m'" in failure["message"]


def test_an_adapter_that_waits_is_connected_to(project):
    """As an editor does it that starts the adapter itself."""
    adapter = subprocess.Popen(
        [sys.executable, os.path.join(debugpy_folder(), "adapter"), "--port", str(free_port())],
        stderr=subprocess.DEVNULL,
    )
    try:
        dap = connected(int(adapter.args[-1]))
        dap.request("initialize", adapterID="dvt", linesStartAt1=True, columnsStartAt1=True)
        attach = dap.send("attach", {"listen": {"host": "127.0.0.1", "port": 0}})
        port = dap.event("debugpyWaitingForServer")["port"]
        project.write("helpers.py", HELPERS)
        client = project.start(
            "m",
            MODEL,
            upstream=UPSTREAM,
            debug={"connect": port, "debugpy": debugpy_folder()},
        )
        dap.event("initialized")
        dap.request("configurationDone")
        dap._answer(attach)
        assert client.finish()["type"] == "result"
        dap.event("terminated")
        dap.request("disconnect")
        adapter.wait(PATIENCE)
    finally:
        adapter.kill()
        adapter.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def connected(port: int) -> DapClient:
    """The adapter takes a moment to listen."""
    found: list[DapClient] = []

    def connects() -> bool:
        try:
            found.append(DapClient(port))
        except ConnectionRefusedError:
            return False
        return True

    until(connects)
    return found[0]


@pytest.mark.parametrize("how", ["connect", "listen"])
def test_a_port_that_cannot_be_used_is_told(project, how):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        if how == "listen":
            taken.listen()
        port = taken.getsockname()[1]
        failure = project.failure(
            "def model(dbt, session):\n    return session.sql('select 1 as id')\n",
            "debug-failed",
            debug={how: port, "debugpy": debugpy_folder()},
        )
    assert f"port {port}" in failure["message"]


def test_a_debugger_that_is_not_there_is_told(project, tmp_path):
    failure = project.failure(
        "def model(dbt, session):\n    return session.sql('select 1 as id')\n",
        "debug-failed",
        debug={"listen": 0, "debugpy": str(tmp_path / "debugpy")},
    )
    assert "dvt-ls env create" in failure["message"]


def test_what_the_model_starts_and_imports_knows_nothing_of_it(project):
    client, dap = begin(
        project,
        """
        import importlib.util, os, subprocess, sys

        def model(dbt, session):
            print(*[n for n in os.environ if n == "LIBRARY_ROOTS" or "VALIDATION" in n])
            print(importlib.util.find_spec("debugpy_neighbour"))
            print(subprocess.check_output([sys.executable, "-c", "print('child')"], text=True))
            return session.sql("select 1 as id")
        """,
    )
    dap.start({}, [])
    assert client.finish()["type"] == "result"
    assert [line for line in project.printed if line] == ["None", "child"]
    dap.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="descendants are Linux's")
def test_nothing_is_left_when_the_worker_is_ended(project):
    client, dap = begin(project)
    file = str(project.root / "models" / "m.py")
    dap.start({file: [line_of(project, "models/m.py", "twice = double")]}, [])
    dap.stopped()
    client.process.send_signal(signal.SIGTERM)
    client.process.wait(PATIENCE)
    dap.event("terminated")
    dap.close()
    until(lambda: not any(is_adapter_of(p, project) for p in Path("/proc").glob("[0-9]*/cmdline")))


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.05)


def is_adapter_of(cmdline: Path, project: Project) -> bool:
    try:
        here = os.readlink(cmdline.parent / "cwd") == str(project.root)
        return here and b"debugpy" in cmdline.read_bytes()
    except OSError:
        return False
