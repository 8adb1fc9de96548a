"""A model of our own for each pattern of the specification's samples, run for real."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Project, read, types

CUSTOMERS = "from (values (1, 'ada', 1500), (2, 'bo', 300)) t(id, name, total_spend)"
TOKEN = "sk-of-the-test"


class Api(BaseHTTPRequestHandler):
    """A small shop service: users, tickets in pages, exchange rates, records since an id."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        if url.path == "/private" and self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._send(401, {"error": "no token"})
        elif url.path in ("/users", "/private"):
            self._send(200, {"data": [{"id": 1, "name": "ada"}, {"id": 2, "name": None}]})
        elif url.path == "/tickets":
            page = int(query.get("page", 1))
            following = f"http://{self.headers['Host']}/tickets?page={page + 1}"
            link = {"paging": {"next": {"link": following}}} if page < 3 else {}
            self._send(200, {"results": [{"id": page * 10, "tags": ["x"]}], **link})
        elif url.path == "/latest":
            self._send(200, {"rates": {"EUR": 0.5}})
        elif url.path == "/records":
            first = int(query.get("since_id", 0)) + 1
            self._send(200, {"records": [{"id": i, "v": f"r{i}"} for i in range(first, 6)]})
        else:
            self._send(404, {"error": "unknown"})

    def _send(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def api() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_first_model(project: Project) -> None:
    result = project.run(
        """
        # models/first_scores.py
        def model(dbt, session):
            import pandas as pd

            dbt.config(materialized="table")
            return pd.DataFrame({"id": [1, 2], "player": ["Ann", "Ben"], "points": [7, 9.5]})
        """
    )
    assert types(result) == {"id": "BIGINT", "player": "VARCHAR", "points": "DOUBLE"}


def test_a_transformer_of_an_upstream_model(project: Project) -> None:
    rows = project.rows(
        """
        def model(dbt, session):
            dbt.config(materialized="table")
            people = dbt.ref("stg_people").df()
            people["loud"] = people["name"].str.upper()
            people["vip"] = people["total_spend"] > 1000
            people["segment"] = people["total_spend"].apply(lambda x: "high" if x > 1000 else "low")
            return people[["id", "loud", "vip", "segment"]]
        """,
        upstream={"stg_people": CUSTOMERS},
    )
    assert rows == [(1, "ADA", True, "high"), (2, "BO", False, "low")]


def test_a_source_with_conversions(project: Project) -> None:
    result = project.run(
        """
        def model(dbt, session):
            import pandas as pd

            orders = dbt.source("ops", "orders").df()
            orders["ordered_on"] = pd.to_datetime(orders["ordered_on"])
            orders["amount"] = pd.to_numeric(orders["amount"], errors="coerce")
            return orders
        """,
        upstream={"ops.orders": "select '2024-05-01' as ordered_on, 'n/a' as amount"},
    )
    assert types(result) == {"ordered_on": "TIMESTAMP", "amount": "DOUBLE"}
    assert read(result["path"])[0][1] is None


def test_a_service(project: Project, api: str) -> None:
    rows = project.rows(
        f"""
        def model(dbt, session):
            import requests
            import pandas as pd

            response = requests.get("{api}/users")
            response.raise_for_status()
            return pd.DataFrame(response.json()["data"])
        """
    )
    assert rows == [(1, "ada"), (2, None)]


def test_a_service_that_refuses(project: Project, api: str) -> None:
    failure = project.failure(
        f"""
        import requests

        def model(dbt, session):
            response = requests.get("{api}/private")
            response.raise_for_status()
        """,
        "DVT126",
    )
    assert "HTTPError: 401" in failure["message"]
    assert failure["line"] == 6


def test_a_service_with_a_key(project: Project, api: str) -> None:
    rows = project.rows(
        f"""
        def model(dbt, session):
            import json, os
            from urllib.request import Request, urlopen
            import pandas as pd

            key = os.environ["SHOP_API_KEY"]
            request = Request("{api}/private", headers={{"Authorization": f"Bearer {{key}}"}})
            with urlopen(request) as response:
                return pd.DataFrame(json.load(response)["data"])
        """,
        environment={"SHOP_API_KEY": TOKEN},
    )
    assert len(rows) == 2


def test_a_service_in_pages(project: Project, api: str) -> None:
    rows = project.rows(
        f"""
        def model(dbt, session):
            import requests
            import pandas as pd

            found, url = [], "{api}/tickets"
            while url:
                answer = requests.get(url).json()
                found.extend(answer["results"])
                url = answer.get("paging", {{}}).get("next", {{}}).get("link")
            return pd.DataFrame(found)
        """
    )
    assert rows == [(10, ["x"]), (20, ["x"]), (30, ["x"])]


def test_a_service_joined_with_the_database(project: Project, api: str) -> None:
    rows = project.rows(
        f"""
        def model(dbt, session):
            import requests

            orders = dbt.ref("stg_orders").df()
            rates = requests.get("{api}/latest").json()["rates"]
            orders["usd"] = orders.apply(
                lambda row: row["amount"] / rates.get(row["currency"], 1), axis=1)
            return orders
        """,
        upstream={"stg_orders": "from (values (10, 'EUR'), (3, 'USD')) t(amount, currency)"},
    )
    assert rows == [(10, "EUR", 20.0), (3, "USD", 3.0)]


def test_inference_with_a_stored_estimator(project: Project) -> None:
    project.write("lib/churn.py", "class Churn:\n    def score(self, x):\n        return x / 100\n")
    rows = project.rows(
        """
        import pickle
        from pathlib import Path

        import pandas as pd
        from lib.churn import Churn

        def model(dbt, session):
            if not Path("models/churn.pkl").exists():
                Path("models/churn.pkl").write_bytes(pickle.dumps(Churn()))
            with open("models/churn.pkl", "rb") as stored:
                clf = pickle.load(stored)
            customers = dbt.ref("dim").df()
            customers["p"] = clf.score(customers["tenure"])
            customers["risk"] = pd.cut(
                customers["p"], bins=[0, 0.3, 0.7, 1.0], labels=["low", "medium", "high"])
            return customers
        """,
        upstream={"dim": "from (values (10), (90)) t(tenure)"},
    )
    assert rows == [(10, 0.1, "low"), (90, 0.9, "high")]


def test_a_client_made_once_and_applied_to_each_row(project: Project) -> None:
    rows = project.rows(
        """
        def model(dbt, session):
            class Client:
                def classify(self, text):
                    return "positive" if "good" in text else "negative"

            client = Client()
            reviews = dbt.ref("raw").df()

            def label(text):
                return client.classify(text).strip().lower()

            reviews["label"] = reviews["review_text"].apply(label)
            return reviews
        """,
        upstream={"raw": "from (values ('good'), ('meh')) t(review_text)"},
    )
    assert rows == [("good", "positive"), ("meh", "negative")]


INCREMENTAL = """
    def model(dbt, session):
        import requests
        import pandas as pd

        dbt.config(materialized="incremental", unique_key="id")
        if dbt.is_incremental:
            last_id = session.execute(
                "SELECT MAX(id) FROM __model__records"
            ).fetchone()[0] or 0
            url = f"{api}/records?since_id={last_id}"
        else:
            url = "{api}/records"
        return pd.DataFrame(requests.get(url).json()["records"])
"""


def test_incremental(project: Project, api: str) -> None:
    text = INCREMENTAL.replace("{api}", api)
    first = project.run(text, name="records", uniqueKey=["id"])
    assert [row[0] for row in read(first["path"])] == [1, 2, 3, 4, 5]
    history = "select range + 1 as id, 'r' as v from range(3)"
    second = project.run(text, name="records", uniqueKey=["id"], previous=history)
    assert read(second["path"]) == [(4, "r4"), (5, "r5")]


def test_incremental_with_nothing_new(project: Project, api: str) -> None:
    text = INCREMENTAL.replace("{api}", api)
    history = "select range + 1 as id, 'r' as v from range(5)"
    result = project.run(text, name="records", uniqueKey=["id"], previous=history)
    # The service answers with an empty list: a frame with neither rows nor columns.
    assert result["type"] == "result", result
    assert (result["path"], result["rows"], result["columns"]) == (None, 0, [])


def test_the_sessions_sql(project: Project) -> None:
    rows = project.rows(
        '''
        def model(dbt, session):
            import pandas as pd

            result = session.execute("""
                SELECT category, COUNT(*) AS cnt, AVG(amount) AS avg_amount
                FROM __model__sales GROUP BY category ORDER BY category
            """).df()
            return result
        ''',
        upstream={"sales": "from (values ('a', 2), ('a', 4), ('b', 1)) t(category, amount)"},
    )
    assert rows == [("a", 2, 3.0), ("b", 1, 1.0)]


def test_sql_over_a_frame_of_the_model(project: Project) -> None:
    rows = project.rows(
        """
        def model(dbt, session):
            import pandas as pd

            rates = pd.DataFrame({"currency": ["EUR"], "rate": [2]})
            orders = dbt.ref("orders")
            return session.sql(
                "select amount * rate as usd from orders join rates using (currency)")
        """,
        upstream={"orders": "select 'EUR' as currency, 21 as amount"},
    )
    assert rows == [(42,)]


def test_the_end_of_the_dag(project: Project) -> None:
    rows = project.rows(
        """
        def model(dbt, session):
            revenue = dbt.ref("fct_revenue").df()
            customers = dbt.ref("dim_customers").df()
            summary = revenue.groupby("month").agg(total=("amount", "sum")).reset_index()
            summary["customer_count"] = len(customers)
            return summary
        """,
        upstream={
            "fct_revenue": "from (values ('01', 5), ('01', 6), ('02', 1)) t(month, amount)",
            "dim_customers": CUSTOMERS,
        },
    )
    assert rows == [("01", 11, 2), ("02", 1, 2)]


def test_polars_end_to_end(project: Project) -> None:
    rows = project.rows(
        """
        import polars as pl

        def model(dbt, session):
            people = dbt.ref("people").pl()
            return people.lazy().filter(pl.col("total_spend") > 1000).select("id", "name")
        """,
        upstream={"people": CUSTOMERS},
    )
    assert rows == [(1, "ada")]
