"""The jinja2 environment: sandboxed as dbt's is, with its blocks, strict about unknown names."""

from __future__ import annotations

import difflib
from typing import Any

import jinja2
from jinja2 import ext, nodes, parser, sandbox
from jinja2.utils import missing

from dvt_worker.compiler.problems import MACRO_PREFIX


class Unknown(jinja2.Undefined):
    """May be tested, as in dbt, but never printed: a slip must not become an empty text."""

    @property
    def _undefined_message(self) -> str:
        name = self._undefined_name
        if self._undefined_hint:
            return self._undefined_hint
        if self._undefined_obj is missing:
            return f"'{name}' is undefined"
        describe = getattr(self._undefined_obj, "describe_missing", None)
        if callable(describe):
            return str(describe(name))
        return f"{_kind(self._undefined_obj)} has no {name!r}"

    def __str__(self) -> str:
        self._fail_with_undefined_error()


def _kind(value: Any) -> str:
    return f"a {type(value).__name__}" if value is not None else "none"


def did_you_mean(name: str, known: Any) -> str:
    near = difflib.get_close_matches(name, [str(k) for k in known], 3, 0.7)
    return f" Did you mean {', '.join(near)}?" if near else ""


class SkippedBlocks(ext.Extension):
    """Blocks of macro files that are no macros: read over, so that the rest can be used."""

    tags = {"materialization", "test", "data_test", "snapshot", "docs"}  # noqa: RUF012

    def parse(self, p: parser.Parser) -> nodes.Node | list[nodes.Node]:
        tag = next(p.stream).value
        while p.stream.current.type != "block_end":
            next(p.stream)
        p.parse_statements((f"name:end{tag}",), drop_needle=True)
        return []


class MacroParser(parser.Parser):
    """Macros get a prefix: one of the same file is then found as any other, and may be overridden.

    jinja2 exports no names that begin with an underscore; with a prefix none does.
    """

    def parse_macro(self) -> nodes.Macro:
        macro = super().parse_macro()
        macro.name = MACRO_PREFIX + macro.name
        return macro


class Environment(sandbox.SandboxedEnvironment):
    """For models; ``MacroEnvironment`` for macro files."""

    def __init__(self) -> None:
        super().__init__(
            extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols", SkippedBlocks],
            undefined=Unknown,
        )
        # dbt's filters for YAML; in SQL a value stays as it is.
        for name in ("as_text", "as_native", "as_bool", "as_number"):
            self.filters[name] = lambda value: value

    def template(self, source: str, file: str) -> jinja2.Template:
        """All names come with the context, jinja2's own (``range`` ...) included."""
        return jinja2.Template.from_code(self, self.compile(source, file, file), {}, None)


class MacroEnvironment(Environment):
    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return MacroParser(self, source, name, filename).parse()
