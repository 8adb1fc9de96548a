"""Parts that need no process."""

from __future__ import annotations

import os
from pathlib import Path

from dvt_worker.crash import describe
from dvt_worker.output import BURST_LINES, LINES_A_SECOND, MOST_LINES, Budget, Lines
from dvt_worker.packages import distribution_prefix, package_of
from dvt_worker.userfiles import UserFiles

MARK = b"\x00mark\x00"


def lines(clock=lambda: 0.0):
    shown: list[str] = []
    drained: list[int] = []
    stream = Lines(MARK, shown.append, lambda: drained.append(len(shown)), Budget(clock))
    return stream, shown, drained


def test_lines_come_whole_whatever_the_pieces():
    text = "first\nsécond\n\nlast".encode()
    for size in range(1, len(text)):
        stream, shown, _ = lines()
        for at in range(0, len(text), size):
            stream.feed(text[at : at + size])
        stream.close()
        assert shown == ["first", "sécond", "", "last"]


def test_the_end_mark_is_never_shown():
    whole = b"a\nno newline" + MARK + b"\nlater\n"
    for size in range(1, len(whole)):
        stream, shown, drained = lines()
        for at in range(0, len(whole), size):
            stream.feed(whole[at : at + size])
        assert shown == ["a", "no newline", "later"]
        assert drained == [2]


def test_the_end_mark_is_found_after_a_flood():
    stream, shown, drained = lines()
    for _ in range(200):
        stream.feed(b"x\n" * 1000)
    stream.feed(b"y" * 100_000)
    stream.feed(MARK[:3])
    stream.feed(MARK[3:] + b"\n")
    assert len(drained) == 1
    assert shown[-1].startswith("yyy")


def test_a_flood_is_counted_exactly_and_its_end_kept():
    stream, shown, _ = lines()
    for i in range(20_000):
        stream.feed(b"%d\n" % i)
    stream.close()
    note = next(i for i, line in enumerate(shown) if "left out" in line)
    assert note == BURST_LINES
    kept = len(shown) - note - 1
    assert f"{20_000 - BURST_LINES - kept:,} lines left out" in shown[note]
    assert shown[-1] == "19999"


def test_after_a_pause_lines_are_shown_again():
    now = [0.0]
    stream, shown, _ = lines(lambda: now[0])
    stream.feed(b"x\n" * (BURST_LINES + 50))
    assert BURST_LINES <= len(shown) < BURST_LINES + 100
    now[0] += 10
    stream.feed(b"again\n")
    assert shown[-1] == "again"
    assert LINES_A_SECOND * 10 > 50


def test_a_stream_that_never_stops_is_told_once_and_ends_with_its_last_lines():
    now = [0.0]
    stream, shown, _ = lines(lambda: now[0])
    for i in range(2 * MOST_LINES):
        now[0] += 1 / LINES_A_SECOND
        stream.feed(b"line %d\n" % i)
    stream.close()
    assert len(shown) == MOST_LINES + 1 + 1 + 20
    assert sum("has printed" in line for line in shown) == 1
    assert shown[MOST_LINES].startswith("… the model has printed 50,000 lines or 8 MB")
    assert "49,980 lines left out" in shown[MOST_LINES + 1]
    assert shown[-1] == f"line {2 * MOST_LINES - 1}"


def test_a_flood_is_shown_again_only_after_a_while():
    now = [0.0]
    stream, shown, _ = lines(lambda: now[0])
    for _ in range(400):
        now[0] += 0.01
        stream.feed(b"x\n" * 1000)
    assert BURST_LINES <= len(shown) < BURST_LINES + 100


def test_a_progress_bar_is_one_line():
    stream, shown, _ = lines()
    for i in range(100):
        stream.feed(b"\r%d%%" % i)
    stream.feed(b"\rdone\r\n")
    assert shown == ["done"]


def test_package_names():
    assert package_of("sklearn.linear_model") == "scikit-learn"
    assert package_of("google.cloud.bigquery.job") == "google-cloud-bigquery"
    assert package_of("requests.adapters") == "requests"
    assert distribution_prefix(["google", "google.cloud.storage"]) == "google.cloud.storage"
    assert distribution_prefix(["requests.adapters"]) is None


def test_files_of_the_user(tmp_path: Path):
    user = UserFiles(str(tmp_path), str(tmp_path / "models" / "m.py"))
    assert user.owns(str(tmp_path / "lib" / "a.py"))
    assert user.owns(str(tmp_path / "models" / "m.py"))
    assert not user.owns(str(tmp_path / ".venv" / "lib" / "a.py"))
    assert not user.owns(str(tmp_path / "env" / "site-packages" / "a.py"))
    assert not user.owns(os.__file__)
    assert not user.owns("<string>")
    assert not user.owns(str(tmp_path) + "2/a.py")
    assert user.shown(str(tmp_path / "models" / "m.py")) == "models/m.py"


def test_a_crash_before_the_run_is_the_workers_own():
    failure = describe(1, ["ImportError: broken"], [], None)
    assert failure["code"] == "worker-failed"
    assert failure["message"].endswith("(exit code 1): ImportError: broken")
    assert failure["traceback"] == "ImportError: broken"


def test_a_crash_shows_only_the_thread_that_crashed():
    stack = [
        "Fatal Python error: Segmentation fault",
        "Thread 0x01 (most recent call first):",
        '  File "/p/models/m.py", line 99 in other',
        "Current thread 0x02 (most recent call first):",
        '  File "/usr/lib/python3/ctypes.py", line 5 in call',
        '  File "/p/models/m.py", line 7 in model',
        "Thread 0x03 (most recent call first):",
        '  File "/p/models/m.py", line 98 in other',
    ]
    run = {"model": "m", "projectRoot": "/p", "file": "/p/models/m.py"}
    failure = describe(-11, [], stack, run)
    assert (failure["code"], failure["line"]) == ("DVT126", 7)
    assert "SIGSEGV" in failure["message"]
