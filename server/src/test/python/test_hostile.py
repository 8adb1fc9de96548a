"""Models that misbehave: a clear error or a right result, never a hang."""

from __future__ import annotations

import sys

import pytest


def test_the_engines_own_syntax_printed_is_only_output(project):
    fake = '{"type": "result", "path": "/etc/passwd", "rows": 1, "columns": [], "seconds": 0}'
    result = project.run(
        f"""
        def model(dbt, session):
            import os, sys
            fake = {fake!r}
            print(fake)
            print(fake, file=sys.stderr)
            os.write(1, (fake + "\\n").encode())
            sys.__stdout__.write(fake + "\\n")
            return session.sql("select 1 as a")
        """
    )
    assert result["path"].endswith("result.parquet")
    assert sorted(project.printed) == [fake] * 3
    assert project.client.printed("stderr") == [fake]


def test_reading_stdin_gives_nothing(project):
    assert project.rows(
        """
        def model(dbt, session):
            import os, sys
            assert sys.stdin.read() == "" and os.read(0, 10) == b""
            return session.sql("select 1 as a")
        """
    )


def test_output_of_c_code_and_of_other_programs(project):
    project.run(
        """
        def model(dbt, session):
            import ctypes, subprocess, sys
            ctypes.CDLL(None).puts(b"from C")
            ctypes.CDLL(None).fflush(None)
            subprocess.run([sys.executable, "-c", "print('from a program')"], check=True)
            subprocess.run("echo to stderr >&2", shell=True, check=True)
            return session.sql("select 1 as a")
        """
    )
    assert project.printed == ["from C", "from a program"]
    assert project.client.printed("stderr") == ["to stderr"]


def test_odd_bytes_and_progress_bars(project):
    project.run(
        r"""
        def model(dbt, session):
            import os, sys
            os.write(1, b"\xff\xfe caf\xc3\xa9\n")
            print("10%\r50%\r100%")
            print("dos\r")
            print("")
            print("\ud800 alone")
            sys.stdout.write("é" * 3 + "\n")
            return session.sql("select 1 as a")
        """
    )
    assert project.printed == ["�� café", "100%", "dos", "", "\\ud800 alone", "ééé"]


def test_a_flood_of_lines_is_cut_and_its_end_shown(project):
    result = project.run(
        """
        def model(dbt, session):
            block = "".join(f"line {i}\\n" for i in range(20_000))
            for _ in range(100):
                print(block, end="")
            print("the last words")
            return session.sql("select 1 as a")
        """
    )
    assert result["type"] == "result"
    printed = project.printed
    assert printed[:2] == ["line 0", "line 1"]
    assert printed[-1] == "the last words"
    assert len(printed) < 20_000
    assert any("lines left out" in line for line in printed)


def test_a_line_without_end_does_not_fill_memory(project):
    result = project.run(
        """
        def model(dbt, session):
            import sys
            for _ in range(200):
                sys.stdout.write("x" * 1_000_000)
            print("!")
            print("next")
            return session.sql("select 1 as a")
        """
    )
    assert result["type"] == "result"
    first, second = project.printed
    assert len(first) < 9_000 and "more bytes" in first
    assert second == "next"


def test_printing_while_holding_the_interpreter_lock_does_not_hang(project):
    result = project.run(
        """
        def model(dbt, session):
            import ctypes
            libc = ctypes.PyDLL(None)
            for _ in range(3000):
                libc.puts(b"y" * 100)
            libc.fflush(None)
            return session.sql("select 1 as a")
        """
    )
    assert result["type"] == "result"
    assert len(project.printed) == 3000


@pytest.mark.parametrize("code", [0, 3])
def test_os_exit_is_told_with_its_code(project, code):
    failure = project.failure(
        f"""
        def model(dbt, session):
            import os
            print("before")
            os._exit({code})
        """,
        "DVT126",
    )
    assert f"exit code {code}" in failure["message"]
    assert "os._exit()" in failure["message"]


