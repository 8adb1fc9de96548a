"""Drives the worker as the engine does: a real process, one JSON object a line."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest

WORKER = Path(__file__).resolve().parents[2] / "main" / "python"
sys.path.insert(0, str(WORKER))

FINAL = ("result", "failure", "rendered")
PATIENCE = 60.0


class Client:
    """One worker process. ``receive`` waits for its next message and fails instead of hanging."""

    def __init__(self, cwd: Path, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(WORKER / "dvt_worker")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(WORKER), **environment},
        )
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.seen: list[dict[str, Any]] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._messages.put(json.loads(line))
        self._messages.put(None)

    def send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        message = self._messages.get(timeout=PATIENCE)
        assert message is not None, f"the worker ended; it had sent {self.seen[-3:]}"
        self.seen.append(message)
        return message

    def until(self, *types: str) -> dict[str, Any]:
        while True:
            message = self.receive()
            if message["type"] in types:
                return message

    def finish(self) -> dict[str, Any]:
        """The last message; after it the worker ends with 0."""
        last = self.until(*FINAL)
        assert self.process.wait(PATIENCE) == 0
        return last

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.seen if message["type"] == kind]

    def printed(self, stream: str = "stdout") -> list[str]:
        return [m["text"] for m in self.of_type("output") if m["stream"] == stream]

    def close(self) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


class Project:
    """A project in a temporary folder, with models given as text."""

    def __init__(self, root: Path, start: Callable[..., Client]) -> None:
        self.root = root
        self._start = start
        self.client: Client | None = None
        (root / "models").mkdir(parents=True, exist_ok=True)

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        return file

    def request(self, name: str, **fields: Any) -> dict[str, Any]:
        upstream = fields.pop("upstream", {})
        relations = [
            {
                "kind": "source" if "." in key else "ref",
                "args": key.split("."),
                "version": None,
                "view": key.replace(".", "__") if "." in key else f"__model__{key}",
                "sql": sql,
            }
            for key, sql in upstream.items()
        ]
        previous = fields.pop("previous", None)
        this = {
            "database": "db",
            "schema": "public",
            "identifier": name,
            "view": f"__model__{name}" if previous else None,
            "sql": previous,
        }
        return {
            "type": "run",
            "model": name,
            "file": str(self.root / "models" / f"{name}.py"),
            "projectRoot": str(self.root),
            "config": {},
            "relations": relations,
            "this": this,
            "isIncremental": previous is not None,
            "vars": {},
            "output": str(self.root / ".dvt" / "work" / "result.parquet"),
            "uniqueKey": [],
            "allowEmpty": False,
            **fields,
        }

    def start(self, name: str, text: str, **fields: Any) -> Client:
        """Write the model, start a worker, send the request."""
        self.write(f"models/{name}.py", text)
        environment = fields.pop("environment", {})
        if not any(word in text for word in ("pandas", "pd.", ".df()", "frame")):
            # Half of the time of a run is the import of pandas, which most of these can do without.
            environment = {"PYTHONPATH": self._without_pandas(), **environment}
        self.client = self._start(self.root, environment)
        assert self.client.receive()["type"] == "ready"
        self.client.send(self.request(name, **fields))
        return self.client

    def _without_pandas(self) -> str:
        folder = self.root.parent / "no-pandas"
        folder.mkdir(exist_ok=True)
        (folder / "pandas.py").write_text(
            "raise ModuleNotFoundError(\"No module named 'pandas'\", name='pandas')\n"
        )
        return os.pathsep.join([str(folder), str(WORKER)])

    def run(self, text: str, name: str = "m", **fields: Any) -> dict[str, Any]:
        return self.start(name, text, **fields).finish()

    def rows(self, text: str, **fields: Any) -> list[tuple]:
        """What the model returned, as read back from its file."""
        result = self.run(text, **fields)
        assert result["type"] == "result", result
        return read(result["path"])

    def failure(self, text: str, code: str, **fields: Any) -> dict[str, Any]:
        failure = self.run(text, **fields)
        assert failure["type"] == "failure", failure
        assert failure["code"] == code, failure
        assert not list((self.root / ".dvt" / "work").glob("result*"))
        return failure

    @property
    def warnings(self) -> list[str]:
        assert self.client is not None
        return [message["message"] for message in self.client.of_type("warning")]

    @property
    def printed(self) -> list[str]:
        assert self.client is not None
        return self.client.printed()


def read(path: str) -> list[tuple]:
    import duckdb

    with duckdb.connect() as connection:
        return connection.execute("select * from read_parquet(?)", [path]).fetchall()


def types(result: dict[str, Any]) -> dict[str, str]:
    return {column["name"]: column["type"] for column in result["columns"]}


@pytest.fixture
def start() -> Iterator[Callable[..., Client]]:
    clients: list[Client] = []

    def begin(cwd: Path, environment: dict[str, str] | None = None) -> Client:
        clients.append(Client(cwd, environment or {}))
        return clients[-1]

    yield begin
    for client in clients:
        client.close()


@pytest.fixture
def project(tmp_path: Path, start: Callable[..., Client]) -> Project:
    return Project(tmp_path / "my shop", start)


@pytest.fixture
def without_pyarrow(tmp_path: Path) -> dict[str, str]:
    """An environment in which pyarrow cannot be imported."""
    folder = tmp_path / "no-pyarrow"
    folder.mkdir()
    (folder / "pyarrow.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'pyarrow'\", name='pyarrow')\n"
    )
    return {"PYTHONPATH": os.pathsep.join([str(folder), str(WORKER)])}


class Compiler:
    """A compile session over a project; answers ``need`` as the engine does."""

    def __init__(self, project: Project, start: Callable[..., Client]) -> None:
        self.root = project.root
        self.write = project.write
        self._start = start
        self._packages: list[dict[str, Any]] = []
        self._session: dict[str, Any] = {}
        self.client: Any = None
        self.needed: list[tuple[Any, ...]] = []
        self.last: dict[str, Any] = {}
        self._sent = 0

    def package(self, name: str, macros: str, root: str = "", **fields: Any) -> Path:
        folder = root or f"dbt_packages/{name}"
        file = self.write(f"{folder}/macros/all.sql", macros)
        self._packages.append(
            {"name": name, "root": str(self.root / folder), "macros": [str(file.parent)], **fields}
        )
        return file

    def begin(self, **fields: Any) -> None:
        own = {"name": "shop", "root": str(self.root), "macros": [str(self.root / "macros")]}
        self.client = self._start(self.root, {"COMPILE_TEST": "set"})
        self.client.send(
            {
                "type": "compiler",
                "projectRoot": str(self.root),
                "packagesFolder": str(self.root / "dbt_packages"),
                "project": "shop",
                "packages": [own, *self._packages],
                "vars": {"who": "ann", **fields.get("vars", {})},
                "dispatch": fields.get("dispatch", []),
                "target": {"name": "dev", "type": "postgres", "schema": "public"},
                "invocationId": "inv",
                "startedAt": 1717243200,
            }
        )

    def ask(self, text: str, name: str = "m", **fields: Any) -> dict[str, Any]:
        file = self.write(f"models/{name}.sql", text)
        if self.client is None:
            self.begin(**fields)
        self._sent += 1
        this = {"database": "db", "schema": "public", "identifier": name}
        this["parts"] = {part: f'"{value}"' for part, value in this.items()}
        self.client.send(
            {
                "type": "compile",
                "id": self._sent,
                "file": str(file),
                "text": file.read_text(encoding="utf-8"),
                "model": {
                    "name": name,
                    "unique_id": f"model.shop.{name}",
                    "package_name": fields.get("package", "shop"),
                    "config": {"materialized": "table"},
                },
                "isIncremental": fields.get("isIncremental", False),
                "this": fields.get("this", this),
                "dialect": fields.get("dialect", "postgres"),
                "quote": ['"', '"'],
            }
        )
        while True:
            message = self.client.until("need", "compiled", "failure")
            if message["type"] != "need":
                self.last = message
                return message
            self.client.send({"type": "relation", "id": message["id"], **self._relation(message)})

    def _relation(self, need: dict[str, Any]) -> dict[str, Any]:
        self.needed.append((need["kind"], need["args"], need["version"]))
        *before, name = need["args"]
        if name.startswith("no_"):
            code = "DVT120" if need["kind"] == "ref" else "DVT121"
            return {"error": {"code": code, "message": f"there is no {name}"}}
        schema = before[0] if need["kind"] == "source" else "public"
        parts = {"schema": f'"{schema}"', "identifier": f'"{name}"'}
        return {"schema": schema, "identifier": name, "parts": parts}

    def compile(self, text: str, **fields: Any) -> str:
        answer = self.ask(text, **fields)
        assert "sql" in answer, (answer, self.client.seen)
        return answer["sql"]

    def failure(self, text: str, **fields: Any) -> dict[str, Any]:
        answer = self.ask(text, **fields)
        assert "failure" in answer, answer
        return answer["failure"]


@pytest.fixture
def compiler(project: Project, start: Callable[..., Client]) -> Compiler:
    return Compiler(project, start)
