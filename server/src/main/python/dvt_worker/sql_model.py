"""A SQL model over the cache: its compiled query takes the place of ``model(dbt, session)``."""

from __future__ import annotations

import re
import time
from typing import Any

from dvt_worker import failures, history, results
from dvt_worker.channel import Channel
from dvt_worker.failures import Failure
from dvt_worker.places import Place
from dvt_worker.request import Run
from dvt_worker.session import Session

CODE = "sql-failed"
_LINE = re.compile(r"\n+LINE (\d+):.*\Z", re.DOTALL)


def outcome(sql: str, run: Run, channel: Channel) -> dict[str, Any]:
    """The ``result`` or ``failure`` message; ``run.file`` holds the same text."""
    import duckdb

    started = time.perf_counter()

    def warn(message: str) -> None:
        channel.warn(_of_sql(message))

    try:
        session = Session(run)
        history.fetch_when_named(run, session, channel, duckdb)
        # A name that is no table must not be taken for a variable of this program.
        session.connection.execute("set python_enable_replacements = false")
        problem = _not_a_query(sql)
        if problem:
            return _failure(problem, run, 0)
        try:
            relation = session.connection.sql(sql)
        except duckdb.Error as error:
            return _of_duckdb(_with_line(error, sql, session), run)
        result = results.write(relation, run, warn)
    except duckdb.Error as error:
        return _of_duckdb(error, run)
    except results.Deferred as error:
        return _while_running(error.cause, run)
    except failures.Stop as stop:
        return Failure(stop.code, _of_sql(str(stop)), Place(run.file, 0, 0, 0, 0)).to_message()
    except BaseException as error:
        return failures.internal(error, run).to_message()
    return {"type": "result", **result, "seconds": round(time.perf_counter() - started, 3)}


def _not_a_query(sql: str) -> str:
    import duckdb

    statements = duckdb.extract_statements(sql)
    if len(statements) != 1:
        return f"is {len(statements)} statements; a model is one query."
    if statements[0].type != duckdb.StatementType.SELECT:
        return f"is a statement of the kind {statements[0].type.name}; a model is one query."
    return ""


def _with_line(error: BaseException, sql: str, session: Session) -> BaseException:
    """DuckDB tells the line of a name that it does not know only when it executes."""
    try:
        session.connection.execute(f"explain {sql}")
    except Exception as located:
        return located
    return error


def _while_running(error: BaseException, run: Run) -> dict[str, Any]:
    """What it quotes then is its own writing of the query: no line of the file."""
    text = re.sub(r"\n+LINE \d+: ", " At: ", str(error))
    return _failure(f"failed in DuckDB: {text}", run, 0)


def _of_duckdb(error: BaseException, run: Run) -> dict[str, Any]:
    text = str(error)
    line = _LINE.search(text)
    return _failure(
        f"failed in DuckDB: {_LINE.sub('', text)}", run, int(line.group(1)) if line else 0
    )


def _failure(what: str, run: Run, line: int) -> dict[str, Any]:
    message = f"SQL model '{run.model}' {what}"
    return Failure(CODE, message, Place(run.file, line, 0, 0, 0)).to_message()


def _of_sql(text: str) -> str:
    """The sentences on results are written for Python models."""
    return text.replace("Python model '", "SQL model '").replace(
        "; where no rows are right, say dbt.config(allow_empty=True)",
        "; where no rows are right, say allow_empty=true in its config",
    )