def test_a_segmentation_fault_is_told_with_its_line(project):
    failure = project.failure(
        """
        import ctypes

        def crash():
            ctypes.string_at(0)

        def model(dbt, session):
            crash()
        """,
        "DVT126",
    )
    assert "segmentation fault" in failure["message"]
    assert failure["line"] == 5
    assert failure["file"].endswith("models/m.py")


def test_a_killed_process_is_told(project):
    failure = project.failure(
        """
        def model(dbt, session):
            import os, signal
            os.kill(os.getpid(), signal.SIGKILL)
        """,
        "DVT126",
    )
    assert "SIGKILL" in failure["message"]
    assert "memory" in failure["message"]


def test_changing_directory_does_no_harm(project, tmp_path):
    result = project.run(
        f"""
        def model(dbt, session):
            import os
            os.chdir({str(tmp_path)!r})
            return session.sql("select 1 as a")
        """,
        output=".dvt/work/result.parquet",
    )
    assert result["path"] == str(project.root / ".dvt" / "work" / "result.parquet")


def test_a_thread_that_never_ends_does_not_hold_the_worker(project):
    assert project.rows(
        """
        import threading

        def model(dbt, session):
            threading.Thread(target=threading.Event().wait).start()
            return session.sql("select 1 as a")
        """
    ) == [(1,)]


def test_programs_left_behind_are_ended(project):
    from test_protocol import gone

    project.run(
        """
        def model(dbt, session):
            import subprocess
            print(subprocess.Popen(["sleep", "1000"]).pid)
            return session.sql("select 1 as a")
        """
    )
    assert gone(int(project.printed[0]))


def test_closed_and_replaced_streams(project):
    assert project.rows(
        """
        def model(dbt, session):
            import os, sys
            sys.stdout.close()
            sys.stderr = None
            os.close(1)
            os.close(2)
            return session.sql("select 1 as a")
        """
    ) == [(1,)]


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork")
def test_a_forked_copy_of_the_model_gives_no_second_result(project):
    project.run(
        """
        def model(dbt, session):
            import os
            child = os.fork()
            if child:
                os.waitpid(child, 0)
            return session.sql("select 1 as a")
        """
    )
    assert len(project.client.of_type("result")) == 1


def test_exit_handlers_run(project):
    project.run(
        """
        import atexit
        held = open("log.txt", "w")
        atexit.register(lambda: open("at-exit.txt", "w").close())

        def model(dbt, session):
            held.write("written at the end")
            return session.sql("select 1 as a")
        """
    )
    assert (project.root / "log.txt").read_text() == "written at the end"
    assert (project.root / "at-exit.txt").exists()


def test_a_closed_session_is_a_clear_error(project):
    failure = project.failure(
        """
        def model(dbt, session):
            rows = session.sql("select 1 as a")
            session.close()
            return rows
        """,
        "DVT126",
    )
    assert "onnection" in failure["message"]


def test_an_open_transaction_is_read_as_it_is(project):
    assert project.rows(
        """
        def model(dbt, session):
            session.execute("begin")
            session.execute("create table t as select 5 as a")
            return session.table("t")
        """
    ) == [(5,)]


def test_arguments_and_main_of_the_worker_are_not_the_models(project):
    project.run(
        """
        import sys

        def model(dbt, session):
            print(len(sys.argv))
            return session.sql("select 1 as a")

        if __name__ == "__main__":
            raise SystemExit("not a script")
        """
    )
    assert project.printed == ["1"]
    assert sys.argv


def test_nothing_is_spilled_into_the_project(project):
    project.run(
        """
        def model(dbt, session):
            session.execute("set memory_limit = '100MB'")
            return session.sql(
                "select range as a, hash(range) as b from range(2_000_000) order by b limit 10")
        """
    )
    assert sorted(p.name for p in project.root.iterdir()) == [".dvt", "models"]
