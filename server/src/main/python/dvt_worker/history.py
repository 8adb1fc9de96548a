"""The model's previous result where the engine has not brought it: fetched when SQL names it.

An incremental model that never looks at its own rows needs none of them, and a name can be put
together in ways that only the run reveals. So while the rows are missing, what is given to DuckDB
is looked at for the names that stand for them.
"""

from __future__ import annotations

import functools
import re
import threading
from typing import Any, Callable

from dvt_worker.channel import Channel
from dvt_worker.failures import Stop
from dvt_worker.request import Run
from dvt_worker.session import Session

_CONNECTION = ("sql", "query", "from_query", "execute", "executemany", "table", "view")
_RELATION = ("query", "filter", "project", "select", "aggregate", "join", "order")


def fetch_when_named(run: Run, session: Session, channel: Channel, duckdb: Any) -> None:
    """Does nothing where the rows are there, or where there is no previous result."""
    if run.this.view is None or run.this.sql is not None:
        return
    fetch = _Fetch(run, session, channel)
    # The functions put around DuckDB's own must not hide a model's variables from its SQL.
    session.connection.execute("set python_scan_all_frames = true")
    for owner, names in (
        (duckdb.DuckDBPyConnection, _CONNECTION),
        (duckdb.DuckDBPyRelation, _RELATION),
    ):
        for name in names:
            method = getattr(owner, name, None)
            if method is not None:
                setattr(owner, name, fetch.before(method))


class _Fetch:
    def __init__(self, run: Run, session: Session, channel: Channel) -> None:
        names = "|".join(re.escape(n) for n in (run.this.view or "", run.this.identifier))
        self._named = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)
        self._session = session
        self._channel = channel
        self._lock = threading.Lock()
        self._done = False

    def before(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """The method; the first call with one of the names brings the rows before."""

        @functools.wraps(method)
        def call(self_: Any, *args_: Any, **kwargs_: Any) -> Any:
            if not self._done:
                self._look((*args_, *kwargs_.values()))
            return method(self_, *args_, **kwargs_)

        return call

    def _look(self, values: tuple[Any, ...]) -> None:
        if not any(isinstance(v, str) and self._named.search(v) for v in values):
            return
        with self._lock:
            if self._done:
                return
            answer = self._channel.ask({"type": "need", "kind": "this"})
            error = answer.get("error")
            if error:
                raise Stop(error.get("code") or "DVT126", error.get("message") or "not available")
            # First, as defining the view passes here too.
            self._done = True
            self._session.define_this(answer["sql"])
