"""Every kind of value, by every kind of frame, with and without pyarrow."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from conftest import read, types

UTC = dt.timezone.utc
HEADER = """
import datetime as dt, uuid
from decimal import Decimal
import numpy as np
import pandas as pd
"""
# name -> (values as Python text, type in the file, values read back or None: the same)
OBJECTS = {
    "bools": ("[True, None, False]", "BOOLEAN", None),
    "ints": ("[1, None, -(2**63)]", "BIGINT", None),
    "small ints": ("[1, 2, 3]", "BIGINT", None),
    "unsigned": ("[2**64 - 1, None, 0]", "UBIGINT", None),
    "big ints": ("[10**37, None, -5]", "DECIMAL(38,0)", [Decimal(10**37), None, Decimal(-5)]),
    "ints and floats": ("[1, 2.5, None]", "DOUBLE", [1.0, 2.5, None]),
    "floats": ("[1.5, float('nan'), float('inf')]", "DOUBLE", [1.5, None, float("inf")]),
    "numpy": ("[np.int64(1), np.int8(2), None]", "BIGINT", [1, 2, None]),
    "decimals": (
        "[Decimal('1.5'), None, Decimal('-12345678901234567.123')]",
        "DECIMAL(38,3)",
        [Decimal("1.500"), None, Decimal("-12345678901234567.123")],
    ),
    "small decimals": (
        "[Decimal('1.50'), 2, Decimal('1E+2')]",
        "DECIMAL(18,2)",
        [Decimal("1.50"), Decimal("2.00"), Decimal("100.00")],
    ),
    "text": ("['a', None, '', 'quo\\'te\\n\"é😀']", "VARCHAR", None),
    "missing in text": (
        "['a', float('nan'), pd.NaT, pd.NA, None]",
        "VARCHAR",
        ["a", None, None, None, None],
    ),
    "numpy text": ("[np.str_('a'), None]", "VARCHAR", ["a", None]),
    "dates": ("[dt.date(1, 1, 1), None, dt.date(9999, 12, 31)]", "DATE", None),
    "times": ("[dt.time(1, 2, 3, 4), None]", "TIME", None),
    "timestamps": (
        "[dt.datetime(1, 1, 1), None, dt.datetime(9999, 12, 31, 23, 59, 59, 999999)]",
        "TIMESTAMP",
        None,
    ),
    "zoned": (
        "[dt.datetime(2020, 1, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=2))),"
        " dt.datetime(2020, 6, 1, 0, 0, 0, 1, tzinfo=dt.timezone.utc), None]",
        "TIMESTAMP WITH TIME ZONE",
        [
            dt.datetime(2020, 1, 1, tzinfo=UTC),
            dt.datetime(2020, 6, 1, 0, 0, 0, 1, tzinfo=UTC),
            None,
        ],
    ),
    "pandas timestamps": (
        "[pd.Timestamp('2020-01-01 00:00:00.000001'), None, pd.NaT]",
        "TIMESTAMP",
        [dt.datetime(2020, 1, 1, 0, 0, 0, 1), None, None],
    ),
    "intervals": (
        "[dt.timedelta(days=1, milliseconds=5), None]",
        "INTERVAL",
        None,
    ),
    "bytes": ("[b'\\x00\\xff', None, b'']", "BLOB", None),
    "bytearrays": ("[bytearray(b'a'), None]", "BLOB", [b"a", None]),
    "uuids": ("[uuid.UUID(int=1), None]", "UUID", None),
    "lists": ("[[1, 2], None, []]", "BIGINT[]", None),
    "tuples": ("[('a', None), ()]", "VARCHAR[]", [["a", None], []]),
    "arrays": ("[np.array([1.5, 2]), None]", "DOUBLE[]", [[1.5, 2.0], None]),
    "lists of numbers": ("[[1, 2.5], [3]]", "DOUBLE[]", [[1.0, 2.5], [3.0]]),
    "dicts": (
        "[{'a': 1, 'b': {'c': 'x'}}, {'a': None}, None]",
        "STRUCT(a BIGINT, b STRUCT(c VARCHAR))",
        [{"a": 1, "b": {"c": "x"}}, {"a": None, "b": None}, None],
    ),
    "lists of dicts": (
        "[[{'sku': 'a', 'n': 1}], [{'n': 2}], []]",
        "STRUCT(sku VARCHAR, n BIGINT)[]",
        [[{"sku": "a", "n": 1}], [{"sku": None, "n": 2}], []],
    ),
    "nested dates": ("[[dt.date(2020, 1, 1)], None]", "DATE[]", None),
}


@pytest.mark.parametrize("pyarrow", ["pyarrow", "no pyarrow"])
def test_object_columns_of_pandas(project, pyarrow, without_pyarrow):
    columns = ", ".join(f"{name!r}: {values}" for name, (values, _, _) in OBJECTS.items())
    result = project.run(
        f"""{HEADER}
