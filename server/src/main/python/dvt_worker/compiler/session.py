"""The compile session: one process, one project, many models."""

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import Any, Callable

from dvt_worker.channel import Channel
from dvt_worker.compiler import context
from dvt_worker.compiler.absent import Adapter, Stack, absent
from dvt_worker.compiler.failure import describe
from dvt_worker.compiler.macros import Library, Macro, MacroFile, inner_name
from dvt_worker.compiler.portable import Named, Portable
from dvt_worker.compiler.problems import Returned, Stop
from dvt_worker.compiler.relation import Relation
from dvt_worker.compiler.templates import Environment, MacroEnvironment


class Session:
    """Made of the ``compiler`` message."""

    def __init__(self, message: dict[str, Any], channel: Channel) -> None:
        self.root: str = message["projectRoot"]
        self.project: str = message["project"]
        self.packages_folder: str = message["packagesFolder"]
        self.channel = channel
        self.models = Environment()
        self.macros = MacroEnvironment()
        self.library = Library(message["packages"], self.root, self._call)
        self.vars: dict[str, Any] = message.get("vars") or {}
        self.defaults = {p["name"]: p.get("vars") or {} for p in message["packages"]}
        self.orders = {
            entry.get("macro_namespace"): entry.get("search_order")
            for entry in message.get("dispatch") or []
            if isinstance(entry, dict)
        }
        self.target: dict[str, Any] = message.get("target") or {}
        self.at_work: Compile | None = None
        started = datetime.datetime.fromtimestamp(
            float(message.get("startedAt") or 0), datetime.timezone.utc
        )
        self.common = {
            **self.models.globals,
            **context.common(),
            "project_name": self.project,
            "invocation_id": message.get("invocationId"),
            "run_started_at": started,
            "dbt_version": message.get("dbtVersion"),
            "selected_resources": message.get("selected") or [],
            "flags": SimpleNamespace(
                FULL_REFRESH=bool(message.get("fullRefresh")),
                STORE_FAILURES=False,
                WHICH="run",
                INTROSPECT=False,
            ),
            "invocation_args_dict": {},
        }

    def known_names(self) -> list[str]:
        """For a guess at what a wrong one meant."""
        names = self.library.names(self.project, self.project)
        return [*names, *(self.at_work.names if self.at_work else [])]

    def tell_broken_files(self) -> None:
        """The project's own files, once; those of packages when a model uses one."""
        for file in self.library.own_files():
            try:
                file.template(self.macros)
            except Exception as error:
                failure = describe(error, self, file.path)
                where = f"{file.place}:{failure['line']}" if failure["line"] else file.place
                self.channel.warn(
                    f"{where}: {failure['message']} Models that use a macro of this file fail."
                )

    def compile(self, message: dict[str, Any]) -> dict[str, Any]:
        self.at_work = Compile(self, message)
        return self.at_work.answer()

    def _call(self, macro: Macro, args: Any, kwargs: Any) -> Any:
        if self.at_work is None:
            raise Stop(f"macro '{macro.full_name}' was called outside of a model.")
        return self.at_work.call(macro, args, kwargs)


