"""``dbt.*``: SQL that differs between databases, which most packages are made of.

Written for DuckDB, PostgreSQL, MySQL/MariaDB and SQLite, where queries of SQL models run; another
type gets standard SQL. A project's or package's own ``<type>__name`` goes before these.
"""

from __future__ import annotations

from typing import Any, Callable

from dvt_worker.compiler.problems import Stop
from dvt_worker.compiler.templates import did_you_mean

_FAMILY = {"postgres": "postgres", "redshift": "postgres", "mysql": "mysql", "mariadb": "mysql"}
_FAMILY.update({"duckdb": "duckdb", "sqlite": "sqlite"})
_TYPES = {
    "string": {"": "TEXT", "mysql": "char"},
    "int": {"": "integer", "mysql": "signed"},
    "bigint": {"": "bigint", "mysql": "signed"},
    "float": {"": "float", "mysql": "double"},
    "numeric": {"": "numeric(28,6)", "mysql": "decimal(28,6)"},
    "boolean": {"": "boolean", "mysql": "unsigned"},
    "timestamp": {
        "": "timestamp",
        "postgres": "timestamp without time zone",
        "mysql": "datetime",
        "sqlite": "text",
    },
}


class Portable:
    """The functions for one dialect, by dbt's names."""

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect
        self._family = _FAMILY.get(dialect, "")
        self.functions: dict[str, Callable[..., Any]] = {
            name: getattr(self, "_" + name) for name in _NAMES
        }
        for name, texts in _TYPES.items():
            text = texts.get(self._family, texts[""])
            self.functions[f"type_{name}"] = lambda text=text: text

    def _concat(self, fields: list[str]) -> str:
        if self._family == "mysql":
            return f"concat({', '.join(fields)})"
        return " || ".join(fields)

    def _hash(self, field: str) -> str:
        if self._family == "sqlite":
            self._missing("hash")
        return f"md5(cast({field} as {self.functions['type_string']()}))"

    def _dateadd(self, datepart: str, interval: Any, from_date_or_timestamp: str) -> str:
        start = from_date_or_timestamp
        if self._family == "mysql":
            return f"date_add({start}, interval {interval} {datepart})"
        if self._family == "sqlite":
            return f"datetime({start}, ({interval}) || ' {datepart}')"
        if self._family == "duckdb":
            return f"({start} + cast({interval} as bigint) * interval 1 {datepart})"
        return f"{start} + ((interval '1 {datepart}') * ({interval}))"

    def _datediff(self, first_date: str, second_date: str, datepart: str) -> str:
        first, second = first_date, second_date
        if self._family == "duckdb":
            return f"(date_diff('{datepart}', {first}::timestamp, {second}::timestamp))"
        if self._family == "mysql":
            return f"timestampdiff({datepart}, {first}, {second})"
        if self._family == "postgres":
            return _postgres_difference(first, second, datepart, self._missing)
        return self._missing("datediff")

    def _date_trunc(self, datepart: str, date: str) -> str:
        if self._family in ("mysql", "sqlite"):
            self._missing("date_trunc")
        return f"date_trunc('{datepart}', {date})"

    def _last_day(self, date: str, datepart: str) -> str:
        begin = self._date_trunc(datepart, date)
        return f"cast({self._dateadd('day', -1, self._dateadd(datepart, 1, begin))} as date)"

    def _safe_cast(self, field: str, type: str) -> str:
        return f"{'try_cast' if self._family == 'duckdb' else 'cast'}({field} as {type})"

    def _cast(self, field: str, type: str) -> str:
        return f"cast({field} as {type})"

    def _current_timestamp(self) -> str:
        return "now()" if self._family in ("duckdb", "postgres", "mysql") else "current_timestamp"

    def _length(self, expression: str) -> str:
        return f"length({expression})"

    def _right(self, string_text: str, length_expression: Any) -> str:
        if self._family == "sqlite":
            return f"substr({string_text}, -({length_expression}))"
        return f"right({string_text}, {length_expression})"

    def _split_part(self, string_text: str, delimiter_text: str, part_number: Any) -> str:
        text, mark, part = string_text, delimiter_text, part_number
        if self._family == "mysql":
            return f"substring_index(substring_index({text}, {mark}, {part}), {mark}, -1)"
        if self._family == "sqlite":
            self._missing("split_part")
        return f"split_part({text}, {mark}, {part})"

    def _replace(self, field: str, old_chars: str, new_chars: str) -> str:
        return f"replace({field}, {old_chars}, {new_chars})"

    def _position(self, substring_text: str, string_text: str) -> str:
        if self._family == "sqlite":
            return f"instr({string_text}, {substring_text})"
        return f"position({substring_text} in {string_text})"

    def _string_literal(self, value: Any) -> str:
        return f"'{value}'"

    def _escape_single_quotes(self, expression: str) -> str:
        return expression.replace("'", "''")

    def _any_value(self, expression: str) -> str:
        name = {"duckdb": "arbitrary", "postgres": "min", "sqlite": "min", "mysql": "min"}
        return f"{name.get(self._family, 'any_value')}({expression})"

    def _bool_or(self, expression: str) -> str:
        return f"{'max' if self._family in ('mysql', 'sqlite') else 'bool_or'}({expression})"

    def _listagg(
        self,
        measure: str,
        delimiter_text: str = "','",
        order_by_clause: str | None = None,
        limit_num: int | None = None,
    ) -> str:
        if limit_num:
            self._missing("listagg with limit_num")
        order = f" {order_by_clause}" if order_by_clause else ""
        if self._family == "mysql":
            return f"group_concat({measure}{order} separator {delimiter_text})"
        name = "group_concat" if self._family == "sqlite" else "string_agg"
        return f"{name}({measure}, {delimiter_text}{order})"

    def _cast_bool_to_text(self, field: str) -> str:
        if self._family in ("mysql", "sqlite"):
            return f"case when {field} then 'true' when not {field} then 'false' end"
        return f"cast({field} as TEXT)"

    def _date(self, year: int, month: int, day: int) -> str:
        if self._family == "sqlite":
            return f"date('{year:04d}-{month:02d}-{day:02d}')"
        return f"cast('{year:04d}-{month:02d}-{day:02d}' as date)"

    def _array_construct(self, inputs: list[Any] | None = None, data_type: str = "integer") -> str:
        if self._family in ("mysql", "sqlite"):
            self._missing("array_construct")
        if not inputs:
            return f"array[]::{data_type}[]"
        return f"array[{', '.join(str(item) for item in inputs)}]"

    def _array_concat(self, array_1: str, array_2: str) -> str:
        return f"array_cat({array_1}, {array_2})"

    def _array_append(self, array: str, new_element: str) -> str:
        return f"array_append({array}, {new_element})"

    def _intersect(self) -> str:
        return "intersect"

    def _except(self) -> str:
        return "except"

    def _missing(self, name: str) -> Any:
        raise Stop(
            f"dbt.{name} has no form for {self._dialect} here. Write the SQL by hand, or a macro"
            f" {self._dialect}__{name.split()[0]} in the project."
        )


