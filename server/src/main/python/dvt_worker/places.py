"""Where in the user's code: lines and columns from 1, columns in code points, the end exclusive."""

from __future__ import annotations

import ast
import itertools
import linecache
import os
from dataclasses import dataclass
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Place:
    """``0`` is "not known"."""

    file: str | None
    line: int
    column: int
    end_line: int
    end_column: int


NOWHERE = Place(None, 0, 0, 0, 0)


def of_frame(entry: TracebackType) -> Place:
    """The failing expression where Python tells it (3.11 and later), else the line."""
    code = entry.tb_frame.f_code
    file, line = code.co_filename, entry.tb_lineno
    positions = getattr(code, "co_positions", None)
    if positions is None or entry.tb_lasti < 0:
        return Place(file, line, 0, 0, 0)
    found = next(itertools.islice(positions(), entry.tb_lasti // 2, None), None)
    if found is None or None in found:
        return Place(file, line, 0, 0, 0)
    start, end, from_byte, to_byte = found
    return Place(
        file, start, _code_point(file, start, from_byte), end, _code_point(file, end, to_byte)
    )


def of_syntax_error(error: SyntaxError) -> Place:
    file = os.path.abspath(error.filename or "")
    line, column = error.lineno or 1, error.offset or 0
    end_line = getattr(error, "end_lineno", None) or 0
    end_column = getattr(error, "end_offset", None) or 0
    if end_column <= 0 or (end_line, end_column) <= (line, column):
        end_line, end_column = 0, 0
    return Place(file, line, max(column, 0), end_line, end_column)


def of_return(file: str, line: int = 0) -> Place:
    """The return statement that was at work at ``line``, or the only one; else the ``def`` line."""
    tree = _tree(file)
    model = tree and _model(tree, line)
    if model is None:
        return Place(file, line, 0, 0, 0)
    returns = _returns(model.body)
    there = [r for r in returns if r.lineno <= line <= (r.end_lineno or r.lineno)]
    if not there:
        # "with" and "finally" go on after the return inside them.
        around = [
            _returns([node])
            for node in ast.walk(model)
            if isinstance(node, (ast.With, ast.Try))
            and node.lineno <= line <= (node.end_lineno or node.lineno)
        ]
        there = around[-1] if around and len(around[-1]) == 1 else []
    if there or len(returns) == 1:
        return _of_node(file, (there or returns)[0])
    return _of_name(file, model)


def of_model(file: str) -> Place:
    """``def model``: for what befell the whole model."""
    tree = _tree(file)
    model = tree and _model(tree, 0)
    return _of_name(file, model) if model else Place(file, 0, 0, 0, 0)


def _tree(file: str) -> ast.Module | None:
    try:
        return ast.parse("".join(linecache.getlines(file)))
    except (SyntaxError, ValueError, RecursionError):
        return None


def _of_name(file: str, model: ast.FunctionDef) -> Place:
    column = _code_point(file, model.lineno, model.col_offset)
    return Place(file, model.lineno, column, model.lineno, column + len("def model"))


def _model(tree: ast.Module, line: int) -> ast.FunctionDef | None:
    """Of several definitions the one that ran, where the line tells, else the first."""
    models = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "model"]
    ran = [m for m in models if m.lineno <= line <= (m.end_lineno or m.lineno)]
    return next(iter(ran or models), None)


def _returns(body: list[Any]) -> list[ast.Return]:
    found: list[ast.Return] = []
    for node in body:
        if isinstance(node, ast.Return):
            found.append(node)
        elif not isinstance(
            node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
        ):
            found += _returns(list(ast.iter_child_nodes(node)))
    return found


def _of_node(file: str, node: ast.Return) -> Place:
    end_line = node.end_lineno or node.lineno
    return Place(
        file,
        node.lineno,
        _code_point(file, node.lineno, node.col_offset),
        end_line,
        _code_point(file, end_line, node.end_col_offset or node.col_offset),
    )


def _code_point(file: str, line: int, byte: int) -> int:
    """From Python's byte offset in the UTF-8 line to a column from 1."""
    text = linecache.getline(file, line)
    return len(text.encode("utf-8", "replace")[:byte].decode("utf-8", "replace")) + 1
