"""From what ``model()`` returned to a Parquet file, or to the error that says why not."""

from __future__ import annotations

import os
from typing import Any, Callable

from dvt_worker import connections, keys, parquet
from dvt_worker.failures import Stop
from dvt_worker.names import check_names
from dvt_worker.request import Run
from dvt_worker.returned import Source, is_blank, source_of

Warn = Callable[[str], None]
_WIDE = ("hugeint", "uhugeint")


class Deferred(Exception):
    """The model's own query failed when it was evaluated after ``model()`` had returned it."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__(str(cause))
        self.cause = cause


def write(value: Any, run: Run, warn: Warn) -> dict[str, Any]:
    """``path``, ``rows`` and ``columns`` of the result; the file is whole once it is there."""
    import duckdb

    if run.is_incremental and is_blank(value):
        return {"path": None, "rows": 0, "columns": []}
    folder = os.path.dirname(run.output)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise Stop(
            "write-failed",
            f"The result of Python model '{run.model}' cannot be written: {folder}:"
            f" {error.strerror}.",
        ) from error
    own = connections.take()
    own.execute("set temp_directory = ?", [os.path.join(folder, "spill")])
    raw = f"{run.output}.{os.getpid()}.tmp"
    leftovers: list[str] = [raw]
    try:
        try:
            source = source_of(value, run, own, warn, leftovers)
        except duckdb.Error as error:
            raise Stop(
                "DVT122",
                f"The result of Python model '{run.model}' cannot be stored: {error}",
            ) from error
        check_names(source.columns, run.model)
        unique = keys.columns(run, source.columns)
        # Where this run adds to it, a column without values gets the type it has there.
        previous = run.this.types if run.is_incremental else {}
        try:
            parquet.write(source, raw, own, previous, warn)
        except duckdb.Error as error:
            raise _write_error(error, source, run, raw) from error
        rows = parquet.rows(own, raw)
        if rows == 0 and run.is_incremental:
            return {"path": None, "rows": 0, "columns": parquet.columns(own, raw)}
        if rows == 0 and not run.allow_empty:
            raise Stop("DVT123", _empty(run))
        if unique and rows:
            rows = keys.enforce(own, raw, unique, run.model, rows, warn)
        columns = parquet.columns(own, raw)
        os.replace(raw, run.output)
        return {"path": run.output, "rows": rows, "columns": columns}
    finally:
        own.close()
        for file in leftovers:
            if os.path.exists(file):
                os.remove(file)


def _empty(run: Run) -> str:
    return (
        f"Python model '{run.model}' returned an empty DataFrame. Check your data source or"
        " filters; where no rows are right, say dbt.config(allow_empty=True)."
    )


def _write_error(error: BaseException, source: Source, run: Run, raw: str) -> Exception:
    text = str(error)
    if "No space left on device" in text or "Disk quota" in text:
        return Stop(
            "write-failed",
            f"The result of Python model '{run.model}' does not fit on the disk of"
            f" {os.path.dirname(run.output)}. Free some space and run it again.",
        )
    if raw in text:
        return Stop(
            "write-failed", f"The result of Python model '{run.model}' cannot be written: {text}"
        )
    wide = [n for n, t in zip(source.columns, source.relation.types) if t.id in _WIDE]
    if wide and "DECIMAL(38,0)" in text:
        return Stop(
            "DVT122",
            f"Python model '{run.model}' returned integers of more than 38 digits"
            f" ({', '.join(map(repr, wide))}), which no database takes. Turn them into text or"
            " floats.",
        )
    if source.from_model:
        return Deferred(error)
    return Stop("DVT122", f"The result of Python model '{run.model}' cannot be stored: {text}")
