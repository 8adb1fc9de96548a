"""pandas frames, column by column into what DuckDB reads rightly; most columns stay as they are."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple

from dvt_worker import objects
from dvt_worker.failures import Stop
from dvt_worker.names import check_names
from dvt_worker.request import Run
from dvt_worker.returned import Source


class _Column(NamedTuple):
    """``values``: the column to store; ``None``: as it is. ``cast``: its DuckDB type."""

    values: Any | None = None
    cast: str | None = None
    empty: bool = False
    warning: str | None = None


def source(frame: Any, run: Run, own: Any, warn: Callable[[str], None]) -> Source:
    import pandas as pd

    names = _names(frame, run.model, pd)
    check_names(names, run.model)
    _warn_of_index(frame, run.model, warn, pd)
    casts: dict[str, str] = {}
    nulls: list[str] = []
    stored: dict[str, Any] = {}
    for position, name in enumerate(names):
        series = frame.iloc[:, position]
        try:
            column = _column(series, pd)
        except objects.Mixed as problem:
            raise Stop(
                "DVT122", f"Column {name!r} of Python model '{run.model}' {problem}."
            ) from None
        if column.warning:
            warn(f"Column {name!r}: {column.warning}")
        if column.cast:
            casts[name] = "cast({} as " + column.cast.replace("{", "{{").replace("}", "}}") + ")"
        if column.empty:
            nulls.append(name)
        stored[name] = series.array if column.values is None else column.values
    # One plain index for all: frames of columns that each keep their memory.
    plain = pd.DataFrame(stored, index=pd.RangeIndex(len(frame)), copy=False)
    own.execute(f"set pandas_analyze_sample = {max(len(frame), 1)}")
    return Source(own.from_df(plain), names, casts=casts, nulls=nulls)


def _names(frame: Any, model: str, pd: Any) -> list[str]:
    if isinstance(frame.columns, pd.MultiIndex):
        raise Stop(
            "DVT122",
            f"Python model '{model}' returned columns of several levels, such as"
            f" {frame.columns[0]!r}. Make them plain names:"
            " df.columns = ['_'.join(map(str, c)) for c in df.columns]",
        )
    return ["" if objects.is_missing_scalar(name) else str(name) for name in frame.columns]


def _warn_of_index(frame: Any, model: str, warn: Callable[[str], None], pd: Any) -> None:
    levels = [str(name) for name in frame.index.names if name is not None]
    if levels or isinstance(frame.index, pd.MultiIndex):
        which = ", ".join(levels) or "of several levels"
        warn(
            f"The index ({which}) of the frame that Python model '{model}' returned is not"
            " loaded. Return df.reset_index() to keep it as columns."
        )


def _column(series: Any, pd: Any) -> _Column:
    kind = series.dtype
    if pd.api.types.is_object_dtype(kind):
        return _objects(series.tolist(), pd)
    name = type(kind).__name__
    if name == "CategoricalDtype":
        return _category(series, pd)
    if name == "PeriodDtype":
        text = series.astype(object).map(str, na_action="ignore")
        return _text(text, pd, f"its periods ({kind.freq.name}) are stored as text.")
    if name == "IntervalDtype":
        text = series.astype(object).map(str, na_action="ignore")
        return _text(text, pd, "its intervals are stored as text.")
    if name == "SparseDtype":
        return _instead(series.sparse.to_dense(), pd)
    if name == "ArrowDtype":
        return _arrow(series, pd)
    if getattr(kind, "kind", "") == "c":
        raise objects.Mixed("holds complex numbers, which no database has. Split them in two")
    if getattr(kind, "kind", "") == "f" and getattr(kind, "itemsize", 8) not in (4, 8):
        return _Column(series.astype("float32" if kind.itemsize == 2 else "float64").array)
    if getattr(kind, "kind", "") in ("m", "M"):
        return _times(series, pd)
    # Text, nullable numbers, numpy's own dtypes: DuckDB reads them rightly.
    if (
        name == "StringDtype"
        or hasattr(kind, "numpy_dtype")
        or not hasattr(kind, "construct_from_string")
    ):
        return _Column()
    # An extension type of some library: what its values are decides.
    return _objects(series.astype(object).tolist(), pd)


def _instead(series: Any, pd: Any) -> _Column:
    """Store this series in place of the frame's own column."""
    column = _column(series, pd)
    return column if column.values is not None else column._replace(values=series.array)


def _objects(values: list[Any], pd: Any) -> _Column:
    typed = objects.typed(values, objects.is_missing_scalar)
    if typed is None:
        return _Column(pd.array([None] * len(values), dtype=object), empty=True)
    if typed.dtype is not None:
        return _Column(pd.array(typed.values, dtype=typed.dtype), typed.cast, False, typed.warning)
    array = pd.Series(typed.values, dtype=object).array
    return _Column(array, typed.cast, False, typed.warning)


def _text(series: Any, pd: Any, warning: str) -> _Column:
    column = _objects(series.tolist(), pd)
    return column._replace(warning=None if column.empty else warning)


def _category(series: Any, pd: Any) -> _Column:
    kind = series.cat.categories.dtype
    categories = series.cat.categories
    if len(categories) and all(type(category) is str for category in categories):
        return _Column(None, "VARCHAR")
    plain = series.astype(object)
    if type(kind).__name__ in ("IntervalDtype", "PeriodDtype"):
        text = plain.map(lambda v: None if objects.is_missing_scalar(v) else str(v))
        return _text(text.astype(object), pd, "its intervals are stored as text.")
    return _objects(plain.tolist(), pd)


def _times(series: Any, pd: Any) -> _Column:
    """Nanoseconds that DuckDB would drop without a word."""
    zoned = getattr(series.dtype, "tz", None) is not None
    unit = getattr(series.dtype, "unit", None) or str(series.dtype).split("[")[-1].rstrip("]")
    if unit == "ns" and (zoned or series.dtype.kind == "m"):
        present = series.dropna()
        numbers = present.astype("int64")
        if bool((numbers % 1000 != 0).any()):
            return _Column(
                warning="its times were cut to microseconds: databases hold no finer ones."
            )
    return _Column()


def _arrow(series: Any, pd: Any) -> _Column:
    """pyarrow-backed columns: as pandas' own types where there is one, else value by value."""
    import pyarrow as pa

    kind = series.dtype.pyarrow_dtype
    if pa.types.is_boolean(kind):
        return _Column(series.astype("boolean").array)
    if pa.types.is_integer(kind):
        name = str(kind)
        return _Column(series.astype(name.replace("int", "Int").replace("uI", "UI")).array)
    if pa.types.is_floating(kind):
        return _Column(series.astype("Float64" if str(kind) == "double" else "Float32").array)
    if pa.types.is_timestamp(kind):
        numpy = f"datetime64[{kind.unit}]"
        zone = pd.DatetimeTZDtype(kind.unit, kind.tz) if kind.tz else numpy
        return _instead(series.astype(zone), pd)
    return _objects(series.astype(object).tolist(), pd)
