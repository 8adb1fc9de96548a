"""DVT125: a module that cannot be found, and what to do about it."""

from __future__ import annotations

import ast
import importlib.util
import itertools
import linecache
import os
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from types import TracebackType

from dvt_worker import packages
from dvt_worker.places import Place
from dvt_worker.request import Run
from dvt_worker.userfiles import UserFiles

_DUCKDBS_WORDS = re.compile(r"'(\w+)' is required for this operation but it was not installed")
_MOST_FOLDERS = 2_000
_SKIPPED = frozenset({"__pycache__", "target", "node_modules", "venv", "site-packages"})


def module_of(error: BaseException) -> ModuleNotFoundError | None:
    """The missing module that ended the model, also where DuckDB words it in its own way."""
    if isinstance(error, ModuleNotFoundError):
        return error if error.name else None
    if type(error).__name__ != "InvalidInputException":
        return None
    found = _DUCKDBS_WORDS.search(str(error))
    if found is None:
        return None
    return ModuleNotFoundError(name=found.group(1)).with_traceback(error.__traceback__)


def sentence(error: ModuleNotFoundError, place: Place, run: Run, user: UserFiles) -> str:
    """The page's sentence; where installing a package is not the remedy, what is."""
    module = error.name or "?"
    top = module.split(".")[0]
    failed = f"Python model '{run.model}' failed to import:"
    removed = packages.REMOVED.get(top)
    if removed is not None:
        return f"{failed} {module}. It left Python's standard library in {removed}.{_interpreter()}"
    needed_by = _importer(error.__traceback__, user)
    if needed_by is None:
        own = _own_module(module, run, user)
        if own is not None:
            return f"{failed} {module}. {own}"
    shown = packages.distribution_prefix(_wanted(module, place)) or module
    package = packages.package_of(shown)
    if shown == module and "." in module and _installed(top):
        return f"{failed} {module}. {_lacks(package, module)}"
    because = f" The installed package {needed_by} needs it." if needed_by else ""
    return (
        f"{failed} {top if shown == module else shown}."
        f" Install the package with: pip install {package}\n"
        f"It is missing from {sys.executable}.{because} Or: {_command(package)}"
    )


def _wanted(module: str, place: Place) -> list[str]:
    """All names that the import statement at ``place`` asks for below the missing module."""
    try:
        tree = ast.parse("".join(linecache.getlines(place.file or "")))
    except (SyntaxError, ValueError):
        return [module]
    names = [module]
    for node in ast.walk(tree):
        if getattr(node, "lineno", 0) != place.line:
            continue
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return [name for name in names if name == module or name.startswith(module + ".")]


def _command(package: str) -> str:
    return f"{sys.executable} -m pip install {package}"


def _interpreter() -> str:
    version = ".".join(str(part) for part in sys.version_info[:2])
    return f" The interpreter is {sys.executable} (Python {version})."


def _lacks(package: str, module: str) -> str:
    try:
        have = f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        have = package
    return (
        f"{have} is installed, but has no module {module}: the name may be misspelt, or another"
        f" version has it (pip install --upgrade {package}).{_interpreter()}"
    )


def _installed(top: str) -> bool:
    try:
        return importlib.util.find_spec(top) is not None
    except (ImportError, ValueError):
        return False


def _own_module(module: str, run: Run, user: UserFiles) -> str | None:
    """A module of the project that is elsewhere, or lacks a part."""
    top, *rest = module.split(".")
    for folder in (run.root, os.path.dirname(run.file)):
        package = os.path.join(folder, top)
        if rest and (os.path.isdir(package) or os.path.isfile(package + ".py")):
            return (
                f"{user.shown(package)} of this project has no {'.'.join(rest)}: create"
                f" {user.shown(os.path.join(package, *rest))}.py, or mend the import."
            )
    for found in _named(run.root, top):
        where = os.path.dirname(found)
        dotted = ".".join(os.path.relpath(where, run.root).split(os.sep))
        return (
            f"The project has {user.shown(found)}, but only the project's root and the model's"
            f" folder can be imported from: write from {dotted} import {top}"
        )
    return None


def _named(root: str, name: str) -> Iterator[str]:
    """Files ``name.py`` and packages ``name/`` anywhere in the project."""
    for folder, folders, files in itertools.islice(os.walk(root), _MOST_FOLDERS):
        folders[:] = [f for f in folders if not f.startswith(".") and f not in _SKIPPED]
        if name + ".py" in files:
            yield os.path.join(folder, name + ".py")
        if name in folders and os.path.isfile(os.path.join(folder, name, "__init__.py")):
            yield os.path.join(folder, name)


def _importer(entry: TracebackType | None, user: UserFiles) -> str | None:
    """The installed package whose own import failed; ``None``: the user's code imports it."""
    last = None
    while entry is not None:
        file = entry.tb_frame.f_code.co_filename
        if not file.startswith("<"):
            last = entry.tb_frame
        entry = entry.tb_next
    if last is None or user.owns(last.f_code.co_filename):
        return None
    if "site-packages" not in last.f_code.co_filename.replace("dist-packages", "site-packages"):
        return None
    name = str(last.f_globals.get("__name__") or "")
    return name.split(".")[0] or None