def model(dbt, session):
    columns = {{{columns}}}
    longest = max(map(len, columns.values()))
    return pd.DataFrame({{
        name: pd.Series(values + [None] * (longest - len(values)), dtype=object)
        for name, values in columns.items()
    }})
""",
        environment=without_pyarrow if pyarrow == "no pyarrow" else {},
    )
    assert result["type"] == "result", result
    assert types(result) == {name: kind for name, (_, kind, _) in OBJECTS.items()}
    rows = read(result["path"])
    scope: dict = {}
    exec(HEADER, scope)
    for position, (name, (text, _, expected)) in enumerate(OBJECTS.items()):
        wanted = expected if expected is not None else eval(text, scope)
        assert [row[position] for row in rows][: len(wanted)] == wanted, name
    assert project.warnings == []


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ("[1, 'a']", ["int 1 in row 1", "str 'a' in row 2"]),
        ("['a', None, 3.5]", ["str 'a' in row 1", "float 3.5 in row 3"]),
        ("[True, 1]", ["bool True in row 1", "int 1 in row 2"]),
        ("[dt.date(2020, 1, 1), dt.datetime(2020, 1, 1)]", ["date", "datetime"]),
        (
            "[dt.datetime(2020, 1, 1), dt.datetime(2020, 1, 1, tzinfo=dt.timezone.utc)]",
            ["without a zone", "with a zone"],
        ),
        ("[Decimal('1.5'), 1.5]", ["Decimal('1.5') in row 1", "float 1.5"]),
        ("[object()]", ["object", "row 1", "no database type"]),
        ("[None, 1j]", ["complex", "row 2"]),
        ("[10**38]", ["more than 38 digits", "row 1"]),
        ("[Decimal('Infinity')]", ["Infinity", "row 1"]),
        ("[Decimal('1e30'), Decimal('1e-30')]", ["38 digits", "row 2"]),
        ("[2**53 + 1, 0.5]", ["9007199254740993", "row 1"]),
        ("[['a'], 'a']", ["list", "str 'a' in row 2"]),
    ],
)
def test_mixed_columns_are_refused_by_row_and_column(project, values, says):
    failure = project.failure(
        f"""{HEADER}
def model(dbt, session):
    return pd.DataFrame({{"ok": range(len({values})), "odd": pd.Series({values}, dtype=object)}})
""",
        "DVT122",
    )
    assert "'odd'" in failure["message"]
    for part in says:
        assert part in failure["message"]


@pytest.mark.parametrize(
    ("values", "json"),
    [
        ("[{'a': 1}, {'a': 'x'}]", ['{"a": 1}', '{"a": "x"}']),
        ("[[1, 'a'], None]", ['[1, "a"]', None]),
        ("[{}, {}]", ["{}", "{}"]),
        ("[{'a': 1}, [2]]", ['{"a": 1}', "[2]"]),
        ("[{'a': 1, 'A': 2}]", ['{"a": 1, "A": 2}']),
        (
            "[{'at': dt.date(2020, 1, 1), 'n': 'x'}, {'at': 5}]",
            ['{"at": "2020-01-01", "n": "x"}', '{"at": 5}'],
        ),
        ("[[2**70]]", ["[1180591620717411303424]"]),
    ],
)
def test_nested_values_without_a_common_type_become_json(project, values, json):
    result = project.run(
        f"""{HEADER}
