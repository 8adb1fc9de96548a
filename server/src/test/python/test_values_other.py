"""Each kind of value of polars, pyarrow and DuckDB: its type in the file, and what is read back."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from conftest import read, types

UTC = dt.timezone.utc

POLARS = {
    "i8": ("pl.Series([1, None], dtype=pl.Int8)", "TINYINT", [1, None]),
    "u64": ("pl.Series([2**64 - 1, None], dtype=pl.UInt64)", "UBIGINT", [2**64 - 1, None]),
    "nan": ("[1.5, float('inf')]", "DOUBLE", [1.5, float("inf")]),
    "text": ("['', None]", "VARCHAR", ["", None]),
    "date": ("[dt.date(1, 1, 1), None]", "DATE", [dt.date(1, 1, 1), None]),
    "time": ("[dt.time(1, 2, 3, 4), None]", "TIME", [dt.time(1, 2, 3, 4), None]),
    "stamp": ("[dt.datetime(1, 1, 1), None]", "TIMESTAMP", [dt.datetime(1, 1, 1), None]),
    "ms": (
        "pl.Series([dt.datetime(2020, 1, 1), None], dtype=pl.Datetime('ms'))",
        "TIMESTAMP",
        [dt.datetime(2020, 1, 1), None],
    ),
    "zoned": (
        "pl.Series([dt.datetime(2020, 1, 1), None]).dt.replace_time_zone('UTC')",
        "TIMESTAMP WITH TIME ZONE",
        [dt.datetime(2020, 1, 1, tzinfo=UTC), None],
    ),
    "duration": (
        "[dt.timedelta(days=1, milliseconds=5), None]",
        "INTERVAL",
        [dt.timedelta(days=1, milliseconds=5), None],
    ),
    "decimal": ("[Decimal('1.50'), None]", "DECIMAL", [Decimal("1.50"), None]),
    "category": ("pl.Series(['a', None], dtype=pl.Categorical)", "VARCHAR", ["a", None]),
    "enum": ("pl.Series(['a', None], dtype=pl.Enum(['a']))", "VARCHAR", ["a", None]),
    "bytes": ("[b'\\x00', None]", "BLOB", [b"\x00", None]),
    "list": ("[[1, None], []]", "BIGINT[]", [[1, None], []]),
    "struct": ("[{'a': 1}, {'a': None}]", "STRUCT(a BIGINT)", [{"a": 1}, {"a": None}]),
    "array": (
        "pl.Series([[1, 2], [3, 4]], dtype=pl.Array(pl.Int64, 2))",
        "BIGINT[]",
        [[1, 2], [3, 4]],
    ),
    "nothing": ("[None, None]", "VARCHAR", [None, None]),
    "big": (
        "pl.Series([10**37, None], dtype=pl.Int128)",
        "DECIMAL(38,0)",
        [Decimal(10**37), None],
    ),
    "bool": ("[True, None]", "BOOLEAN", [True, None]),
}


@pytest.mark.parametrize("pyarrow", ["pyarrow", "no pyarrow"])
def test_types_of_polars(project, pyarrow, without_pyarrow):
    import polars

    cases = dict(POLARS)
    if not hasattr(polars, "Int128"):
        del cases["big"]
    columns = ", ".join(f"{name!r}: {values}" for name, (values, _, _) in cases.items())
    result = project.run(
        f"""
import datetime as dt
from decimal import Decimal
import polars as pl
def model(dbt, session):
    return pl.DataFrame({{{columns}}})
""",
        environment=without_pyarrow if pyarrow == "no pyarrow" else {},
    )
    assert result["type"] == "result", result
    for name, kind in types(result).items():
        assert kind.startswith(cases[name][1]), name
    rows = read(result["path"])
    for position, (name, (_, _, expected)) in enumerate(cases.items()):
        assert [row[position] for row in rows] == expected, name
    assert project.warnings == []


def test_polars_and_arrow_keep_nan_apart_from_null(project):
    for frame in ("pl.DataFrame({'x': v})", "pa.table({'x': v})"):
        (nan,), (null,) = project.rows(
            f"""
            import polars as pl, pyarrow as pa
            def model(dbt, session):
                v = [float("nan"), None]
                return {frame}
            """
        )
        assert nan != nan
        assert null is None


def test_objects_in_polars_are_refused(project):
    failure = project.failure(
        """
        import polars as pl
        def model(dbt, session):
            return pl.DataFrame({"x": pl.Series([object()], dtype=pl.Object)})
        """,
        "DVT122",
    )
    assert "'x'" in failure["message"]


ARROW = {
    "d256": ("pa.array([Decimal('1.25')], pa.decimal256(50, 2))", "DECIMAL(38,2)", Decimal("1.25")),
    "f16": ("pa.array([1.5], pa.float16())", "FLOAT", 1.5),
    "nulls": ("pa.nulls(1)", "VARCHAR", None),
    "no list": ("pa.array([[None]], pa.list_(pa.null()))", "VARCHAR[]", [None]),
    "view": ("pa.array(['a'], pa.string_view())", "VARCHAR", "a"),
    "large": ("pa.array(['a'], pa.large_string())", "VARCHAR", "a"),
    "dict": ("pa.array(['a']).dictionary_encode()", "VARCHAR", "a"),
    "uuid": ("pa.array([b'\\0' * 16], pa.uuid())", "UUID", uuid.UUID(int=0)),
    "json": ("pa.array(['[1]'], pa.json_())", "JSON", "[1]"),
    "fixed": ("pa.array([b'ab'], pa.binary(2))", "BLOB", b"ab"),
    "map": ("pa.array([[('a', 1)]], pa.map_(pa.string(), pa.int64()))", None, {"a": 1}),
    "duration": (
        "pa.array([5000], pa.duration('us'))",
        "INTERVAL",
        dt.timedelta(milliseconds=5),
    ),
    "long": ("pa.array([5], pa.duration('s'))", "INTERVAL", dt.timedelta(seconds=5)),
    "time": ("pa.array([5001000], pa.time64('ns'))", "TIME", dt.time(0, 0, 0, 5001)),
    "s": ("pa.array([1], pa.timestamp('s'))", "TIMESTAMP", dt.datetime(1970, 1, 1, 0, 0, 1)),
    "struct": (
        "pa.array([{'d': Decimal('1.5')}], pa.struct([('d', pa.decimal256(50, 1))]))",
        "STRUCT(d DECIMAL(38,1))",
        {"d": Decimal("1.5")},
    ),
    "months": (
        "pa.array([(1, 2, 3_000_000)], pa.month_day_nano_interval())",
        "INTERVAL",
        dt.timedelta(days=32, milliseconds=3),
    ),
}


@pytest.mark.parametrize("form", ["table", "stream"])
def test_types_of_pyarrow(project, form):
    columns = ", ".join(f"{name!r}: {values}" for name, (values, _, _) in ARROW.items())
    result = project.run(
        f"""
