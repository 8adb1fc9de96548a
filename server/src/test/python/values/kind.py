"""What is said of one kind of value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

LIBRARIES = ("pandas", "polars", "pyarrow", "duckdb")


@dataclass(frozen=True)
class Kind:
    """``values`` are expected back. Each library's field names its type; ``None``: it
    has none.

    ``pandas`` may be ``object``; ``duckdb`` is a type, its values are ``sql`` or made from
    ``values``; ``differently``: what one library itself makes of the values.
    """

    column: str
    values: list[Any]
    pandas: str | None = None
    polars: Callable[[Any], Any] | None = None
    arrow: Callable[[Any], Any] | None = None
    duckdb: str | None = None
    sql: list[str] | None = None
    differently: dict[str, list[Any]] = field(default_factory=dict)
    given: dict[str, list[Any]] = field(default_factory=dict)

    def has(self, library: str) -> bool:
        return getattr(self, {"pyarrow": "arrow"}.get(library, library)) is not None

    def expected(self, library: str) -> list[Any]:
        return self.differently.get(library, self.values)

    def input(self, library: str) -> list[Any]:
        return self.given.get(library, self.values)
