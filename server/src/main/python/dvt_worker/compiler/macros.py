"""Macro files of the project and its packages, and how a name in a template finds its macro."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any, Callable

import jinja2

from dvt_worker.compiler.problems import MACRO_PREFIX, Frame, Stop, shown
from dvt_worker.compiler.templates import MacroEnvironment, did_you_mean

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_MACRO = re.compile(r"\{%[-+]?\s*macro\s+([A-Za-z_]\w*)\s*\(")
# An adapter whose macros another one uses where it has none of its own.
_PARENTS = {"redshift": "postgres", "databricks": "spark", "mariadb": "mysql"}


class MacroFile:
    """Compiled when the first of its macros is called."""

    def __init__(self, path: str, package: str, root: str) -> None:
        self.path = path
        self.package = package
        self.place = shown(path, root)
        with open(path, encoding="utf-8-sig", errors="replace") as opened:
            self._text = opened.read()
        self._template: jinja2.Template | None = None

    def names(self) -> Iterator[tuple[str, int]]:
        """Its macros with their lines, without a parse: packages have many, a model uses few."""
        bare = _COMMENT.sub(lambda m: "\n" * m.group().count("\n"), self._text)
        for match in _MACRO.finditer(bare):
            yield match.group(1), bare.count("\n", 0, match.start()) + 1

    def template(self, environment: MacroEnvironment) -> jinja2.Template:
        if self._template is None:
            self._template = environment.template(self._text, self.path)
        return self._template


class Macro:
    """One macro; a call goes to the compile that is at work."""

    def __init__(self, name: str, file: MacroFile, line: int, call: Callable[..., Any]) -> None:
        self.name = name
        self.file = file
        self.full_name = f"{file.package}.{name}"
        self.place = f"{file.place}:{line}"
        self.line = line
        self._call = call

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._call(self, args, kwargs)

    def __repr__(self) -> str:
        return f"<macro {self.full_name}>"


class PackageMacros:
    """``package.macro(...)``."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._macros: dict[str, Macro] = {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") and name not in self.__dict__.get("_macros", {}):
            raise AttributeError(name)
        try:
            return self.__dict__["_macros"][name]
        except KeyError:
            raise AttributeError(name) from None

    def get(self, name: str, default: Any = None) -> Any:
        return self._macros.get(name, default)

    def add(self, macro: Macro) -> None:
        self._macros.setdefault(macro.name, macro)

    def describe_missing(self, name: str) -> str:
        return f"package '{self._name}' has no macro '{name}'." + did_you_mean(name, self._macros)

    def all(self) -> dict[str, Macro]:
        return self._macros


class Library:
    """All macros; the project's own package is the first one given."""

    def __init__(self, packages: list[dict[str, Any]], root: str, call: Callable[..., Any]) -> None:
        self._project = packages[0]["name"]
        self.packages: dict[str, PackageMacros] = {}
        self._by_file: dict[str, list[Macro]] = {}
        for package in packages:
            macros = self.packages.setdefault(package["name"], PackageMacros(package["name"]))
            for path in _files(package["macros"]):
                file = MacroFile(path, package["name"], root)
                for name, line in file.names():
                    macro = Macro(name, file, line, call)
                    self._by_file.setdefault(path, []).append(macro)
                    macros.add(macro)

    def own_files(self) -> list[MacroFile]:
        """The project's files that have macros."""
        return [
            macros[0].file
            for macros in self._by_file.values()
            if macros[0].file.package == self._project
        ]

    def names(self, of_node: str, of_macro: str) -> dict[str, Any]:
        """What a template may call by its bare name: the node's package before the project.

        A package's macros see their own package last, so that the project can override them.
        """
        found: dict[str, Any] = {}
        for package in (of_macro, self._project, of_node):
            own = self.packages.get(package)
            found.update(own.all() if own else {})
        for name, package in self.packages.items():
            found.setdefault(name, package)
        return found

    def dispatched(
        self, name: str, namespace: str | None, dialect: str, order: list[str] | None
    ) -> Macro | None:
        """dbt's way: the project's own before the package's, the dialect's before the default."""
        if order is None:
            order = [self._project, namespace] if namespace else list(self.packages)
        prefixes = [dialect]
        while prefixes[-1] in _PARENTS:
            prefixes.append(_PARENTS[prefixes[-1]])
        prefixes.append("default")
        for package in order:
            macros = self.packages.get(package)
            for prefix in prefixes if macros else ():
                macro = macros.get(f"{prefix}__{name}")
                if macro is not None:
                    return macro
        return None

    def missing(self, name: str, namespace: str | None, dialect: str) -> Stop:
        """What to say when ``dispatched`` finds nothing."""
        order = [self._project, namespace] if namespace else list(self.packages)
        searched = ", ".join(f"{package}.{dialect}__{name}" for package in order)
        return Stop(
            f"adapter.dispatch('{name}') found no macro: neither for '{dialect}' nor"
            f" default__{name}; looked for {searched}."
        )

    def at(self, frame: Frame) -> Macro | None:
        """The macro that a line of a file belongs to."""
        before = [m for m in self._by_file.get(frame.file, []) if m.line <= frame.line]
        return max(before, key=lambda m: m.line, default=None)


def inner_name(macro: Macro) -> str:
    return MACRO_PREFIX + macro.name


def _files(folders: list[str]) -> Iterator[str]:
    for folder in folders:
        for parent, children, files in os.walk(folder, followlinks=True):
            children.sort()
            for name in sorted(files):
                if name.endswith(".sql"):
                    yield os.path.join(parent, name)