def model(dbt, session):
    return pd.DataFrame({{"j": pd.Series({values}, dtype=object)}})
"""
    )
    assert types(result) == {"j": "JSON"}
    assert [row[0] for row in read(result["path"])] == json
    assert "'j'" in project.warnings[0] and "JSON" in project.warnings[0]


PANDAS = {
    "int8": ("pd.array([1, 2], dtype='int8')", "TINYINT", [1, 2]),
    "uint64": ("np.array([2**64 - 1, 0], dtype='uint64')", "UBIGINT", [2**64 - 1, 0]),
    "float32": ("np.array([1.5, np.nan], dtype='float32')", "FLOAT", [1.5, None]),
    "float16": ("np.array([1.5, np.nan], dtype='float16')", "FLOAT", [1.5, None]),
    "float64": ("[float('inf'), None]", "DOUBLE", [float("inf"), None]),
    "bool": ("[True, False]", "BOOLEAN", [True, False]),
    "nullable Int64": ("pd.array([2**63 - 1, None], dtype='Int64')", "BIGINT", [2**63 - 1, None]),
    "nullable UInt64": (
        "pd.array([2**64 - 1, None], dtype='UInt64')",
        "UBIGINT",
        [2**64 - 1, None],
    ),
    "nullable Int8": ("pd.array([1, None], dtype='Int8')", "TINYINT", [1, None]),
    "nullable boolean": ("pd.array([True, None], dtype='boolean')", "BOOLEAN", [True, None]),
    "nullable Float64": ("pd.array([1.5, None], dtype='Float64')", "DOUBLE", [1.5, None]),
    "string": ("pd.array(['a', None], dtype='string')", "VARCHAR", ["a", None]),
    "category": ("pd.Categorical(['b', None], ['a', 'b'])", "VARCHAR", ["b", None]),
    "int category": ("pd.Categorical([5, None])", "BIGINT", [5, None]),
    "big category": ("pd.Categorical([2**62 + 1, None])", "BIGINT", [2**62 + 1, None]),
    "bool category": ("pd.Categorical([True, None])", "BOOLEAN", [True, None]),
    "cut": ("pd.cut([0.2, 0.9], [0, .5, 1], labels=['low', 'high'])", "VARCHAR", ["low", "high"]),
    "datetime ns": (
        "pd.to_datetime(['2020-01-01 00:00:00.000001', None]).astype('datetime64[ns]')",
        "TIMESTAMP",
        [dt.datetime(2020, 1, 1, 0, 0, 0, 1), None],
    ),
    "datetime s": (
        "pd.to_datetime(['2020-01-01', None]).astype('datetime64[s]')",
        "TIMESTAMP",
        [dt.datetime(2020, 1, 1), None],
    ),
    "zoned": (
        "pd.to_datetime(['2020-01-01', None]).tz_localize('Europe/Berlin')",
        "TIMESTAMP WITH TIME ZONE",
        [dt.datetime(2019, 12, 31, 23, tzinfo=UTC), None],
    ),
    "timedelta": (
        "pd.to_timedelta(['1 days 00:00:00.005', None])",
        "INTERVAL",
        [dt.timedelta(days=1, milliseconds=5), None],
    ),
    "sparse": ("pd.arrays.SparseArray([0, 3])", "BIGINT", [0, 3]),
    "nothing": ("[None, None]", "VARCHAR", [None, None]),
}


@pytest.mark.parametrize("pyarrow", ["pyarrow", "no pyarrow"])
def test_dtypes_of_pandas(project, pyarrow, without_pyarrow):
    columns = ", ".join(f"{name!r}: {values}" for name, (values, _, _) in PANDAS.items())
    result = project.run(
        f"""{HEADER}
def model(dbt, session):
    return pd.DataFrame({{{columns}}})
