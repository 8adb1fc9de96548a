"""Starts the model's process: two captured streams, two pipes for messages, one for its stacks."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import NamedTuple


class Child(NamedTuple):
    """The model's process and the parent's ends of its pipes."""

    process: subprocess.Popen[bytes]
    messages_to: int
    messages_from: int
    stdout: int
    stderr: int
    stacks: int


def start(script: str, arguments: list[str]) -> Child:
    """Run ``script`` under this interpreter; its first three arguments are its own pipes."""
    child_in, messages_to = os.pipe()
    messages_from, child_out = os.pipe()
    stdout, child_stdout = os.pipe()
    stderr, child_stderr = os.pipe()
    stacks, child_stacks = os.pipe()
    ends = [child_in, child_out, child_stacks]
    options: dict = {}
    if sys.platform == "win32":
        import msvcrt

        handles = [msvcrt.get_osfhandle(end) for end in ends]
        for handle in handles:
            os.set_handle_inheritable(handle, True)
        info = subprocess.STARTUPINFO()
        info.lpAttributeList = {"handle_list": handles}
        options["startupinfo"] = info
        names = [str(handle) for handle in handles]
    else:
        options["pass_fds"] = ends
        names = [str(end) for end in ends]
    flags = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
    process = subprocess.Popen(
        [sys.executable, *flags, script, *names, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=child_stdout,
        stderr=child_stderr,
        **options,
    )
    for end in (*ends, child_stdout, child_stderr):
        os.close(end)
    return Child(process, messages_to, messages_from, stdout, stderr, stacks)


def lead_group() -> None:
    """A session of our own: one kill of the group ends the model and all that it started."""
    if hasattr(os, "setsid"):
        try:
            os.setsid()
        except OSError:
            pass  # Already the leader.


def open_inherited(name: str, flags: int) -> int:
    """In the child: the file descriptor of a pipe that ``start`` named."""
    if sys.platform == "win32":
        import msvcrt

        fd = msvcrt.open_osfhandle(int(name), flags)
    else:
        fd = int(name)
    os.set_inheritable(fd, False)
    return fd
