"""polars frames, through Arrow where pyarrow is installed, else through a file of polars' own."""

from __future__ import annotations

import importlib.util
from typing import Any, Callable

from dvt_worker.failures import Stop
from dvt_worker.names import check_names
from dvt_worker.request import Run
from dvt_worker.returned import Source


def source(
    value: Any, run: Run, own: Any, warn: Callable[[str], None], leftovers: list[str]
) -> Source:
    import polars as pl

    frame = value.collect() if isinstance(value, pl.LazyFrame) else value
    check_names(list(frame.columns), run.model)
    nulls = [name for name, kind in frame.schema.items() if kind == pl.Null]
    frame = frame.with_columns(*_readable(frame, run.model, pl))
    if _has_pyarrow():
        from dvt_worker import arrow_frame

        through = arrow_frame.source(frame.to_arrow(), run, own, warn)
        through.nulls = nulls
        return through
    casts: dict[str, str] = {}
    durations = [name for name, kind in frame.schema.items() if kind == pl.Duration]
    for name in durations:
        # polars writes a duration as a bare number.
        casts[name] = "to_microseconds({})"
    frame = frame.with_columns(pl.col(durations).dt.total_microseconds()) if durations else frame
    file = f"{run.output}.polars.tmp"
    leftovers.append(file)
    frame.write_parquet(file)
    return Source(own.read_parquet(file), list(frame.columns), casts=casts, nulls=nulls)


def _readable(frame: Any, model: str, pl: Any) -> list[Any]:
    """Columns of types that neither Arrow's readers nor Parquet's know."""
    changed = []
    for name, kind in frame.schema.items():
        if kind == pl.Object:
            raise Stop(
                "DVT122",
                f"Column {name!r} of Python model '{model}' holds Python objects. Turn it into"
                f" a polars type first, for example text: pl.col({name!r}).map_elements(str)",
            )
        for wide in ("Int128", "UInt128"):
            if kind == getattr(pl, wide, None):
                changed.append(_decimal(frame[name], model, pl))
        if kind == getattr(pl, "Float16", None):
            changed.append(pl.col(name).cast(pl.Float32))
    return changed


def _decimal(series: Any, model: str, pl: Any) -> Any:
    largest = max((abs(v) for v in (series.min(), series.max()) if v is not None), default=0)
    if largest >= 10**38:
        raise Stop(
            "DVT122",
            f"Column {series.name!r} of Python model '{model}' holds integers of more than 38"
            " digits, which no database takes. Turn it into text or floats.",
        )
    return series.cast(pl.Decimal(38, 0))


def _has_pyarrow() -> bool:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return importlib.util.find_spec("pyarrow") is not None
