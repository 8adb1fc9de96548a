"""What dbt gives templates and a compile without a database cannot: each says so when used."""

from __future__ import annotations

from typing import Any, NoReturn

from dvt_worker.compiler.problems import Stop

# Needs a query on the database while compiling, or dbt's own state.
QUERIES = ("run_query", "statement", "load_result", "store_result", "store_raw_result")
INTERNALS = (
    "graph",
    "api",
    "load_agate_table",
    "submit_python_job",
    "write",
    "render",
    "try_or_compiler_error",
    "validation",
    "schemas",
    "database_schemas",
    "results",
    "sql",
    "pre_hooks",
    "post_hooks",
    "connection_name",
    "get_columns_in_relation",
    "get_columns_in_query",
    "load_relation",
    "load_cached_relation",
)
# jinja2 itself asks each callable for these.
_ASKED = ("unsafe_callable", "alters_data", "jinja_pass_arg")


class Stack:
    """The macros at work, innermost last: what an error is told of."""

    def __init__(self) -> None:
        self.calls: list[Any] = []

    def who(self) -> str:
        if not self.calls:
            return "the model"
        call = self.calls[-1]
        return f"macro '{call.full_name}' ({call.place})"


class Absent:
    """Raises when it is called, read or printed."""

    def __init__(self, name: str, why: str, stack: Stack) -> None:
        self._name = name
        self._why = why
        self._stack = stack

    def _stop(self) -> NoReturn:
        raise Stop(f"{self._stack.who()} needs {self._name}, {self._why}")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in _ASKED:
            raise AttributeError(name)
        self._stop()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self._stop()

    __getitem__ = __iter__ = __str__ = __bool__ = __len__ = __call__  # type: ignore[assignment]


def absent(stack: Stack) -> dict[str, Any]:
    """By name."""
    query = (
        "which asks the database while compiling: dvt-ls compiles without a connection. Write the"
        " values into the model or a variable, or read them in a Python model."
    )
    internal = "which is dbt's own: dvt-ls does not have it. Build this model with dbt."
    found = {name: Absent(f"{name}()", query, stack) for name in QUERIES}
    for name in INTERNALS:
        why = query if name.startswith(("get_columns", "load_")) else internal
        found[name] = Absent(name, why, stack)
    return found


class Adapter:
    """``adapter``: what needs no connection."""

    def __init__(self, dialect: str, quote: tuple[str, str], dispatch: Any, stack: Stack) -> None:
        self._dialect = dialect
        self._quote = quote
        self._stack = stack
        self.dispatch = dispatch

    def type(self) -> str:
        return self._dialect

    def quote(self, identifier: str) -> str:
        before, after = self._quote
        return f"{before}{str(identifier).replace(after, after * 2)}{after}"

    def quote_as_configured(self, identifier: str, quote_key: str = "identifier") -> str:
        return self.quote(identifier)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name in _ASKED:
            raise AttributeError(name)
        why = (
            "which asks the database while compiling: dvt-ls compiles without a connection. Write"
            " the names into the model or a variable, or read them in a Python model."
        )
        return Absent(f"adapter.{name}()", why, self._stack)
