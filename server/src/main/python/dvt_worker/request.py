"""The ``run`` message as values."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Upstream:
    """A relation that the model may read: a query over cached files, and its name."""

    kind: str
    args: tuple[str, ...]
    version: str | None
    view: str
    sql: str

    @staticmethod
    def of(data: dict[str, Any]) -> Upstream:
        version = data.get("version")
        return Upstream(
            data["kind"],
            tuple(str(arg) for arg in data["args"]),
            None if version is None else str(version),
            data["view"],
            data["sql"],
        )


@dataclass(frozen=True)
class Target:
    """Where the model's own table lives.

    ``view``: its name, when it has a previous result; ``sql``: its rows, unless they have to be
    asked for; ``types``: of its columns by lower-case name, as far as they are known.
    """

    database: str | None
    schema: str | None
    identifier: str
    view: str | None
    sql: str | None
    types: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Run:
    """One model to run. Paths are absolute."""

    model: str
    file: str
    root: str
    config: dict[str, Any]
    relations: list[Upstream]
    this: Target
    is_incremental: bool
    variables: dict[str, Any]
    output: str
    unique_key: list[str] = field(default_factory=list)
    allow_empty: bool = False
    verbose: bool = False

    @staticmethod
    def of(data: dict[str, Any]) -> Run:
        wordy = os.environ.get("DVT_VERBOSE", "").lower()
        this = data.get("this") or {}
        keys = data.get("uniqueKey") or []
        return Run(
            model=data["model"],
            file=os.path.abspath(data["file"]),
            root=os.path.abspath(data["projectRoot"]),
            config=dict(data.get("config") or {}),
            relations=[Upstream.of(relation) for relation in data.get("relations") or []],
            this=Target(
                this.get("database"),
                this.get("schema"),
                this.get("identifier") or data["model"],
                this.get("view"),
                this.get("sql"),
                {c["name"].lower(): c["type"] for c in this.get("columns") or []},
            ),
            is_incremental=bool(data.get("isIncremental")),
            variables=dict(data.get("vars") or {}),
            output=os.path.abspath(data["output"]),
            unique_key=[keys] if isinstance(keys, str) else [str(key) for key in keys],
            allow_empty=bool(data.get("allowEmpty")),
            verbose=wordy not in ("", "0", "false", "no"),
        )
