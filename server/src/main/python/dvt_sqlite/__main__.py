"""Works inside one SQLite file: a request in a JSON file, the answer as JSON on stdout.

Run as ``python dvt_sqlite request.json``. Only the standard library is used, on Python 3.9 and
later. Ended at any moment, SQLite itself rolls back what was not committed.
"""

from __future__ import annotations

import json
import sys
from typing import Any, Callable

import applying
import building
import catalog
import reading
from files import Refused, opened


def _ping(request: dict[str, Any]) -> dict[str, Any]:
    with opened(request) as connection:
        connection.execute("select count(*) from sqlite_master").fetchone()
    return {}


_DO: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "ping": _ping,
    "describe": catalog.described,
    "extract": reading.extracted,
    "load": applying.loaded,
    "build": building.built,
}


def _main() -> None:
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    try:
        answer = _DO[request["do"]](request)
    except Refused as refused:
        answer = {"error": str(refused)}
    print(json.dumps(answer))


_main()
