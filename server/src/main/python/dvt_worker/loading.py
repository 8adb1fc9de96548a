"""Executes a model's file as a module and hands out its ``model`` function."""

from __future__ import annotations

import importlib.util
import inspect
import io
import linecache
import os
import site
import sys
import tokenize
import types
from typing import Any, Callable

from dvt_worker.failures import Stop
from dvt_worker.request import Run


def model_function(run: Run) -> Callable[[Any, Any], Any]:
    """Execute the file; raises what it raises, and ``Stop`` where there is no fit ``model``."""
    os.chdir(run.root)
    make_importable(run.root, os.path.dirname(run.file))
    source = _source(run.file)
    code = compile(source, run.file, "exec", dont_inherit=True)
    module = types.ModuleType(_module_name(run.file))
    module.__file__ = run.file
    sys.modules[module.__name__] = module
    exec(code, module.__dict__)
    return _checked(run, module)


def make_importable(root: str, folder: str) -> None:
    """The project root before installed packages, the models' folder after all else.

    A model named after the service it reads (stripe.py) must not hide the package of that name,
    and neither may hide the standard library.
    """
    installed = [os.path.realpath(path) for path in _package_folders()]
    places = [i for i, path in enumerate(sys.path) if os.path.realpath(path) in installed]
    if root not in sys.path:
        sys.path.insert(places[0] if places else len(sys.path), root)
    if folder not in sys.path:
        sys.path.append(folder)


def _package_folders() -> list[str]:
    folders = list(site.getsitepackages()) if hasattr(site, "getsitepackages") else []
    user = site.getusersitepackages() if hasattr(site, "getusersitepackages") else None
    named = [p for p in sys.path if os.path.basename(p) in ("site-packages", "dist-packages")]
    return [*folders, *([user] if user else []), *named]


def _module_name(file: str) -> str:
    """The file's own name, so that pickle and multiprocessing find its functions again.

    Unless an import of that name gives something else: then one that nobody imports.
    """
    stem = os.path.splitext(os.path.basename(file))[0]
    if stem in sys.modules:
        return f"_dvt_model_{stem}"
    try:
        found = importlib.util.find_spec(stem) if stem.isidentifier() else None
    except (ImportError, ValueError):
        found = None
    if found is not None and os.path.realpath(found.origin or "") == os.path.realpath(file):
        return stem
    return f"_dvt_model_{stem}"


def _source(file: str) -> str:
    """Decoded as Python does, by its coding line or byte order mark."""
    with open(file, "rb") as opened:
        data = opened.read()
    _remember_lines(file, data.decode("utf-8", "replace"))
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        source = io.TextIOWrapper(io.BytesIO(data), encoding).read()
    except (SyntaxError, UnicodeDecodeError) as error:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as bad:
            line = data.count(b"\n", 0, bad.start) + 1
            text = f"byte 0x{data[bad.start]:02x} is not valid UTF-8: save the file as UTF-8"
            raise SyntaxError(text, (file, line, 0, "")) from None
        raise SyntaxError(str(error), (file, 1, 0, "")) from None
    _remember_lines(file, source)
    return source


def _remember_lines(file: str, source: str) -> None:
    """Tracebacks show the lines that ran, even when the file is edited meanwhile."""
    linecache.cache[file] = (len(source), None, io.StringIO(source).readlines(), file)


def _checked(run: Run, module: types.ModuleType) -> Callable[[Any, Any], Any]:
    function = getattr(module, "model", None)
    if function is None:
        raise Stop(
            "model-missing",
            f"Python model '{run.model}' has no function 'model'. Define: def model(dbt, session)",
        )
    if not callable(function):
        raise Stop(
            "model-missing",
            f"In Python model '{run.model}', 'model' is a {type(function).__name__}, not a"
            " function. Define: def model(dbt, session)",
        )
    try:
        inspect.signature(function).bind(None, None)
    except TypeError:
        raise Stop(
            "model-signature",
            f"In Python model '{run.model}', model{inspect.signature(function)} cannot take the"
            " two arguments that it gets. Define: def model(dbt, session)",
        ) from None
    except ValueError:
        pass  # No signature to look at: a callable written in C.
    return function
