"""Every kind of value, as each library writes it, and what is expected to arrive."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from kind import Kind

UTC = dt.timezone.utc
_TEXTS = [
    "",
    " ",
    "both  ",
    "NULL",
    "\\N",
    "\\.",
    "a\"b'c`d",
    "tab\tline\nfeed",
    "crlf\r\nx\r",
    "emoji 😀 ümläut",
    "{a} ${HOME} %s ; --",
    "007",
    "true",
    "2024-01-01",
    "\ufeffmark \x01\x7f\u2028",
    'long "x"\n' * 20_000,
]
_NESTED = {"a": [1, None, 3], "b": {"c": 'x"y', "d": None}, "e": [{"f": True}]}


def _integer(bits: int, signed: bool) -> Kind:
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    name = f"{'' if signed else 'u'}int{bits}"
    sql = ("" if signed else "U") + {8: "TINYINT", 16: "SMALLINT", 32: "INTEGER", 64: "BIGINT"}[
        bits
    ]
    return Kind(
        name,
        [low, high, 0, None],
        name.replace("i", "I").replace("u", "U"),
        lambda pl: getattr(pl, name.replace("i", "I").replace("u", "U")),
        lambda pa: getattr(pa, name)(),
        sql,
    )


def _decimal(precision: int, scale: int, *values: str) -> Kind:
    return Kind(
        f"decimal({precision},{scale})",
        [*map(Decimal, values), None],
        "object",
        lambda pl: pl.Decimal(precision, scale),
        lambda pa: pa.decimal128(precision, scale),
        f"DECIMAL({precision},{scale})",
    )


def _named(name: str) -> Kind:
    return Kind(name, [1, None], "Int64", lambda pl: pl.Int64, lambda pa: pa.int64(), "BIGINT")


def _frames(values: list[Any]) -> dict[str, list[Any]]:
    return {library: values for library in ("pandas", "polars", "pyarrow")}


_SPAN = dt.timedelta
_STAMP = dt.datetime

ODD = [
    _named(name)
    for name in (
        "With Space",
        "select",
        "UPPER",
        "ümläut 😀",
        "a;b",
        "d'e",
        "{x} %s",
        "a`b",
        "b\\s",
    )
]
KINDS = [
    Kind(
        "boolean",
        [True, False, None],
        "boolean",
        lambda pl: pl.Boolean,
        lambda pa: pa.bool_(),
        "BOOLEAN",
    ),
    *[_integer(bits, signed) for signed in (True, False) for bits in (8, 16, 32, 64)],
    Kind(
        "int128",
        [10**37, -5, None],
        "object",
        lambda pl: pl.Int128,
        None,
        "HUGEINT",
    ),
    _decimal(9, 2, "1234567.89", "-0.01"),
    _decimal(38, 0, "9" * 38, "-1"),
    _decimal(38, 10, "1234567890123456789012345678.0123456789", "-0.0000000001"),
    Kind(
        "float32",
        [0.10000000149011612, 3.4028234663852886e38, -0.0, None],
        "Float32",
        lambda pl: pl.Float32,
        lambda pa: pa.float32(),
        "FLOAT",
    ),
    Kind(
        "float64",
        [0.1, 1e300, -1.7976931348623157e308, 5e-324, -0.0, 123456789.12345679, None],
        "float64",
        lambda pl: pl.Float64,
        lambda pa: pa.float64(),
        "DOUBLE",
    ),
    Kind(
        "NaN",
        [float("nan"), 1.5, None],
        "float64",
        lambda pl: pl.Float64,
        lambda pa: pa.float64(),
        "DOUBLE",
        differently={"pandas": [None, 1.5, None]},
    ),
    Kind(
        "infinity",
        [float("inf"), float("-inf"), 1.5, None],
        "float64",
        lambda pl: pl.Float64,
        lambda pa: pa.float64(),
        "DOUBLE",
    ),
    Kind(
        "text",
        [*_TEXTS, None],
        "str",
        lambda pl: pl.String,
        lambda pa: pa.string(),
        "VARCHAR",
    ),
    Kind(
        "text with NUL",
        ["a\0b", None],
        "object",
        lambda pl: pl.String,
        lambda pa: pa.string(),
        "VARCHAR",
        ["'a' || chr(0) || 'b'", "null"],
    ),
    Kind(
        "category",
        ["b", "a", "b", "", None],
        "category",
        lambda pl: pl.Categorical,
        lambda pa: pa.dictionary(pa.int32(), pa.string()),
        "ENUM('a', 'b', '')",
    ),
    Kind(
        "category of integers",
        [7, 8, None],
        "category",
        None,
        lambda pa: pa.dictionary(pa.int8(), pa.int64()),
    ),
    Kind(
        "date",
        [
            dt.date(1, 1, 1),
            dt.date(1582, 10, 10),
            dt.date(2024, 2, 29),
            dt.date(9999, 12, 31),
            None,
        ],
        "object",
        lambda pl: pl.Date,
        lambda pa: pa.date32(),
        "DATE",
    ),
    Kind(
        "time",
        [dt.time(0), dt.time(12, 34, 56, 123456), dt.time(23, 59, 59, 999999), None],
        "object",
        lambda pl: pl.Time,
        lambda pa: pa.time64("us"),
        "TIME",
    ),
    Kind(
        "timestamp",
        [
            _STAMP(1, 1, 1),
            _STAMP(1582, 10, 10, 1, 2, 3),
            _STAMP(2024, 3, 31, 2, 30, 0, 1),
            _STAMP(9999, 12, 31, 23, 59, 59, 999999),
            None,
        ],
        "datetime64[us]",
        lambda pl: pl.Datetime("us"),
        lambda pa: pa.timestamp("us"),
        "TIMESTAMP",
    ),
    Kind(
        "timestamp with zone",
        [
            _STAMP(1, 1, 1, tzinfo=UTC),
            _STAMP(2024, 10, 27, 1, 30, 0, 5, tzinfo=UTC),
            _STAMP(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
            None,
        ],
        "datetime64[us, UTC]",
        lambda pl: pl.Datetime("us", "UTC"),
        lambda pa: pa.timestamp("us", "UTC"),
        "TIMESTAMP WITH TIME ZONE",
    ),
    Kind(
        "timestamp in ns",
        [_STAMP(2024, 1, 2, 3, 4, 5, 123456), None],
        "datetime64[ns]",
        lambda pl: pl.Datetime("ns"),
        lambda pa: pa.timestamp("ns"),
        "TIMESTAMP_NS",
        ["'2024-01-02 03:04:05.123456789'::timestamp_ns", "null"],
        given=_frames([1704164645123456789, None]),
    ),
    Kind(
        "interval",
        [_SPAN(days=3, hours=4, milliseconds=5), _SPAN(0), None],
        "timedelta64[us]",
        lambda pl: pl.Duration("us"),
        lambda pa: pa.duration("us"),
        "INTERVAL",
        ["interval '3 days 04:00:00.005'", "interval '0 days'", "null"],
    ),
    Kind(
        "interval in months",
        [("span", 14, 3, 14706789000), None],
        duckdb="INTERVAL",
        sql=["interval '1 year 2 months 3 days 04:05:06.789'", "null"],
    ),
    Kind(
        "interval with us",
        ["00:00:01.001234", None],
        "timedelta64[us]",
        lambda pl: pl.Duration("us"),
        lambda pa: pa.duration("us"),
        "INTERVAL",
        ["interval '1.001234 seconds'", "null"],
        given=_frames([_SPAN(seconds=1, microseconds=1234), None]),
    ),
    Kind(
        "negative interval",
        ["-05:00:00", None],
        "timedelta64[us]",
        lambda pl: pl.Duration("us"),
        lambda pa: pa.duration("us"),
        "INTERVAL",
        ["interval '-5 hours'", "null"],
        given=_frames([_SPAN(hours=-5), None]),
    ),
    Kind(
        "bytes",
        [b"\x00\xff\r\n\\", b"", b"abc", None],
        "object",
        lambda pl: pl.Binary,
        lambda pa: pa.binary(),
        "BLOB",
        ["'\\x00\\xFF\\x0D\\x0A\\x5C'::blob", "''::blob", "'abc'::blob", "null"],
    ),
    Kind(
        "uuid",
        [uuid.UUID("147552b0-2554-4a0e-b9b6-65a9ff258deb"), None],
        "object",
        duckdb="UUID",
    ),
    Kind(
        "list",
        [[1, None, 3], [], None],
        "object",
        lambda pl: pl.List(pl.Int64),
        lambda pa: pa.list_(pa.int64()),
        "BIGINT[]",
        ["[1, null, 3]", "[]", "null"],
    ),
    Kind(
        "list of texts",
        [['a"b', "", "x,y", None], None],
        "object",
        lambda pl: pl.List(pl.String),
        lambda pa: pa.list_(pa.string()),
        "VARCHAR[]",
        ["['a\"b', '', 'x,y', null]", "null"],
    ),
    Kind(
        "list of dates",
        [[dt.date(1, 1, 1), None, dt.date(9999, 12, 31)], None],
        "object",
        lambda pl: pl.List(pl.Date),
        lambda pa: pa.list_(pa.date32()),
        "DATE[]",
        ["['0001-01-01', null, '9999-12-31']", "null"],
    ),
    Kind(
        "list of decimals",
        [[Decimal("12345678901234567890.12"), None], None],
        None,
        lambda pl: pl.List(pl.Decimal(38, 2)),
        lambda pa: pa.list_(pa.decimal128(38, 2)),
        "DECIMAL(38,2)[]",
        ["[12345678901234567890.12, null]", "null"],
    ),
    Kind(
        "list with NaN",
        [[0.1, float("nan")], None],
        "object",
        lambda pl: pl.List(pl.Float64),
        lambda pa: pa.list_(pa.float64()),
        "DOUBLE[]",
        ["['0.1'::double, 'nan']", "null"],
        differently={"pandas": [[0.1, None], None]},
    ),
    Kind(
        "struct",
        [_NESTED, None],
        "object",
        lambda pl: pl.Struct(
            {
                "a": pl.List(pl.Int64),
                "b": pl.Struct({"c": pl.String, "d": pl.Int64}),
                "e": pl.List(pl.Struct({"f": pl.Boolean})),
            }
        ),
        lambda pa: pa.struct(
            {
                "a": pa.list_(pa.int64()),
                "b": pa.struct({"c": pa.string(), "d": pa.int64()}),
                "e": pa.list_(pa.struct({"f": pa.bool_()})),
            }.items()
        ),
        "STRUCT(a BIGINT[], b STRUCT(c VARCHAR, d BIGINT), e STRUCT(f BOOLEAN)[])",
        [
            "{'a': [1, null, 3], 'b': {'c': 'x\"y', 'd': null}, 'e': [{'f': true}]}",
            "null",
        ],
    ),
    Kind(
        "map",
        [{"k": 1, "l": None}, {}, None],
        None,
        None,
        lambda pa: pa.map_(pa.string(), pa.int64()),
        "MAP(VARCHAR, BIGINT)",
        ["map {'k': 1, 'l': null}", "map {}", "null"],
        given={"pyarrow": [[("k", 1), ("l", None)], [], None]},
    ),
    Kind(
        "json",
        [{"a": [1, "x"], "b": None, "n": Decimal("12345678901234567890.12")}, None],
        duckdb="JSON",
        sql=['\'{"a": [1, "x"], "b": null, "n": 12345678901234567890.12}\'', "null"],
    ),
    Kind("missing numbers", [1, None, None], "Int64", given={"pandas": [1, "NA", None]}),
    Kind(
        "missing objects",
        ["a", None, None, None],
        "object",
        given={"pandas": ["a", "NaN", "NA", None]},
    ),
    Kind(
        "missing times",
        [_STAMP(2024, 1, 1), None],
        "datetime64[us]",
        given={"pandas": [_STAMP(2024, 1, 1), "NaT"]},
    ),
    Kind(
        "nothing but NULL",
        [None, None],
        "object",
        lambda pl: pl.Null,
        lambda pa: pa.null(),
        '"NULL"',
        ["null", "null"],
    ),
    Kind("mixed types", [1, "a"], "object"),
    *ODD,
]
# Names that may be refused: one library stands for all.
NAMES = [Kind(name, [1, None], duckdb="BIGINT") for name in ("dot.name", 'quo"te', "n" * 70)]
