"""pyarrow tables and streams, as DuckDB reads them rightly."""

from __future__ import annotations

from typing import Any, Callable

from dvt_worker.failures import Stop
from dvt_worker.names import check_names
from dvt_worker.request import Run
from dvt_worker.returned import Source


def source(value: Any, run: Run, own: Any, warn: Callable[[str], None]) -> Source:
    """Types that DuckDB misreads or refuses are cast first, all else stays where it is."""
    import pyarrow as pa

    schema = value.schema
    check_names(list(schema.names), run.model)
    nulls = [f.name for f in schema if pa.types.is_null(f.type)]
    fields = []
    for column in schema:
        _refuse(column, run.model, pa)
        fields.append(column.with_type(_readable(column.type, pa) or column.type))
    wanted = pa.schema(fields)
    if wanted != schema:
        value = _cast(value, wanted, run.model, warn, pa)
    is_stream = isinstance(value, pa.RecordBatchReader)
    return Source(
        own.from_arrow(value),
        list(schema.names),
        from_model=is_stream,  # the model's generator runs when the stream is read
        rescannable=not is_stream,
        nulls=nulls,
    )


def _refuse(column: Any, model: str, pa: Any) -> None:
    for kind in _parts(column.type, pa):
        if pa.types.is_union(kind) or (pa.types.is_struct(kind) and kind.num_fields == 0):
            raise Stop(
                "DVT122",
                f"Column {column.name!r} of Python model '{model}' has the type {column.type},"
                " which no database table can hold. Turn it into text first.",
            )


def _parts(kind: Any, pa: Any) -> list[Any]:
    found = [kind]
    for index in range(kind.num_fields):
        found += _parts(kind.field(index).type, pa)
    return found


def _readable(kind: Any, pa: Any) -> Any | None:
    """The type to cast to; ``None``: DuckDB reads it as it is."""
    types = pa.types
    if types.is_decimal256(kind):
        return pa.decimal128(38, min(kind.scale, 38))
    if types.is_float16(kind):
        return pa.float32()
    if types.is_null(kind):
        return pa.string()
    if types.is_duration(kind) and kind.unit == "ns":
        return pa.duration("us")
    if types.is_timestamp(kind) and kind.unit == "ns" and kind.tz is not None:
        return pa.timestamp("us", kind.tz)
    if types.is_list(kind) or types.is_large_list(kind):
        inner = _readable(kind.value_type, pa)
        return None if inner is None else pa.list_(inner)
    if types.is_struct(kind):
        parts = [kind.field(i) for i in range(kind.num_fields)]
        read = [_readable(part.type, pa) for part in parts]
        if any(read):
            return pa.struct([p.with_type(r or p.type) for p, r in zip(parts, read)])
    return None


def _cast(value: Any, wanted: Any, model: str, warn: Callable[[str], None], pa: Any) -> Any:
    if isinstance(value, pa.RecordBatchReader):
        return pa.RecordBatchReader.from_batches(
            wanted,
            (
                _cast_table(pa.Table.from_batches([b]), wanted, model, warn, pa).to_batches()[0]
                for b in value
                if b.num_rows
            ),
        )
    return _cast_table(value, wanted, model, warn, pa)


def _cast_table(table: Any, wanted: Any, model: str, warn: Callable[[str], None], pa: Any) -> Any:
    columns = []
    for column, field in zip(table.columns, wanted):
        if column.type != field.type:
            try:
                column = column.cast(field.type)
            except pa.ArrowInvalid as error:
                if not _loses_nanoseconds(column.type, pa):
                    raise Stop(
                        "DVT122",
                        f"Column {field.name!r} of Python model '{model}' cannot be stored as"
                        f" {field.type}: {error}",
                    ) from None
                column = column.cast(field.type, safe=False)
                warn(
                    f"The times of column {field.name!r} were cut to microseconds: databases"
                    " hold no finer ones."
                )
        columns.append(column)
    return pa.Table.from_arrays(columns, schema=wanted)


def _loses_nanoseconds(kind: Any, pa: Any) -> bool:
    return pa.types.is_duration(kind) or pa.types.is_timestamp(kind)