_NAMES = (
    "concat",
    "hash",
    "dateadd",
    "datediff",
    "date_trunc",
    "last_day",
    "safe_cast",
    "cast",
    "current_timestamp",
    "length",
    "right",
    "split_part",
    "replace",
    "position",
    "string_literal",
    "escape_single_quotes",
    "any_value",
    "bool_or",
    "listagg",
    "cast_bool_to_text",
    "date",
    "array_construct",
    "array_concat",
    "array_append",
    "intersect",
    "except",
)


class Named:
    """``dbt``: the functions as attributes."""

    def __init__(self, functions: dict[str, Callable[..., Any]]) -> None:
        self.__dict__.update(functions)

    def describe_missing(self, name: str) -> str:
        return (
            f"dbt.{name} is not one of dbt's macros that dvt-ls has."
            + did_you_mean(name, [*self.__dict__])
            + f" Write it as a macro of the project, default__{name}, and call that."
        )


def _postgres_difference(first: str, second: str, part: str, missing: Callable[[str], Any]) -> str:
    """Boundaries crossed, as dbt counts."""
    days = f"(({second})::date - ({first})::date)"
    years = f"(date_part('year', ({second})::date) - date_part('year', ({first})::date))"
    steps = {"hour": (24, "hour"), "minute": (60, "minute"), "second": (60, "second")}
    if part == "year":
        return years
    if part == "quarter":
        quarters = f"date_part('quarter', ({second})::date) - date_part('quarter', ({first})::date)"
        return f"({years} * 4 + {quarters})"
    if part == "month":
        months = f"date_part('month', ({second})::date) - date_part('month', ({first})::date)"
        return f"({years} * 12 + {months})"
    if part == "day":
        return days
    if part == "week":
        monday = "date_trunc('week', ({})::timestamp)::date"
        return f"(({monday.format(second)} - {monday.format(first)}) / 7)"
    if part in steps:
        text = days
        for name, (size, field) in steps.items():
            ends = [f"date_part('{field}', ({end})::timestamp)" for end in (second, first)]
            text = f"({text} * {size} + {ends[0]} - {ends[1]})"
            if name == part:
                return text
    return missing(f"datediff by {part}")
