"""The ``dbt`` argument of ``model(dbt, session)``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dvt_worker import relations
from dvt_worker.channel import Channel
from dvt_worker.failures import Stop
from dvt_worker.request import Run, Target, Upstream
from dvt_worker.session import Session, full_name, readable

_MISSING: Any = object()
_MEMBERS = "ref, source, config, this, is_incremental, var"
# Keys whose values add up over the levels of configuration; the engine has done that.
_ADDED_UP = frozenset({"tags", "meta"})


class Config(Mapping[str, Any]):
    """``dbt.config(...)`` declares; ``.get()``, ``[]`` and ``in`` read what holds for the model."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = dict(values)

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        for given in (*args, kwargs):
            if not isinstance(given, Mapping):
                raise TypeError(
                    f'dbt.config() takes keyword arguments, as in dbt.config(materialized="table");'
                    f" it got {given!r}"
                )
            for key, value in given.items():
                if key not in _ADDED_UP or key not in self._values:
                    self._values[key] = value

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def __getitem__(self, key: str) -> Any:
        try:
            return self._values[key]
        except KeyError:
            known = ", ".join(sorted(self._values)) or "none"
            raise KeyError(
                f"the model's configuration has no {key!r} (it has: {known}); use"
                f" dbt.config.get({key!r}, default)"
            ) from None

    def __contains__(self, key: object) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"dbt.config({self._values})"


class This:
    """The model's own table. ``str()`` is its full name, which the session knows too."""

    def __init__(self, target: Target) -> None:
        self.database = target.database
        self.schema = target.schema
        self.identifier = target.identifier
        self.name = target.identifier
        self._full_name = full_name(target)

    def __str__(self) -> str:
        return self._full_name

    def __repr__(self) -> str:
        return f"<this: {self._full_name}>"


class Dbt:
    """What a model sees of its project. Only the documented members exist."""

    def __init__(self, run: Run, session: Session, channel: Channel) -> None:
        self.config = Config(run.config)
        self.this = This(run.this)
        self.is_incremental = run.is_incremental
        self._run = run
        self._session = session
        self._channel = channel
        self._views = {(r.kind, r.args, r.version): r.view for r in run.relations}

    def ref(self, *args: Any, **kwargs: Any) -> Any:
        """``ref("m")``, ``ref("package", "m")``, with ``v=``/``version=``."""
        names, version = _ref_arguments(args, dict(kwargs))
        return self._relation("ref", names, version)

    def source(self, *args: Any, **kwargs: Any) -> Any:
        """``source("source", "table")``."""
        return self._relation("source", _source_arguments(args, dict(kwargs)), None)

    def var(self, name: str, default: Any = _MISSING) -> Any:
        if name in self._run.variables:
            return self._run.variables[name]
        if default is _MISSING:
            raise KeyError(
                f"the variable {name!r} is not defined: give it in vars: of dbt_project.yml or"
                f" with --vars, or a default: dbt.var({name!r}, ...)"
            )
        return default

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"dbt has no member {name!r}; it has: {_MEMBERS}")

    def __repr__(self) -> str:
        return f"<dbt of model {self._run.model}>"

    def _relation(self, kind: str, names: tuple[str, ...], version: str | None) -> Any:
        view = self._views.get((kind, names, version))
        if view is None:
            view = self._extracted(kind, names, version)
        return relations.named(self._session.relation(view), readable(view))

    def _extracted(self, kind: str, names: tuple[str, ...], version: str | None) -> str:
        answer = self._channel.ask(
            {
                "type": "need",
                "kind": kind,
                "args": list(names),
                "version": version,
                "line": _calling_line(self._run.file),
            }
        )
        error = answer.get("error")
        if error:
            raise Stop(error.get("code") or "DVT126", error.get("message") or "not available")
        upstream = Upstream(kind, names, version, answer["view"], answer["sql"])
        self._session.define(upstream.view, upstream.sql)
        self._views[(kind, names, version)] = upstream.view
        return upstream.view


def _ref_arguments(
    args: Sequence[Any], kwargs: dict[str, Any]
) -> tuple[tuple[str, ...], str | None]:
    version = kwargs.pop("version", kwargs.pop("v", None))
    names = list(args)
    package = _first(kwargs, "package", "package_name", "project", "project_name")
    model = _first(kwargs, "name", "model_name", "model")
    if package is not None:
        names.insert(0, package)
    if model is not None:
        names.append(model)
    if kwargs or not 1 <= len(names) <= 2 or not all(isinstance(n, str) for n in names):
        raise TypeError(
            'dbt.ref() takes a model\'s name, as in dbt.ref("orders") or'
            f' dbt.ref("package", "orders"), and v=; it got {_call(args, kwargs)}'
        )
    return tuple(names), None if version is None else str(version)


def _source_arguments(args: Sequence[Any], kwargs: dict[str, Any]) -> tuple[str, ...]:
    names = list(args)
    source = _first(kwargs, "source_name", "source")
    table = _first(kwargs, "table_name", "table", "name")
    if source is not None:
        names.insert(0, source)
    if table is not None:
        names.append(table)
    if kwargs or len(names) != 2 or not all(isinstance(n, str) for n in names):
        raise TypeError(
            "dbt.source() takes a source's name and a table's, as in"
            f' dbt.source("shop", "orders"); it got {_call(args, kwargs)}'
        )
    return tuple(names)


def _first(kwargs: dict[str, Any], *keys: str) -> Any:
    for key in keys:
        if key in kwargs:
            return kwargs.pop(key)
    return None


def _call(args: Sequence[Any], kwargs: dict[str, Any]) -> str:
    shown = [repr(arg) for arg in args] + [f"{key}={value!r}" for key, value in kwargs.items()]
    return f"({', '.join(shown)})"


def _calling_line(file: str) -> int:
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename == file:
            return frame.f_lineno
        frame = frame.f_back  # type: ignore[assignment]
    return 0
