"""Compiles SQL models as dbt does: jinja2 with the project's and its packages' macros."""

from __future__ import annotations

import sys
from typing import Any


def serve(message: dict[str, Any], channel: Any) -> None:
    """Answers ``compile`` messages for as long as the engine asks."""
    try:
        import jinja2  # noqa: F401
    except ImportError:
        channel.finish(
            {
                "type": "failure",
                "code": "python-environment",
                "message": f"jinja2 is not installed in {sys.executable}, and SQL models need it."
                " Install it with: pip install jinja2, or run dvt-ls env create.",
            }
        )
        return
    from dvt_worker.compiler import session

    session.serve(message, channel)
