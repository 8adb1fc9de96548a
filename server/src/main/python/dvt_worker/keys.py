"""``unique_key``: its columns are there, hold no NULL, and name each row once."""

from __future__ import annotations

import os
from typing import Any, Callable

from dvt_worker.failures import Stop
from dvt_worker.request import Run
from dvt_worker.session import quoted


def columns(run: Run, returned: list[str]) -> list[str]:
    """The key's columns as the frame spells them."""
    spelled = {name.lower(): name for name in returned}
    lacking = [key for key in run.unique_key if key.lower() not in spelled]
    if lacking:
        which = ", ".join(repr(key) for key in lacking)
        raise Stop(
            "DVT122",
            f"Python model '{run.model}' has unique_key {which}, but its result has no such"
            f" column; it has: {', '.join(returned)}.",
        )
    return [spelled[key.lower()] for key in run.unique_key]


def enforce(
    own: Any, file: str, unique: list[str], model: str, rows: int, warn: Callable[[str], None]
) -> int:
    """Refuse NULLs; of rows with one key keep the last. Returns how many rows are left."""
    numbered = f"read_parquet({_text(file)}, file_row_number = true)"
    for key in unique:
        nulls, first = own.execute(
            f"select count(*), min(file_row_number) from {numbered} where {quoted(key)} is null"
        ).fetchall()[0]
        if nulls:
            raise Stop(
                "DVT122",
                f"Python model '{model}' returned {nulls:,} of {rows:,} rows with NULL in the"
                f" unique_key column {key!r}, the first in row {first + 1}. Drop those rows or"
                " fill the column.",
            )
    key = ", ".join(quoted(name) for name in unique)
    groups = f"from {numbered} group by {key} having count(*) > 1"
    (extra,) = own.execute(f"select sum(n - 1) from (select count(*) as n {groups})").fetchall()[0]
    if not extra:
        return rows
    sample = own.execute(f"select {key} {groups} limit 1").fetchall()[0]
    once = file + ".once"
    try:
        own.execute(
            f"copy (select * exclude (file_row_number) from {numbered} qualify row_number() over"
            f" (partition by {key} order by file_row_number desc) = 1 order by file_row_number)"
            f" to {_text(once)} (format parquet)"
        )
        os.replace(once, file)
    finally:
        if os.path.exists(once):
            os.remove(once)
    warn(
        f"Python model '{model}' returned {int(extra):,} rows more than once by unique_key"
        f" ({', '.join(unique)}), for example {', '.join(map(str, sample))}: the last of each was"
        " kept."
    )
    return rows - int(extra)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
