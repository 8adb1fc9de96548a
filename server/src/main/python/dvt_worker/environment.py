"""What this interpreter has: the ``ready`` message."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import sys
from importlib import metadata
from typing import Any, Callable

from dvt_worker import connections

# 1.5 needs Python 3.10.
PINNED_DUCKDB = "1.5.6" if sys.version_info >= (3, 10) else "1.4.5"
_OLDEST_PYTHON = (3, 9)
_REPORTED = ("duckdb", "pandas", "polars", "pyarrow", "numpy", "jinja2", "pytz")


def ready(render_only: bool) -> dict[str, Any]:
    """Import what every model needs, then say what there is."""
    problem = None if render_only else (_python_problem() or _duckdb_problem())
    packages: dict[str, str | None] = {name: _version(name) for name in _REPORTED}
    if not render_only and packages["pandas"] and not _imports("pandas"):
        packages["pandas"] = None
    return {
        "type": "ready",
        "python": ".".join(str(part) for part in sys.version_info[:3]),
        "executable": sys.executable,
        "packages": packages,
        "problem": problem,
    }


def warm_up_jobs() -> list[Callable[[], object]]:
    """What most runs need sooner or later; done while no request is there."""
    names = ("dvt_worker.pandas_frame", "dvt_worker.keys", "pyarrow", "pytz")
    imports = [functools.partial(_imports, name) for name in names]
    return [connections.open_ahead, connections.open_ahead, *imports]


def _python_problem() -> str | None:
    if sys.version_info < _OLDEST_PYTHON:
        have = ".".join(str(part) for part in sys.version_info[:3])
        return (
            f"{sys.executable} is Python {have}; models need 3.9 or newer. Choose another"
            " interpreter (--python, or the editor's setting)."
        )
    return None


def _duckdb_problem() -> str | None:
    remedy = (
        f"Install it with: {sys.executable} -m pip install duckdb=={PINNED_DUCKDB}, or let"
        " dvt-ls env create make an environment."
    )
    try:
        duckdb = importlib.import_module("duckdb")
        duckdb.connect(":memory:").close()
    except ModuleNotFoundError as missing:
        if missing.name == "duckdb":
            return f"The interpreter {sys.executable} has no duckdb. {remedy}"
        return f"duckdb in {sys.executable} cannot be imported: {missing}. {remedy}"
    except Exception as broken:
        return f"duckdb in {sys.executable} cannot be imported: {broken}. {remedy}"
    return None


def _version(name: str) -> str | None:
    try:
        if importlib.util.find_spec(name) is None:
            return None
        return metadata.version(name)
    except (ImportError, ValueError):
        module = sys.modules.get(name)
        return getattr(module, "__version__", None)


def _imports(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True
