"""Prints what became of each kind of value, as JSON: a table, and what changed in silence.

Reads from stdin ``[{"name", "connection", "libraries": {library: {"refused": {column: sentence},
"warnings": [sentence], "back": {column: [text]}}}}]``.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import clients
import forms
from canon import canon, from_json
from kind import LIBRARIES, Kind
from kinds import KINDS, NAMES, ODD


def main() -> None:
    targets = json.load(sys.stdin)
    changed: list[str] = []
    rows = []
    read = {
        (target["name"], library): clients.read(target["connection"], f"v_{library}")
        for target in targets
        for library in target["libraries"]
    }
    for kind in [*KINDS, *NAMES]:
        cells = []
        for target in targets:
            found: dict[str, list[str]] = {}
            for library in LIBRARIES:
                if library in target["libraries"] and kind.has(library) and _asked(kind, library):
                    table = read[target["name"], library]
                    cell = _cell(kind, library, target, table, changed)
                    found.setdefault(cell, []).append(library)
            cells.append(_joined(found))
        rows.append("| " + " | ".join([_shown(kind), *cells]) + " |")
    head = ["value", *(target["title"] for target in targets)]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *rows]
    json.dump({"table": "\n".join(lines) + "\n", "changed": changed}, sys.stdout)


def _shown(kind: Kind) -> str:
    if kind not in NAMES and kind not in ODD:
        return kind.column
    return "a name of 70 letters" if len(kind.column) == 70 else f"the name {_code(kind.column)}"


def _asked(kind: Kind, library: str) -> bool:
    return kind not in NAMES or library == "duckdb"


def _cell(
    kind: Kind, library: str, target: dict[str, Any], table: dict[str, Any], changed: list[str]
) -> str:
    run = target["libraries"][library]
    if kind.column in run["refused"]:
        return "refused: " + _plain(run["refused"][kind.column], kind.column)
    column = table[kind.column]
    expected = kind.expected(library)
    form = forms.of(target["name"], kind.column, library)
    stored = [canon(form.stored(v) if form else v) for v in expected]
    place = f"{kind.column} of {library} on {target['name']}"
    read = (form and form.read) or _same
    actual = [_told(kind, canon(read(v))) for v in column.values][: len(stored)]
    if actual != stored:
        changed.append(f"{place}: {_different(stored, actual)} ({column.type})")
    back = [_told(kind, text) for text in run["back"][kind.column]][: len(stored)]
    seen = (form and form.extracted) or _same
    extracted = [canon(seen(v)) for v in expected]
    if back != extracted:
        changed.append(f"{place}, extracted again: {_different(extracted, back)} ({column.type})")
    if (
        form
        and form.warning
        and not any(
            form.warning in warning and kind.column in warning for warning in run["warnings"]
        )
    ):
        changed.append(f"{place}: no warning says '{form.warning}'")
    told = ", with a warning" if form and form.warning else ""
    return _code(column.type) + (f": {form.words}{told}" if form and form.words else "")


def _told(kind: Kind, text: str) -> str:
    """JSON that a client gives as text is the value that it says."""
    nested = any(isinstance(value, (list, dict)) for value in kind.values)
    return canon(from_json(json.loads(text))) if nested and text.startswith('"') else text


def _same(value: Any) -> Any:
    return value


def _different(expected: list[str], actual: list[str]) -> str:
    pairs = [f"{e} became {a}" for e, a in zip(expected, actual) if e != a]
    return "; ".join(pairs[:3]) or f"{len(expected)} rows became {len(actual)}"


def _joined(found: dict[str, list[str]]) -> str:
    if not found:
        return "-"
    if len(found) == 1:
        return next(iter(found))
    return "<br>".join(f"{', '.join(libraries)}: {cell}" for cell, libraries in found.items())


def _plain(sentence: str, column: str) -> str:
    """Without what is of this test only."""
    text = re.sub(r"^The result of .*? could not be loaded into \S+: ", "", sentence)
    text = re.sub(r"'v_\w+'", "'m'", re.sub(r"\b(main|public|\w+)\.v_\w+", "t", text))
    return text.replace(column, "x" if len(column) > 40 else column).replace("|", "\\|")


def _code(text: str) -> str:
    shown = text if len(text) <= 40 else text[:37] + "..."
    return f"`{shown}`" if "`" not in shown else f"`` {shown} ``"


if __name__ == "__main__":
    main()
