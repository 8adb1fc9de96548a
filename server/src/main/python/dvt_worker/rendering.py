"""``render``: Jinja in profiles and project files, with dbt's ``env_var`` and ``var``."""

from __future__ import annotations

import os
import sys
from typing import Any, Callable

_MISSING = object()


def answer(message: dict[str, Any]) -> dict[str, Any]:
    try:
        import jinja2
        from jinja2 import sandbox
    except ImportError:
        return _error(
            f"jinja2 is not installed in {sys.executable}, and the project's files use"
            " {{ }}. Install it with: pip install jinja2, or run dvt-ls env create."
        )
    environment = sandbox.SandboxedEnvironment(undefined=jinja2.StrictUndefined)
    # dbt's filters; the values are text here and typed where they are read.
    for name in ("as_text", "as_native", "as_bool", "as_number"):
        environment.filters[name] = lambda value: value
    environment.globals.update(env_var=_env_var, var=_var(message.get("vars") or {}))
    values: dict[str, str] = {}
    for key, text in (message.get("templates") or {}).items():
        try:
            values[key] = environment.from_string(text).render()
        except jinja2.TemplateSyntaxError as error:
            return _error(f"{key}: line {error.lineno}: {error.message}")
        except Exception as error:
            return _error(f"{key}: {error}")
    return {"type": "rendered", "values": values, "error": None}


def _env_var(name: str, default: Any | None = None) -> Any:
    value = os.environ.get(name)
    if value is not None:
        return value
    if default is None:
        raise ValueError(
            f"the environment variable {name} is not set. Set it, put it into the project's .env"
            f" file, or give a default: env_var('{name}', '...')"
        )
    return default


def _var(values: dict[str, Any]) -> Callable[..., Any]:
    def var(name: str, default: Any = _MISSING) -> Any:
        if name in values:
            return values[name]
        if default is _MISSING:
            raise ValueError(
                f"the variable {name} is not defined. Give it in vars: of dbt_project.yml or"
                f" with --vars, or give a default: var('{name}', '...')"
            )
        return default

    return var


def _error(text: str) -> dict[str, Any]:
    return {"type": "rendered", "values": None, "error": text}
