"""One run from request to last message."""

from __future__ import annotations

import os
import time
from typing import Any, Callable

from dvt_worker import calling, failures, history, loading, relations, results, sql_model
from dvt_worker.channel import Channel
from dvt_worker.context import Dbt
from dvt_worker.intact import Intact
from dvt_worker.places import of_model, of_return
from dvt_worker.request import Run
from dvt_worker.session import Session

# Told what the model raised, while its frames are still there.
Raised = Callable[[BaseException], None]


def answer(message: dict[str, Any], channel: Channel) -> None:
    run = Run.of(message)
    process = os.getpid()
    try:
        if message.get("sql") is not None:
            outcome = sql_model.outcome(message["sql"], run, channel)
        else:
            outcome = _outcome(run, channel, _debugger(message, channel))
    except failures.Stop as stop:
        outcome = failures.Failure(stop.code, str(stop), of_model(run.file)).to_message()
    except BaseException as error:
        outcome = failures.internal(error, run).to_message()
    if os.getpid() != process:
        os._exit(0)  # A child that the model forked came back from model() as well.
    channel.finish(outcome)


def _debugger(message: dict[str, Any], channel: Channel) -> Raised | None:
    if message.get("debug") is None:
        return None
    from dvt_worker import debugging

    return debugging.begin(message["debug"], channel)


def _outcome(run: Run, channel: Channel, debugged: Raised | None) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        import duckdb

        relations.extend(duckdb)
        session = Session(run)
        dbt = Dbt(run, session, channel)
        history.fetch_when_named(run, session, channel, duckdb)
        intact = Intact(traced=debugged is not None)
    except Exception as error:
        return failures.internal(error, run).to_message()
    try:
        function = loading.model_function(run)
        value, line = calling.call(function, dbt, session.connection, run.file)
    except BaseException as error:
        if debugged is not None:
            debugged(error)
        intact.restore()
        return failures.of_user_code(error, run).to_message()
    intact.restore()
    try:
        result = results.write(value, run, channel.warn)
    except failures.Stop as stop:
        return failures.Failure(stop.code, str(stop), of_return(run.file, line)).to_message()
    except results.Deferred as error:
        # A relation is evaluated after model() returned: what fails then is the model's query.
        return failures.of_user_code(error.cause, run, of_return(run.file, line)).to_message()
    except BaseException as error:
        return failures.internal(error, run).to_message()
    return {"type": "result", **result, "seconds": round(time.perf_counter() - started, 3)}