import datetime as dt
from decimal import Decimal
import pyarrow as pa
def model(dbt, session):
    table = pa.table({{{columns}}})
    return table if {form!r} == "table" else table.to_reader()
"""
    )
    assert result["type"] == "result", result
    for name, kind in types(result).items():
        assert ARROW[name][1] in (kind, None), name
    assert list(read(result["path"])[0]) == [expected for _, _, expected in ARROW.values()]
    assert project.warnings == []


@pytest.mark.parametrize(
    ("column", "says"),
    [
        ("pa.array([{}], pa.struct([]))", "struct<>"),
        ("pa.array([Decimal(10**45)], pa.decimal256(50, 2))", "decimal128(38, 2)"),
    ],
)
def test_arrow_types_that_no_table_has(project, column, says):
    failure = project.failure(
        f"""
from decimal import Decimal
import pyarrow as pa
def model(dbt, session):
    return pa.table({{"x": {column}}})
""",
        "DVT122",
    )
    assert "'x'" in failure["message"] and says in failure["message"]


DUCKDB = {
    "hugeint": ("sum(1)", "DECIMAL(38,0)", Decimal(1)),
    "in struct": ("{'h': 1::hugeint}", "STRUCT(h DECIMAL(38,0))", {"h": Decimal(1)}),
    "in list": ("[1::uhugeint]", "DECIMAL(38,0)[]", [Decimal(1)]),
    "enum": ("'a'::enum('a', 'b')", "VARCHAR", "a"),
    "ns": (
        "timestamp_ns '2020-01-01 00:00:00.000001'",
        "TIMESTAMP",
        dt.datetime(2020, 1, 1, 0, 0, 0, 1),
    ),
    "ms": ("timestamp_ms '2020-01-01'", "TIMESTAMP", dt.datetime(2020, 1, 1)),
    "bit": ("'101'::bit", "VARCHAR", "101"),
    "interval": ("interval '1 month 2 days'", "INTERVAL", dt.timedelta(days=32)),
    "map": ("map {'a': 1}", "MAP(VARCHAR, INTEGER)", {"a": 1}),
    "json": ("'[1]'::json", "JSON", "[1]"),
    "uuid": ("'00000000-0000-0000-0000-000000000001'::uuid", "UUID", uuid.UUID(int=1)),
    "decimal": ("1.5::decimal(38,10)", "DECIMAL(38,10)", Decimal("1.5")),
    "array": ("[1, 2]::int[2]", "INTEGER[]", [1, 2]),
    "time": ("time '01:02:03.000004'", "TIME", dt.time(1, 2, 3, 4)),
}


def test_types_of_duckdb(project):
    columns = ", ".join(f'{sql} as "{name}"' for name, (sql, _, _) in DUCKDB.items())
    result = project.run(
        f'''
def model(dbt, session):
    return session.sql("""select {columns} """)
'''
    )
    assert result["type"] == "result", result
    assert types(result) == {name: kind for name, (_, kind, _) in DUCKDB.items()}
    assert list(read(result["path"])[0]) == [expected for _, _, expected in DUCKDB.values()]
    assert project.warnings == []


def test_losses_in_a_duckdb_relation_are_told_and_it_runs_once(project):
    result = project.run(
        """
        def model(dbt, session):
            session.execute("create sequence runs")
            return session.sql("select interval 5 microseconds as i, nextval('runs') as n,"
                               " timestamp_ns '2020-01-01 00:00:00.000000001' as t")
        """
    )
    assert read(result["path"]) == [("00:00:00.000005", 1, dt.datetime(2020, 1, 1))]
    assert sorted(w.split("'")[1] for w in project.warnings) == ["i", "t"]


def test_a_hugeint_beyond_38_digits_is_refused(project):
    failure = project.failure(
        """
        def model(dbt, session):
            return session.sql("select 1 as a, 170141183460469231731687303715884105727 as h")
        """,
        "DVT122",
    )
    assert "'h'" in failure["message"] and "38 digits" in failure["message"]
