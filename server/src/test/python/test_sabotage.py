"""Models that break what Python or the worker stands on: a clear error or a right result."""

from __future__ import annotations

import os
import sys

import pytest

RESULT = "return session.sql('select 1 as a')"
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="POSIX only")


@pytest.mark.parametrize(
    "patch",
    [
        "import builtins; builtins.len = builtins.isinstance = builtins.open = None",
        "import builtins; builtins.print = builtins.type = builtins.getattr = None",
        "import json; json.dumps = json.loads = json.JSONEncoder = None",
        "import duckdb; duckdb.connect = duckdb.Error = duckdb.DuckDBPyRelation = None",
        "import os; os.replace = os.write = os.path.exists = os.makedirs = os.getpid = None",
        "import sys; sys.path.clear(); sys.meta_path.clear()",
        "import sys; sys.modules.clear()",
        "import sys; sys.stdout = sys.stderr = sys.excepthook = None",
        "import threading; threading.Thread = threading.Lock = None",
        "import warnings; warnings.simplefilter('error')",
        "import gc; gc.disable()",
        "import locale; locale.setlocale(locale.LC_ALL, 'C')",
        "import signal; [signal.signal(n, signal.SIG_IGN) for n in (1, 2, 3, 10, 12, 13, 15, 17)]",
        "import faulthandler; faulthandler.disable()",
        "import threading, sys; threading.Thread(target=sys.exit).start()",
        "import threading; threading.Thread(target=lambda: 1 / 0).start()",
    ],
)
def test_what_the_model_replaced_is_put_back(project, patch):
    assert project.rows(f"def model(dbt, session):\n    {patch}\n    {RESULT}") == [(1,)]


@pytest.mark.parametrize(
    "patch",
    [
        "import builtins; builtins.len = builtins.str = None",
        "import json; json.dumps = None",
        "import traceback, linecache; traceback.TracebackException = linecache.getline = None",
    ],
)
def test_an_exception_after_it_is_still_told(project, patch):
    failure = project.failure(
        f"def model(dbt, session):\n    {patch}\n    raise ValueError('boom')", "DVT126"
    )
    assert "ValueError: boom" in failure["message"]
    assert failure["line"] == 3


@needs_fork
@pytest.mark.parametrize(
    "act",
    [
        "os.closerange(3, 1024)",
        "null = os.open('/dev/null', os.O_RDWR); [os.dup2(null, i) for i in range(3, 40)]",
    ],
)
def test_closed_pipes_are_told(project, act):
    failure = project.run(f"import os\ndef model(dbt, session):\n    {act}\n    {RESULT}")
    assert failure["code"] == "DVT126"
    assert "closed or replaced file descriptors" in failure["message"]
    assert "Leave those above 2 alone" in failure["message"]


@needs_fork
@pytest.mark.parametrize(
    ("act", "says", "line"),
    [
        ("os.abort()", "SIGABRT, native code called abort()", 3),
        ("signal.alarm(1); signal.pause()", "SIGALRM, an alarm that it had set", 2),
        ("os.execvp('true', ['true'])", "exit code 0 before it returned", 2),
        ("os.kill(os.getpid(), signal.SIGTERM)", "SIGTERM, something asked it to end", 2),
    ],
)
def test_ends_of_the_process(project, act, says, line):
    failure = project.failure(f"import os, signal\ndef model(dbt, session):\n    {act}", "DVT126")
    assert says in failure["message"]
    assert failure["line"] == line


@pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_AS")
@pytest.mark.parametrize("grow", ["bytearray(10 << 20)", "'a' * 1000 + str(len(held))"])
def test_memory_that_is_used_up(project, grow):
    failure = project.failure(
        f"""
        import resource

        def model(dbt, session):
            resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
            held = []
            while True:
                held.append({grow})
        """,
        "DVT126",
    )
    assert "MemoryError" in failure["message"]
    assert "Read less at a time" in failure["message"]
    assert failure["line"] == 8


@pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_AS")
def test_memory_that_native_code_uses_up(project):
    failure = project.run(
        """
        import resource

        def model(dbt, session):
            resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
            import numpy as np
            return np.ones(10**12)
        """
    )
    assert (failure["type"], failure["code"], failure["line"]) == ("failure", "DVT126", 7)
    assert "Unable to allocate" in failure["message"]


def test_a_very_deep_recursion(project):
    failure = project.failure(
        """
        import sys

        def down(n):
            return [down(n + 1)]

        def model(dbt, session):
            sys.setrecursionlimit(200_000)
            return down(0)
        """,
        "DVT126",
    )
    assert failure["line"] == 5
    assert "RecursionError" in failure["message"] or "SIGSEGV" in failure["message"]
    assert len(failure["traceback"]) < 70_000


def test_causes_in_a_circle(project):
    failure = project.failure(
        """
        def model(dbt, session):
            first, second = ValueError("first"), KeyError("second")
            first.__cause__, second.__cause__ = second, first
            raise first
        """,
        "DVT126",
    )
    assert failure["message"].endswith("raised ValueError: first")
    assert failure["traceback"].count("KeyError: 'second'") == 1


def test_a_chain_of_thousands_of_long_causes(project):
    failure = project.failure(
        """
        def model(dbt, session):
            error = ValueError("the first")
            for i in range(5000):
                outer = ValueError("x" * 1000)
                outer.__cause__, error = error, outer
            raise error
        """,
        "DVT126",
    )
    assert failure["line"] == 7
    assert len(failure["traceback"]) < 61_000


def test_a_text_that_is_no_text(project):
    failure = project.failure(
        """
        class Odd(Exception):
            def __str__(self):
                return 3

        def model(dbt, session):
            raise Odd
        """,
        "DVT126",
    )
    assert "raised Odd: (its text cannot be shown: TypeError)" in failure["message"]


@pytest.mark.parametrize("code", ["0", "None", "'bye'"])
def test_sys_exit_with_any_code_is_no_result(project, code):
    failure = project.failure(
        f"import sys\ndef model(dbt, session):\n    sys.exit({code})", "DVT126"
    )
    assert "sys.exit(" in failure["message"]
    assert failure["line"] == 3


@pytest.mark.parametrize("act", ["time.sleep(1000)", "1 / 0", "os._exit(7)", "sys.exit(7)"])
def test_exit_handlers_change_nothing(project, act):
    assert project.rows(
        f"""
        import atexit, os, sys, time

        def model(dbt, session):
            atexit.register(lambda: {act})
            {RESULT}
        """
    ) == [(1,)]


@pytest.mark.parametrize("name", ["failures", "channel", "json", "string", "results"])
def test_helpers_named_like_modules_of_others(project, name):
    """Those of the worker are found in the project; the standard library's stay what they are."""
    project.write(f"{name}.py", "mine = True\n")
    standard = name in ("json", "string")
    assert project.rows(
        f"""
        import {name}

        def model(dbt, session):
            assert hasattr({name}, "mine") is {not standard}
            {RESULT}
        """
    ) == [(1,)]


def test_a_helper_named_like_a_package_in_use_is_the_projects(project):
    project.write("dvt_worker.py", "raise SystemExit('not for the worker')")
    project.write("models/duckdb.py", "raise SystemExit('not for the worker')")
    assert project.rows(f"import duckdb\ndef model(dbt, session): {RESULT}") == [(1,)]
