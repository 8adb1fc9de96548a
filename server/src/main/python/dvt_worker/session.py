"""The model's DuckDB session: an in-memory database with a view for each upstream relation."""

from __future__ import annotations

import os
import re
import threading
from typing import Any

from dvt_worker import connections, duckdb2
from dvt_worker.request import Run, Target

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def readable(name: str) -> str:
    """Quoted only where SQL needs it, so that messages and f-strings stay readable."""
    return name if _PLAIN.match(name) else quoted(name)


def full_name(this: Target) -> str:
    parts = [this.database, this.schema, this.identifier]
    return ".".join(readable(part) for part in parts if part)


class Session:
    """``connection`` is the model's; other threads get a cursor of their own.

    Relations of one connection cannot be evaluated by two threads at once in DuckDB.
    """

    def __init__(self, run: Run) -> None:
        import duckdb

        self.connection: Any = connections.take()
        spill = os.path.join(os.path.dirname(run.output), "spill")
        self.connection.execute("set temp_directory = ?", [spill])
        duckdb2.prepare(duckdb, self.connection)
        self._owner = threading.get_ident()
        self._lock = threading.Lock()
        self._cursors: dict[int, Any] = {}
        for relation in run.relations:
            self.define(relation.view, relation.sql)
        self._this = run.this
        if run.this.sql:
            self.define_this(run.this.sql)

    def define(self, view: str, sql: str) -> None:
        """Through a cursor: what the model is reading just now stays undisturbed."""
        cursor = self.connection.cursor()
        try:
            cursor.execute(f"create or replace view {quoted(view)} as {sql}")
        finally:
            cursor.close()

    def define_this(self, sql: str) -> None:
        """The model's previous result, under both its names."""
        if self._this.view:
            self.define(self._this.view, sql)
            self._define_full_name(self._this, self._this.view)

    def relation(self, view: str) -> Any:
        return self._for_this_thread().view(quoted_for_view(view))

    def _for_this_thread(self) -> Any:
        thread = threading.get_ident()
        if thread == self._owner:
            return self.connection
        with self._lock:
            if thread not in self._cursors:
                self._cursors[thread] = self.connection.cursor()
            return self._cursors[thread]

    def _define_full_name(self, this: Target, view: str) -> None:
        """``select ... from {dbt.this}`` works: there is a schema and a database of its name."""
        catalog: str | None = this.database
        if catalog and catalog.lower() in ("system", "temp"):
            return
        if catalog and catalog.lower() != "memory":
            self.connection.execute(f"attach if not exists ':memory:' as {quoted(catalog)}")
        place = ".".join(quoted(part) for part in (catalog, this.schema) if part)
        if this.schema:
            self.connection.execute(f"create schema if not exists {place}")
        name = f"{place}.{quoted(this.identifier)}" if place else quoted(this.identifier)
        self.connection.execute(
            f"create or replace view {name} as select * from memory.main.{quoted(view)}"
        )


def quoted_for_view(view: str) -> str:
    """``connection.view`` takes a bare name or a quoted one."""
    return readable(view)
