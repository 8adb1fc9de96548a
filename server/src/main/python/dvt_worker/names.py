"""Column names of a result, as databases see them."""

from __future__ import annotations

from dvt_worker.failures import Stop


def check_names(names: list[str], model: str) -> None:
    """Names as databases see them: there are some, none is empty, no two differ by case only."""
    if not names:
        raise Stop("DVT122", f"Python model '{model}' returned a frame without columns.")
    seen: dict[str, str] = {}
    for name in names:
        if not name.strip():
            raise Stop(
                "DVT122",
                f"Python model '{model}' returned a column without a name (number"
                f" {names.index(name) + 1}). Give it one with rename().",
            )
        other = seen.setdefault(name.lower(), name)
        if other is not name or names.count(name) > 1:
            same = "twice" if other == name else f"and {other!r}, which databases take for one"
            raise Stop(
                "DVT122",
                f"Python model '{model}' returned the column {name!r} {same}. Rename one of them.",
            )
