"""What ``ref``, ``source`` and ``this`` give: a table's name in the dialect that the SQL is for."""

from __future__ import annotations

from typing import Any

_PARTS = ("database", "schema", "identifier")


class Relation:
    """``str()`` is the full name, quoted by the engine; the parts are plain."""

    def __init__(self, data: dict[str, Any], included: frozenset[str] = frozenset(_PARTS)) -> None:
        self._data = data
        self._included = included
        self.database = data.get("database")
        self.schema = data.get("schema")
        self.identifier = data.get("identifier")
        self.name = self.table = self.identifier
        self.type = data.get("kind")
        self.is_view = self.type == "view"
        self.is_table = self.type == "table"
        self.is_cte = bool(data.get("cte"))

    def include(
        self,
        database: bool | None = None,
        schema: bool | None = None,
        identifier: bool | None = None,
    ) -> Relation:
        """The name with some of its parts only, as dbt's relations have it."""
        wanted = dict(zip(_PARTS, (database, schema, identifier)))
        changed = {
            part
            for part in _PARTS
            if (part in self._included if wanted[part] is None else wanted[part])
        }
        return Relation(self._data, frozenset(changed))

    def without_identifier(self) -> Relation:
        return self.include(identifier=False)

    def render(self) -> str:
        return str(self)

    def get(self, key: str, default: Any = None) -> Any:
        return getattr(self, key, default) if key in (*_PARTS, "name", "type") else default

    def __str__(self) -> str:
        if self.is_cte:
            return str(self._data["name"])
        names = self._data.get("parts") or {}
        return ".".join(names[part] for part in _PARTS if part in self._included and part in names)

    def __repr__(self) -> str:
        return f"<relation {self}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Relation) and str(other) == str(self)

    def __hash__(self) -> int:
        return hash(str(self))

    def describe_missing(self, name: str) -> str:
        return (
            f"the relation {self} has no {name!r}: dvt-ls gives its database, schema, identifier,"
            " name and include()"
        )
