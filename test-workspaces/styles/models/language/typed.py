from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypedDict, TypeVar, overload

import pandas as pd

if TYPE_CHECKING:
    import duckdb

    class Dbt(Protocol):
        is_incremental: bool

        def ref(self, *names: str, v: int | None = None) -> duckdb.DuckDBPyRelation: ...


T = TypeVar("T", bound="pd.DataFrame")
LIMIT: Final = 10


class Row(TypedDict, total=False):
    id: int
    name: str


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value: T = value

    def map(self, f: Callable[[T], T]) -> Box[T]:
        return Box(f(self.value))


@overload
def first(rows: Mapping[str, Any]) -> Row: ...
@overload
def first(rows: None) -> None: ...
def first(rows):
    return next(iter(rows.values()), None) if rows else None


def model(dbt: Dbt, session: duckdb.DuckDBPyConnection, /) -> pd.DataFrame:
    frame: pd.DataFrame
    frame = dbt.ref("stg_customers").limit(LIMIT).df()
    rows: dict[str, Row] = {"a": {"id": 1, "name": "x"}}
    return Box(frame).map(lambda f: f.assign(first=str(first(rows)))).value
