"""Puts back what a model replaced in the modules that the worker itself needs.

A model may patch ``builtins``, ``json`` or ``duckdb`` and return a good frame all the same.
"""

from __future__ import annotations

import sys
from typing import Any

_NEEDED = (
    "builtins",
    "sys",
    "os",
    "os.path",
    "io",
    "json",
    "json.encoder",
    "threading",
    "queue",
    "traceback",
    "linecache",
    "ast",
    "re",
    "time",
    "inspect",
    "warnings",
    "importlib",
    "duckdb",
    "pandas",
    "polars",
    "pyarrow",
)
# What a model changes by right, and what changes by itself.
_FREE = frozenset({"stdin", "stdout", "stderr", "argv", "path", "_"})
_MISSING: Any = object()


class Intact:
    """What was there when it was made; :meth:`restore` uses no builtin function."""

    def __init__(self, traced: bool = False) -> None:
        """``traced``: by a debugger, which stays."""
        self._modules = dict(sys.modules)
        self._all = sys.modules
        self._importing = (sys.meta_path, list(sys.meta_path))
        self._path = (sys.path, list(sys.path))
        self._contents = [
            (vars(module), {k: v for k, v in vars(module).items() if k not in _FREE})
            for name, module in sys.modules.items()
            if name in _NEEDED
        ]
        self._untrace = () if traced else (sys.settrace, sys.setprofile)

    def restore(self) -> None:
        for end in self._untrace:
            end(None)
        for now, before in self._contents:
            for name, value in before.items():
                if now.get(name, _MISSING) is not value:
                    now[name] = value
        for name, module in self._modules.items():
            if self._all.get(name, _MISSING) is not module:
                self._all[name] = module
        finders, before = self._importing
        if not finders:
            finders += before
        path, entries = self._path
        path += [entry for entry in entries if entry not in path]
