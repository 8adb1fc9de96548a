"""ready, run, need, warm waiting, the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import PATIENCE, WORKER, read, types


def test_ready_says_what_is_there(project, start):
    client = start(project.root)
    ready = client.until("ready")
    assert ready["type"] == "ready"
    assert ready["python"] == ".".join(map(str, sys.version_info[:3]))
    assert ready["executable"] == sys.executable
    assert ready["packages"]["duckdb"] == duckdb.__version__
    assert set(ready["packages"]) >= {"pandas", "polars", "pyarrow"}
    assert ready["problem"] is None


def test_ready_says_that_duckdb_is_missing(project, start, tmp_path):
    (tmp_path / "duckdb.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'duckdb'\", name='duckdb')"
    )
    client = start(project.root, {"PYTHONPATH": f"{tmp_path}{os.pathsep}{WORKER}"})
    problem = client.until("ready")["problem"]
    assert sys.executable in problem
    pinned = "1.5.6" if sys.version_info >= (3, 10) else "1.4.5"
    assert f"pip install duckdb=={pinned}" in problem


def test_a_model_becomes_a_parquet_file(project):
    result = project.run(
        """
        def model(dbt, session):
            import pandas as pd
            print("working")
            return pd.DataFrame({"id": [1, 2], "name": ["a", None]})
        """
    )
    assert result["rows"] == 2
    assert types(result) == {"id": "BIGINT", "name": "VARCHAR"}
    assert result["seconds"] >= 0
    assert read(result["path"]) == [(1, "a"), (2, None)]
    assert project.printed == ["working"]
    assert os.listdir(os.path.dirname(result["path"])) == ["result.parquet"]


def test_output_comes_before_the_result(project):
    project.run(
        """
        def model(dbt, session):
            for i in range(500):
                print("line", i)
            print("no newline at the end", end="")
            return session.sql("select 1 as id")
        """
    )
    assert project.printed == [f"line {i}" for i in range(500)] + ["no newline at the end"]
    assert project.client.seen[-1]["type"] == "result"


def test_a_relation_that_was_not_given_is_asked_for(project):
    client = project.start(
        "m",
        """
        def model(dbt, session):
            name = "stg_" + "late"
            first = dbt.ref(name)
            again = dbt.ref(name)
            return session.sql("select first.id from first join again using (id)")
        """,
    )
    need = client.until("need")
    assert need == {
        "type": "need",
        "id": need["id"],
        "kind": "ref",
        "args": ["stg_late"],
        "version": None,
        "line": 4,
    }
    client.send(
        {
            "type": "relation",
            "id": need["id"],
            "view": "__model__stg_late",
            "sql": "select 7 as id",
        }
    )
    result = client.finish()
    assert read(result["path"]) == [(7,)]
    assert len(client.of_type("need")) == 1


def test_a_relation_that_does_not_exist_fails_at_its_line(project):
    client = project.start(
        "m",
        """
        def model(dbt, session):
            orders = dbt.source("shop", "order" + "z")
            return orders.df()
        """,
    )
    need = client.until("need")
    assert (need["kind"], need["args"]) == ("source", ["shop", "orderz"])
    client.send(
        {
            "type": "relation",
            "id": need["id"],
            "error": {"code": "DVT121", "message": "source shop.orderz not found"},
        }
    )
    failure = client.finish()
    assert (failure["code"], failure["message"]) == ("DVT121", "source shop.orderz not found")
    assert failure["line"] == 3
    assert failure["file"].endswith("models/m.py")


def test_the_worker_waits_warm_and_ends_when_its_input_closes(project, start):
    client = start(project.root)
    client.receive()
    with pytest.raises(subprocess.TimeoutExpired):
        client.process.wait(0.3)
    client.process.stdin.close()
    assert client.process.wait(PATIENCE) != 0


def test_a_running_model_ends_with_the_engine(project):
    client = project.start(
        "m",
        """
        def model(dbt, session):
            import subprocess, time
            child = subprocess.Popen(["sleep", "1000"])
            print(child.pid, flush=True)
            time.sleep(1000)
        """,
    )
    started = int(client.until("output")["text"])
    client.process.stdin.close()
    client.process.wait(PATIENCE)
    assert gone(started)


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_model_and_what_it_started(project, sent):
    client = project.start(
        "m",
        """
        def model(dbt, session):
            import signal, subprocess, time
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            child = subprocess.Popen(["sleep", "1000"])
            print(child.pid, flush=True)
            time.sleep(1000)
        """,
    )
    started = int(client.until("output")["text"])
    client.process.send_signal(sent)
    assert client.process.wait(PATIENCE) != 0
    assert gone(started)


def test_a_killed_supervisor_takes_the_model_along(project):
    client = project.start(
        "m",
        """
        def model(dbt, session):
            import os, time
            print(os.getpid(), flush=True)
            time.sleep(1000)
        """,
    )
    model = int(client.until("output")["text"])
    client.process.kill()
    client.process.wait(PATIENCE)
    assert gone(model)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it ends at its pipe's end")
def test_a_model_process_that_begins_after_its_supervisor_has_ended_does_nothing():
    child = subprocess.run(
        [sys.executable, str(WORKER / "dvt_worker" / "child.py"), "0", "1", "2", "0", "mark"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
    )
    assert (child.returncode, child.stdout, child.stderr) == (1, b"", b"")


def test_the_whole_group_can_be_killed_by_the_workers_id(project):
    client = project.start(
        "m",
        """
        def model(dbt, session):
            import subprocess, time
            child = subprocess.Popen(["sleep", "1000"])
            print(child.pid, flush=True)
            time.sleep(1000)
        """,
    )
    started = int(client.until("output")["text"])
    os.killpg(client.process.pid, signal.SIGKILL)
    client.process.wait(PATIENCE)
    assert gone(started)


def test_it_starts_as_a_module_too(project):
    with subprocess.Popen(
        [sys.executable, "-m", "dvt_worker"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(WORKER)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as worker:
        assert b'"ready"' in worker.stdout.readline()
        worker.stdin.close()


def test_modules_of_the_project_do_not_disturb_the_worker(project):
    for name in ("json", "queue", "subprocess", "duckdb", "request", "keys"):
        project.write(f"{name}.py", "raise SystemExit('not for the worker')")
    assert project.rows("def model(dbt, session): return session.sql('select 1 as a')") == [(1,)]


def gone(pid: int) -> bool:
    """Whether the process ends within a few seconds (a zombie has ended)."""
    import time

    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state in "ZX":
            return True
        os.sched_yield()
    return False
