"""The names that a template finds, beside macros: dbt's context, as far as it needs no database."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import os
import re
import sys
from types import SimpleNamespace
from typing import Any, Callable, NoReturn

from dvt_worker.compiler.absent import Stack
from dvt_worker.compiler.problems import Returned, Stop

_MISSING: Any = object()
_SECRET = ("DBT_ENV_SECRET", "DBT_SECRET", "DVT_ENV_SECRET")


# What dbt's config has where nobody set it, besides none.
_DEFAULTS: dict[str, Any] = {
    "enabled": True,
    "tags": [],
    "meta": {},
    "persist_docs": {},
    "quoting": {},
    "column_types": {},
    "grants": {},
    "on_schema_change": "ignore",
    "pre-hook": [],
    "post-hook": [],
}


# Keys whose values the engine adds up over all places of a config.
_ADDED = {"tags", "pre-hook", "pre_hook", "post-hook", "post_hook", "packages"}
_ADDED |= {"meta", "docs", "grants", "persist_docs"}


class Config:
    """``config(...)`` renders to nothing and is remembered; ``get`` reads what holds."""

    def __init__(self, values: dict[str, Any], stack: Stack) -> None:
        self._values = dict(values)
        self.given: dict[str, Any] = {}
        self._stack = stack

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        for given in (*args, kwargs):
            if not isinstance(given, dict):
                raise Stop(f"config() takes keyword arguments or one mapping; it got {given!r}.")
            for key, value in given.items():
                self._set(str(key), value)
        return ""

    def _set(self, key: str, value: Any) -> None:
        """A later call overrides an earlier one; lists add up."""
        before = self.given.get(key)
        both = isinstance(before, list) and isinstance(value, list)
        self.given[key] = [*before, *value] if both else value
        if key in _ADDED:
            self._values.setdefault(key, value)  # the engine has added it up
        else:
            self._values[key] = value

    def set(self, name: str, value: Any) -> str:
        return self(**{name: value})

    def get(self, name: str, default: Any = None, validator: Any = None) -> Any:
        value = self._values.get(name)
        if value is None:
            value = _DEFAULTS.get(name) if default is None else default
        if validator is not None and value is not None:
            validator(value)
        return value

    def require(self, name: str, validator: Any = None) -> Any:
        if name not in self._values:
            known = ", ".join(sorted(self._values)) or "none"
            raise Stop(f"config.require('{name}'): the model's config has no '{name}' ({known}).")
        return self.get(name, None, validator)

    def persist_relation_docs(self) -> bool:
        return False

    persist_column_docs = persist_relation_docs


class Var:
    """``var(name, default)``: the package's own scope before the common one."""

    def __init__(self, package: str, values: dict[str, Any], defaults: dict[str, Any]) -> None:
        scoped = values.get(package)
        self._values = {**_own(defaults, package), **values}
        self._values.update(scoped if isinstance(scoped, dict) else {})

    def __call__(self, name: str, default: Any = _MISSING) -> Any:
        if name in self._values:
            return self._values[name]
        if default is _MISSING:
            raise Stop(
                f"The variable '{name}' is not defined. Give it in vars: of dbt_project.yml or with"
                f" --vars, or give a default: var('{name}', ...)."
            )
        return default

    def has_var(self, name: str) -> bool:
        return name in self._values


def _own(defaults: dict[str, Any], package: str) -> dict[str, Any]:
    scoped = defaults.get(package)
    return {**defaults, **(scoped if isinstance(scoped, dict) else {})}


class Exceptions:
    """``exceptions.raise_compiler_error`` and its kin."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn

    def raise_compiler_error(self, message: Any = "", node: Any = None) -> NoReturn:
        raise Stop(str(message))

    raise_database_error = raise_parsing_error = raise_not_implemented = raise_compiler_error

    def warn(self, message: Any, node: Any = None) -> str:
        self._warn(str(message))
        return ""

    warn_once = warn

    def describe_missing(self, name: str) -> str:
        return f"exceptions.{name} is not one of those that dvt-ls has: raise_compiler_error, warn"


class Lazy:
    """A module that is imported when it is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(_import(self._name), name)


def _import(name: str, package: str | None = None) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        wanted = package or name
        raise Stop(
            f"{wanted} is not installed in {sys.executable}, which compiles SQL models. Run dvt-ls"
            f" env create, or install it: {sys.executable} -m pip install {wanted}."
        ) from None


def env_var(name: str, default: str | None = None) -> str:
    if name.startswith(_SECRET):
        raise Stop(
            f"env_var('{name}') is a secret: those are for profiles.yml only, so that no compiled"
            " SQL holds one."
        )
    value = os.environ.get(name, default)
    if value is None:
        raise Stop(
            f"The environment variable {name} is not set. Set it, put it into the project's .env"
            f" file, or give a default: env_var('{name}', '...')."
        )
    return value


def give_back(value: Any = None) -> NoReturn:
    raise Returned(value)


def fromjson(text: str, default: Any = None) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return default


def tojson(value: Any, default: Any = None, sort_keys: bool = False) -> Any:
    try:
        return json.dumps(value, sort_keys=sort_keys)
    except (TypeError, ValueError):
        return default


def fromyaml(text: str, default: Any = None) -> Any:
    yaml = _import("yaml", "pyyaml")
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError:
        return default


def toyaml(value: Any, default: Any = None, sort_keys: bool = False) -> Any:
    yaml = _import("yaml", "pyyaml")
    try:
        return yaml.safe_dump(value, sort_keys=sort_keys)
    except yaml.YAMLError:
        return default


def to_set(value: Any, default: Any = None) -> Any:
    try:
        return set(value)
    except TypeError:
        return default


def to_zip(*values: Any, default: Any = None) -> Any:
    try:
        return zip(*values)
    except TypeError:
        return default


def local_md5(value: str) -> str:
    return hashlib.md5(value.encode("utf-8")).hexdigest()


def different(new: dict[str, list[str]], old: dict[str, list[str]]) -> dict[str, list[str]]:
    """What ``new`` has and ``old`` has not, per key, in lower case."""
    lowered = {k.lower(): [v.lower() for v in values] for k, values in old.items()}
    found = {}
    for key, values in new.items():
        more = [v.lower() for v in values if v.lower() not in lowered.get(key.lower(), [])]
        if more:
            found[key.lower()] = more
    return found


_ITERTOOLS = (
    "count cycle repeat accumulate chain compress islice starmap tee zip_longest product"
    " permutations combinations combinations_with_replacement"
)


def modules() -> dict[str, Any]:
    times = ("date", "datetime", "time", "timedelta", "timezone", "tzinfo")
    return {
        "datetime": SimpleNamespace(**{n: getattr(datetime, n) for n in times}),
        "re": SimpleNamespace(
            **{n: getattr(re, n) for n in re.__all__ if n not in ("template", "purge")}
        ),
        "itertools": SimpleNamespace(**{n: getattr(itertools, n) for n in _ITERTOOLS.split()}),
        "pytz": Lazy("pytz"),
    }


def common() -> dict[str, Any]:
    """What is the same for every model."""
    return {
        "env_var": env_var,
        "return": give_back,
        "execute": True,
        "modules": modules(),
        "fromjson": fromjson,
        "tojson": tojson,
        "fromyaml": fromyaml,
        "toyaml": toyaml,
        "set": to_set,
        "set_strict": set,
        "zip": to_zip,
        "zip_strict": zip,
        "local_md5": local_md5,
        "diff_of_two_dicts": different,
        "thread_id": "compiler",
    }