class Compile:
    """One model being compiled."""

    def __init__(self, session: Session, message: dict[str, Any]) -> None:
        self._session = session
        self._message = message
        self._package: str = message["model"].get("package_name") or session.project
        self._relations: dict[tuple[Any, ...], Relation] = {}
        self._modules: dict[str, Any] = {}
        self.stack = Stack()
        self.config = context.Config(message["model"].get("config") or {}, self.stack)
        self._portable = Portable(message["dialect"]).functions
        self.names = self._context()

    def answer(self) -> dict[str, Any]:
        reply: dict[str, Any] = {"type": "compiled", "id": self._message["id"]}
        file = self._message["file"]
        try:
            template = self._session.models.template(self._message["text"], file)
            names = {**self.names, **self._callables(self._package)}
            reply["sql"] = "".join(template.root_render_func(template.new_context(names, True)))
            reply["config"] = self.config.given
        except Returned:
            reply["failure"] = describe(
                Stop("return() is for macros: a model's text is its result."), self._session, file
            )
        except Exception as error:
            reply["failure"] = describe(error, self._session, file)
        return reply

    def call(self, macro: Macro, args: Any, kwargs: Any) -> Any:
        self.stack.calls.append(macro)
        try:
            return getattr(self._module(macro.file), inner_name(macro))(*args, **kwargs)
        except Returned as returned:
            return returned.value
        finally:
            self.stack.calls.pop()

    def _module(self, file: MacroFile) -> Any:
        """A file's macros, bound to this model's names."""
        module = self._modules.get(file.path)
        if module is None:
            names = {**self.names, **self._callables(file.package)}
            template = file.template(self._session.macros)
            module = self._modules[file.path] = template.make_module(names, True)
        return module

    def _callables(self, package: str) -> dict[str, Any]:
        return self._session.library.names(self._package, package)

    def _context(self) -> dict[str, Any]:
        session, message = self._session, self._message
        warn = session.channel.warn
        target = {**session.target, "type": message["dialect"]}
        quote = message.get("quote") or ['"', '"']
        portable = self._portable_functions()
        builtins = {
            **portable,
            "dbt": Named(portable),
            **absent(self.stack),
            **session.common,
            "ref": self._ref,
            "source": self._source,
            "config": self.config,
            "var": context.Var(
                self._package, session.vars, session.defaults.get(self._package) or {}
            ),
            "log": self._log,
            "print": lambda text: self._log(text, True),
            "exceptions": context.Exceptions(warn),
            "is_incremental": lambda: bool(message.get("isIncremental")),
            "should_full_refresh": lambda: session.common["flags"].FULL_REFRESH,
            "target": target,
            "this": Relation(message["this"]),
            "model": message["model"],
            "database": message["this"].get("database"),
            "schema": message["this"].get("schema"),
            "adapter": Adapter(
                message["dialect"], (quote[0], quote[1]), self._dispatch, self.stack
            ),
            "context_macro_stack": self.stack.calls,
        }
        return {**builtins, "builtins": builtins}

    def _dispatch(
        self, macro_name: str, macro_namespace: str | None = None, packages: Any = None
    ) -> Callable[..., Any]:
        order = self._session.orders.get(macro_namespace) if macro_namespace else packages
        dialect = self._message["dialect"]
        found = self._session.library.dispatched(macro_name, macro_namespace, dialect, order)
        if found is None and macro_namespace in (None, "dbt"):
            found = self._portable.get(macro_name)
        if found is None:
            raise self._session.library.missing(macro_name, macro_namespace, dialect)
        return found

    def _portable_functions(self) -> dict[str, Callable[..., Any]]:
        """``dbt.concat`` and its kin; each asks for the project's own form first."""

        def first(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **kwargs: Any) -> Any:
                order = self._session.orders.get("dbt")
                dialect = self._message["dialect"]
                own = self._session.library.dispatched(name, "dbt", dialect, order)
                return (own or function)(*args, **kwargs)

            return call

        functions = Portable(self._message["dialect"]).functions
        return {name: first(name, function) for name, function in functions.items()}

    def _ref(self, *args: Any, **kwargs: Any) -> Relation:
        version = kwargs.pop("version", kwargs.pop("v", None))
        if kwargs or not 1 <= len(args) <= 2 or not all(isinstance(a, str) for a in args):
            raise Stop(
                "ref() takes a model's name, as in ref('orders') or ref('package', 'orders'), and"
                f" v=; it got {_shown(args, kwargs)}.",
                "DVT120",
            )
        return self._relation("ref", args, None if version is None else str(version))

    def _source(self, *args: Any) -> Relation:
        if len(args) != 2 or not all(isinstance(a, str) for a in args):
            raise Stop(
                "source() takes a source's name and a table's, as in source('shop', 'orders'); it"
                f" got {_shown(args, {})}.",
                "DVT121",
            )
        return self._relation("source", args, None)

    def _relation(self, kind: str, args: tuple[str, ...], version: str | None) -> Relation:
        key = (kind, args, version)
        if key not in self._relations:
            answer = self._session.channel.ask(
                {"type": "need", "kind": kind, "args": list(args), "version": version, "line": 0}
            )
            error = answer.get("error")
            if error:
                raise Stop(error["message"], error["code"])
            self._relations[key] = Relation(answer)
        return self._relations[key]

    def _log(self, message: Any, info: bool = False) -> str:
        if info:
            self._session.channel.send({"type": "output", "stream": "stdout", "text": str(message)})
        return ""


def _shown(args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    parts = [repr(arg) for arg in args] + [f"{key}={value!r}" for key, value in kwargs.items()]
    return f"({', '.join(parts)})"


def serve(message: dict[str, Any], channel: Channel) -> None:
    """Until the engine closes the worker's input, which ends the process."""
    session = Session(message, channel)
    session.tell_broken_files()
    channel.send({"type": "compiler"})
    while True:
        request = channel.receive([])
        if request.get("type") == "compile":
            channel.send(session.compile(request))
