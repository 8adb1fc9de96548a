#!/usr/bin/env python3
"""What CPython's parser sees in Python files: the reference for `dvt-ls dev syntax`.

usage: ast_dump.py FILE...

For each file `# PATH`, then its facts in source order, or `SYNTAX ERROR` alone. A fact is
`LINE:COLUMN KIND DETAIL`; lines count from 1, columns from 0, in code points. Kinds: DEF, ADEF,
LAMBDA, CLASS, CALL, STR, BYTES, FSTR, IMPORT, FROM, BIND, INDEX, RETURN. Facts inside an f-string
carry the position of the outermost one, since CPython before 3.12 has no good positions there.
Runs on Python 3.8 and later.
"""

from __future__ import annotations

import ast
import io
import sys
import tokenize
import warnings

warnings.simplefilter("ignore")

INTERPOLATED = tuple(
    getattr(ast, name) for name in ("JoinedStr", "TemplateStr") if hasattr(ast, name)
)
HOLES = tuple(
    getattr(ast, name) for name in ("FormattedValue", "Interpolation") if hasattr(ast, name)
)


def signature(arguments):
    """The parameters as `a, b=, /, *args, c, **kw`."""
    positional = arguments.posonlyargs + arguments.args
    first_default = len(positional) - len(arguments.defaults)
    out = []
    for i, parameter in enumerate(positional):
        out.append(parameter.arg + ("=" if i >= first_default else ""))
        if i + 1 == len(arguments.posonlyargs):
            out.append("/")
    if arguments.vararg:
        out.append("*" + arguments.vararg.arg)
    elif arguments.kwonlyargs:
        out.append("*")
    for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        out.append(parameter.arg + ("" if default is None else "="))
    if arguments.kwarg:
        out.append("**" + arguments.kwarg.arg)
    return ", ".join(out)


def dotted(callee):
    """`a.b.c`, or `?` for what is no dotted name."""
    names = []
    while isinstance(callee, ast.Attribute):
        names.append(callee.attr)
        callee = callee.value
    if not isinstance(callee, ast.Name):
        return "?"
    return ".".join([callee.id, *names[::-1]])


def imported(alias):
    return alias.name + (" as " + alias.asname if alias.asname else "")


def details(node):
    """What one node says, without its children."""
    if isinstance(node, ast.FunctionDef):
        yield f"DEF {node.name}({signature(node.args)})"
    elif isinstance(node, ast.AsyncFunctionDef):
        yield f"ADEF {node.name}({signature(node.args)})"
    elif isinstance(node, ast.Lambda):
        yield f"LAMBDA ({signature(node.args)})"
    elif isinstance(node, ast.ClassDef):
        yield f"CLASS {node.name}"
    elif isinstance(node, ast.Call):
        arguments = ["*" if isinstance(a, ast.Starred) else "_" for a in node.args]
        arguments += [k.arg + "=" if k.arg else "**" for k in node.keywords]
        yield " ".join(["CALL", dotted(node.func), *sorted(arguments)])
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield f"STR {node.value!a}"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bytes):
        yield f"BYTES {node.value!r}"
    elif isinstance(node, INTERPOLATED):
        yield "FSTR"
    elif isinstance(node, ast.Import):
        for alias in node.names:
            yield "IMPORT " + imported(alias)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield f"FROM {'.' * node.level}{node.module or ''} IMPORT {imported(alias)}"
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield f"BIND {node.id}"
    elif isinstance(node, ast.ExceptHandler) and node.name:
        yield f"BIND {node.name}"
    elif isinstance(node, ast.Subscript):
        # Python 3.8 wraps an index in a node of its own.
        index = node.slice.value if type(node.slice).__name__ == "Index" else node.slice
        if isinstance(index, ast.Constant) and isinstance(index.value, str):
            yield f"INDEX {index.value!a}"
    elif isinstance(node, ast.Return):
        yield "RETURN" if node.value is None else "RETURN value"


def children(node):
    """The nodes below one; the literal pieces of f-strings and format specs are none."""
    for child in ast.iter_child_nodes(node):
        if isinstance(node, INTERPOLATED) and isinstance(child, ast.Constant):
            continue
        if isinstance(node, HOLES) and isinstance(child, INTERPOLATED):
            for value in child.values:
                if not isinstance(value, ast.Constant):
                    yield value
            continue
        yield child


def facts(tree, lines):
    """(line, column, detail) of every node."""
    pending = [(tree, None)]
    while pending:
        node, outer = pending.pop()
        here = outer
        if outer is None and hasattr(node, "lineno"):
            before = lines[node.lineno - 1][: node.col_offset]
            here = (node.lineno, len(before.decode("utf-8", "surrogatepass")))
        for detail in details(node):
            yield (here[0], here[1], detail)
        inside = here if isinstance(node, INTERPOLATED) else outer
        pending.extend((child, inside) for child in children(node))


def dump(path, out):
    out.write(f"# {path}\n")
    with open(path, "rb") as file:
        source = file.read()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        out.write("SYNTAX ERROR\n")
        return
    # Columns count bytes of the text in UTF-8, whatever the encoding of the file.
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    text = source.decode(encoding).encode("utf-8", "surrogatepass")
    lines = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    for line, column, detail in sorted(facts(tree, lines)):
        out.write(f"{line}:{column} {detail}\n")


if __name__ == "__main__":
    # Facts are ASCII but for names: UTF-8 whatever the locale says.
    with io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n") as stdout:
        for argument in sys.argv[1:]:
            dump(argument, stdout)
