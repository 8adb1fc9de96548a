"""A stand-in for the APIs that the demo's models call: no machine needs the internet for the demo.

usage: server.py [PORT]     prints the address it listens on, then serves until it is ended.
"""

from __future__ import annotations

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEY = "demo-key"
PRODUCTS = [
    {"sku": "LAMP-01", "title": "Desk lamp", "category": "light", "is_active": True},
    {"sku": "CUP-07", "title": "Coffee cup", "category": "kitchen", "is_active": True},
    {"sku": "DESK-02", "title": "Standing desk", "category": "furniture", "is_active": True},
    {"sku": "CHAIR-04", "title": "Office chair", "category": "furniture", "is_active": False},
    {"sku": "SOFA-09", "title": "Sofa", "category": "furniture", "is_active": True},
]
EVENTS = [
    {"id": n, "customer_id": 1 + n % 5, "kind": "view" if n % 3 else "buy"} for n in range(1, 13)
]
RATES = {"USD": 1.0, "EUR": 0.92, "GBP": 0.79}


class Api(BaseHTTPRequestHandler):
    """Products (paged, with a key), events, exchange rates, and a chat that knows three moods."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        if url.path == "/products":
            if self.headers.get("Authorization") != f"Bearer {KEY}":
                self.answer({"error": "wrong key"}, 401)
                return
            start, limit = int(query.get("after", 0)), int(query.get("limit", 100))
            page: dict = {"results": PRODUCTS[start : start + limit]}
            if start + limit < len(PRODUCTS):
                host = self.headers["Host"]
                next_page = f"http://{host}/products?limit={limit}&after={start + limit}"
                page["paging"] = {"next": next_page}
            self.answer(page)
        elif url.path == "/events":
            since = int(query.get("since_id", 0))
            self.answer({"events": [event for event in EVENTS if event["id"] > since][:8]})
        elif url.path == "/rates":
            self.answer({"base": "USD", "rates": RATES})
        else:
            self.answer({"error": "not found"}, 404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = body["messages"][-1]["content"].lower()
        bad, good = ("terrible", "broke"), ("love", "great")
        mood = "neutral"
        if any(word in text for word in bad):
            mood = "negative"
        elif any(word in text for word in good):
            mood = "positive"
        self.answer({"choices": [{"message": {"role": "assistant", "content": mood}}]})

    def answer(self, value: dict, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the demo's own lines matter."""


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    server = ThreadingHTTPServer(("127.0.0.1", port), Api)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
