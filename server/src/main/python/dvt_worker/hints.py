"""Common slips of model authors: an exception as Python words it, and what is meant."""

from __future__ import annotations

import linecache
import re

from dvt_worker.places import Place
from dvt_worker.request import Run

_VIEW = re.compile(r"__model__(\w+)")
_IS_INCREMENTAL = re.compile(r"\bis_incremental\s*\(")
_NO_ATTRIBUTE = re.compile(
    r"'?(?:\w+\.)*(DuckDBPyRelation|DuckDBPyConnection)'? object"
    r"|(This relation) does not contain a column by the name of"
)


def find(error: BaseException, place: Place, run: Run) -> str | None:
    """A sentence with the next step, or ``None``."""
    try:
        text = str(error)
    except Exception:
        return None
    line = linecache.getline(place.file, place.line) if place.file else ""
    kind = type(error).__name__
    if "'bool' object is not callable" in text and _IS_INCREMENTAL.search(line):
        return "dbt.is_incremental is a value, not a function: write it without ()."
    if kind in ("TypeError", "AttributeError"):
        return _duckdb_object(text)
    if kind == "CatalogException":
        return _missing_view(text, run)
    if kind == "KeyError" and _from_environ(error):
        return (
            f"The environment variable {text} is not set. Set it, or put it into the file .env"
            " in the project's folder."
        )
    if kind == "EOFError" and "input(" in line:
        return "A model has no terminal to read from: use dbt.var() or an environment variable."
    if kind == "ImportError" and "relative import" in text:
        return (
            "A model is no part of a package: the project's root and the model's folder are"
            " importable, so write the name without the leading dot."
        )
    if kind == "FileNotFoundError":
        return f"Relative paths start at the project's root, {run.root}."
    if kind == "RecursionError":
        return "A function calls itself without end."
    if kind == "MemoryError":
        return "Read less at a time, or let DuckDB aggregate before .df()."
    if "pytz" in text and "failed to import" in text:
        return "DuckDB needs pytz to hand out times with a zone: pip install pytz"
    if kind == "ResourceInUseException":
        return (
            "DuckDB 2 allows one open result a connection: fetch it to its end first, use"
            " session.cursor(), or install duckdb==1.5.6."
        )
    return None


def _duckdb_object(text: str) -> str | None:
    found = _NO_ATTRIBUTE.search(text)
    if found is None:
        return None
    if found.group(1) != "DuckDBPyConnection":
        return (
            "dbt.ref(), dbt.source() and session.sql() give a DuckDB relation: call .df() for a"
            " pandas DataFrame or .pl() for a polars one."
        )
    return "session is a DuckDB connection: session.sql('select ...') gives a relation."


def _missing_view(text: str, run: Run) -> str | None:
    found = _VIEW.search(text)
    if found is None:
        return None
    name = found.group(1)
    if run.this.view == found.group(0) or name.lower() == run.model.lower():
        return (
            "This model has no previous result yet, so its own table is not there: look only"
            " under if dbt.is_incremental:"
        )
    return f"Nothing says that this model reads {name!r}: call dbt.ref({name!r}) before the query."


def _from_environ(error: BaseException) -> bool:
    entry = error.__traceback__
    last = None
    while entry is not None:
        last = entry.tb_frame
        entry = entry.tb_next
    return last is not None and last.f_globals.get("__name__") == "os"
