"""The model's process: says ``ready``, waits for one request, answers it, ends."""

import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
_PARENT = os.path.dirname(_HERE)
# Run by its path, Python puts this folder first; our module names must not hide a user's.
sys.path[:] = [p for p in sys.path if os.path.abspath(p) != _HERE]
if _PARENT not in sys.path:
    sys.path.insert(0, _PARENT)


def _end_with_parent(supervisor: int) -> None:
    """Linux: the kernel ends this process when its supervisor was killed, whatever it is doing."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes
    import signal

    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (OSError, AttributeError):
        return
    if os.getppid() != supervisor:
        os._exit(1)


def _prefer_as_victim() -> None:
    """Linux: when memory runs out, this process is ended, not the editor or the database."""
    try:
        with open("/proc/self/oom_score_adj", "w") as score:
            score.write("600")
    except OSError:
        pass


def main() -> None:
    incoming, outgoing, told, supervisor, mark = sys.argv[1:]
    _end_with_parent(int(supervisor))
    # As in __main__.py; what the model imports is the user's again.
    wanted = sys.dont_write_bytecode, sys.pycache_prefix
    sys.dont_write_bytecode, sys.pycache_prefix = False, os.path.join(_PARENT, "compiled")
    from dvt_worker import compiler, environment, rendering, running, spawn, stacks
    from dvt_worker.channel import Channel

    sys.dont_write_bytecode, sys.pycache_prefix = wanted
    _prefer_as_victim()
    channel = Channel(
        spawn.open_inherited(incoming, os.O_RDONLY),
        spawn.open_inherited(outgoing, os.O_WRONLY),
        f"\x00{mark}\x00".encode(),
    )
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    stacks.tell(spawn.open_inherited(told, os.O_WRONLY))
    jinja_only = channel.asked_for_jinja()
    channel.send(environment.ready(jinja_only))
    message = channel.receive([] if jinja_only else environment.warm_up_jobs())
    sys.argv[1:] = []
    if message.get("type") == "render":
        channel.finish(rendering.answer(message))
    elif message.get("type") == "compiler":
        compiler.serve(message, channel)
    else:
        running.answer(message, channel)


if __name__ == "__main__":
    main()
