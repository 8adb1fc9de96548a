"""A small client of the Debug Adapter Protocol, over a socket."""

from __future__ import annotations

import json
import queue
import socket
import threading
from typing import Any

PATIENCE = 60.0


class DapClient:
    """What an editor does: requests, their answers, and events in their order."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._incoming = self._socket.makefile("rb")
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        self._events: queue.Queue[dict[str, Any]] = queue.Queue()
        self._sequence = 0
        self.output = ""
        threading.Thread(target=self._read, daemon=True).start()

    def start(self, breakpoints: dict[str, list[int]], filters: list[str], **options: Any) -> None:
        """Attach, set breakpoints, let it run."""
        self.request("initialize", adapterID="dvt", linesStartAt1=True, columnsStartAt1=True)
        attach = self.send("attach", {"redirectOutput": True, **options})
        self.event("initialized")
        for file, lines in breakpoints.items():
            self.request(
                "setBreakpoints",
                source={"path": file},
                breakpoints=[{"line": line} for line in lines],
            )
        self.request("setExceptionBreakpoints", filters=filters)
        self.request("configurationDone")
        self._answer(attach)

    def stopped(self) -> tuple[str, int, list[dict[str, Any]]]:
        """Why it stopped, the thread, and the frames that the user sees."""
        event = self.event("stopped")
        thread = event["threadId"]
        frames = self.request("stackTrace", threadId=thread)["stackFrames"]
        return event["reason"], thread, frames

    def variables(self, frame: int) -> dict[str, str]:
        scopes = self.request("scopes", frameId=frame)["scopes"]
        found = self.request("variables", variablesReference=scopes[0]["variablesReference"])
        return {one["name"]: one["value"] for one in found["variables"]}

    def request(self, command: str, **arguments: Any) -> dict[str, Any]:
        return self._answer(self.send(command, arguments))

    def send(self, command: str, arguments: dict[str, Any]) -> int:
        self._sequence += 1
        body = json.dumps(
            {
                "seq": self._sequence,
                "type": "request",
                "command": command,
                "arguments": arguments,
            }
        ).encode()
        self._socket.sendall(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return self._sequence

    def event(self, name: str) -> dict[str, Any]:
        """The next event of a name; those before it are passed over."""
        while True:
            message = self._events.get(timeout=PATIENCE)
            if message["event"] == name:
                return message.get("body") or {}

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _answer(self, sequence: int) -> dict[str, Any]:
        # An attach is answered after what was sent later.
        others = []
        while True:
            message = self._answers.get(timeout=PATIENCE)
            if message["request_seq"] == sequence:
                break
            others.append(message)
        for other in others:
            self._answers.put(other)
        assert message["success"], message
        return message.get("body") or {}

    def _read(self) -> None:
        while True:
            try:
                length = 0
                for line in iter(self._incoming.readline, b"\r\n"):
                    if not line:
                        return
                    length = int(line.split(b":")[1])
                message = json.loads(self._incoming.read(length))
            except (OSError, ValueError):
                return
            if message["type"] == "response":
                self._answers.put(message)
            elif message["type"] == "event":
                if message["event"] == "output":
                    self.output += message["body"]["output"]
                self._events.put(message)