""",
        environment=without_pyarrow if pyarrow == "no pyarrow" else {},
    )
    assert result["type"] == "result", result
    assert types(result) == {name: kind for name, (_, kind, _) in PANDAS.items()}
    rows = read(result["path"])
    for position, (name, (_, _, expected)) in enumerate(PANDAS.items()):
        assert [row[position] for row in rows] == expected, name
    assert project.warnings == []


ARROW_BACKED = {
    "int32": ("pa.array([1, None], pa.int32())", "INTEGER", [1, None]),
    "uint8": ("pa.array([1, None], pa.uint8())", "UTINYINT", [1, None]),
    "double": ("pa.array([1.5, None])", "DOUBLE", [1.5, None]),
    "string": ("pa.array(['a', None])", "VARCHAR", ["a", None]),
    "bool": ("pa.array([True, None])", "BOOLEAN", [True, None]),
    "date": ("pa.array([dt.date(1, 1, 1), None])", "DATE", [dt.date(1, 1, 1), None]),
    "stamp": (
        "pa.array([dt.datetime(1, 1, 1), None])",
        "TIMESTAMP",
        [dt.datetime(1, 1, 1), None],
    ),
    "zoned": (
        "pa.array([dt.datetime(2020, 1, 1), None], pa.timestamp('us', 'UTC'))",
        "TIMESTAMP WITH TIME ZONE",
        [dt.datetime(2020, 1, 1, tzinfo=UTC), None],
    ),
    "decimal": (
        "pa.array([Decimal('1.50'), None])",
        "DECIMAL(18,2)",
        [Decimal("1.50"), None],
    ),
    "list": ("pa.array([[1], None])", "BIGINT[]", [[1], None]),
}


def test_arrow_backed_columns_of_pandas(project):
    columns = ", ".join(
        f"{name!r}: pd.Series(pd.arrays.ArrowExtensionArray({values}))"
        for name, (values, _, _) in ARROW_BACKED.items()
    )
    result = project.run(
        f"""{HEADER}
import pyarrow as pa
def model(dbt, session):
    return pd.DataFrame({{{columns}}})
"""
    )
    assert result["type"] == "result", result
    assert types(result) == {name: kind for name, (_, kind, _) in ARROW_BACKED.items()}
    rows = read(result["path"])
    for position, (name, (_, _, expected)) in enumerate(ARROW_BACKED.items()):
        assert [row[position] for row in rows] == expected, name


@pytest.mark.parametrize(
    ("column", "stored", "says"),
    [
        ("pd.period_range('2020-01', periods=1, freq='M')", ("2020-01",), "periods"),
        ("pd.cut([0.2], [0, 1])", ("(0, 1]",), "intervals are stored as text"),
        ("pd.arrays.IntervalArray.from_tuples([(0, 1)])", ("(0, 1]",), "intervals"),
        ("pd.to_timedelta(['5us'])", ("00:00:00.000005",), "stored as text"),
        ("pd.to_timedelta(['-1h'])", ("-01:00:00",), "stored as text"),
        (
            "pd.to_datetime(['2020-01-01 00:00:00.000000001']).astype('datetime64[ns]')",
            (dt.datetime(2020, 1, 1),),
            "cut to microseconds",
        ),
        (
            "pd.to_datetime(['2020-01-01 00:00:00.000000001']).astype('datetime64[ns]')"
            ".tz_localize('UTC')",
            (dt.datetime(2020, 1, 1, tzinfo=UTC),),
            "cut to microseconds",
        ),
        (
            "pd.Series([pd.Timestamp('2020-01-01 00:00:00.000000001')], dtype=object)",
            (dt.datetime(2020, 1, 1),),
            "cut to microseconds",
        ),
    ],
)
def test_conversions_that_are_told(project, column, stored, says):
    rows = project.rows(
        f"""{HEADER}
def model(dbt, session):
    return pd.DataFrame({{"x": {column}}})
"""
    )
    assert rows == [stored]
    assert len(project.warnings) == 1
    assert "'x'" in project.warnings[0] and says in project.warnings[0]


def test_complex_numbers_are_refused(project):
    failure = project.failure(
        f"{HEADER}\ndef model(dbt, session): return pd.DataFrame({{'x': [1j]}})", "DVT122"
    )
    assert "complex" in failure["message"]
