"""A debugger for the model: debugpy, when the run asks for one.

It is loaded from the folder that the engine names, so that nothing else beside it can be imported.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import site
import sys
import sysconfig
import threading
from typing import Any, Callable

from dvt_worker.channel import Channel
from dvt_worker.failures import Stop

CODE = "debug-failed"
_HERE = "127.0.0.1"


def begin(wanted: dict[str, Any], channel: Channel) -> Callable[[BaseException], None]:
    """Wait until a client debugs this process; the answer is to be told what the model raises.

    ``listen``: for a client that connects to this port; ``connect``: to an adapter that waits.
    """
    _leave_alone(threading.enumerate())
    with _Environment(_quiet()):
        debugpy = _load(wanted["debugpy"])
        # Processes that the model starts run on their own: a client has one model at a time.
        debugpy.configure(subProcess=False)
        if wanted.get("listen") is not None:
            port = _on(wanted["listen"], debugpy.listen)[1]
            channel.send({"type": "debugger", "port": port})
        else:
            _on(wanted["connect"], debugpy.connect)
    debugpy.wait_for_client()
    # The worker handles what the model raises: the debugger would take it for expected.
    return getattr(debugpy, "trigger_exception_handler", _nothing)


def _leave_alone(threads: list[threading.Thread]) -> None:
    """Those of the worker are neither shown nor stopped: what a user evaluates may need them."""
    for thread in threads:
        if thread is not threading.current_thread():
            thread.pydev_do_not_trace = True  # type: ignore[attr-defined]
            thread.is_pydev_daemon_thread = True  # type: ignore[attr-defined]


def _nothing(_: BaseException) -> None:
    """debugpy before 1.8.13 cannot be told."""


def _load(folder: str) -> Any:
    spec = importlib.util.spec_from_file_location(
        "debugpy", os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    try:
        if spec is None or spec.loader is None:
            raise ImportError(f"{folder} is no package")
        module = importlib.util.module_from_spec(spec)
        sys.modules["debugpy"] = module
        spec.loader.exec_module(module)
        importlib.import_module("debugpy.server.api")
        return module
    except Exception as error:
        raise Stop(
            CODE,
            f"The debugger cannot be loaded from {folder} ({type(error).__name__}: {error})."
            " Run dvt-ls env create, or install debugpy into the models' Python.",
        ) from error


def _on(port: int, act: Callable[[tuple[str, int]], Any]) -> Any:
    try:
        return act((_HERE, port))
    except BaseException as error:
        raise Stop(
            CODE,
            f"The debugger cannot use port {port} of {_HERE}: {str(error) or type(error).__name__}."
            " Choose another port.",
        ) from error


def _quiet() -> dict[str, str]:
    """The worker's own frames are a library's; no advice on Python's frozen modules."""
    return {
        "LIBRARY_ROOTS": os.pathsep.join(_library_folders()),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _library_folders() -> list[str]:
    """What the debugger would take for libraries by itself, and the worker."""
    folders = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    folders += [os.path.dirname(os.__file__), os.path.dirname(os.path.dirname(__file__))]
    folders += site.getsitepackages() if hasattr(site, "getsitepackages") else []
    folders += [site.getusersitepackages()] if hasattr(site, "getusersitepackages") else []
    folders += [p for p in sys.path if os.path.basename(p) in ("site-packages", "dist-packages")]
    return sorted({path for f in folders if f for path in (f, os.path.realpath(f))})


class _Environment:
    """Variables that are there for a while only: what the model starts must not see them."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._variables = variables
        self._before: dict[str, str | None] = {}

    def __enter__(self) -> None:
        self._before = {name: os.environ.get(name) for name in self._variables}
        os.environ.update(self._variables)

    def __exit__(self, *_: object) -> None:
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
