"""The local variables of a failing frame, on request."""

from __future__ import annotations

import pytest
from dvt_worker.variables import lines, looks_secret

VERBOSE = {"DVT_VERBOSE": "1"}

MODEL = """
import os
import pandas as pd

def ratio(part, api_key):
    whole = 0
    return part / whole

def model(dbt, session):
    frame = pd.DataFrame({"id": [1], "name": ["cell-content"]})
    return ratio(7, "sk_live_abc")
"""


def test_they_are_those_of_the_failing_frame(project):
    failure = project.failure(MODEL, "DVT126", environment=VERBOSE)
    _, shown = failure["traceback"].split("\n\nLocal variables at models/m.py:7, in ratio:\n")
    assert shown.split("\n") == [
        "  part = 7",
        "  api_key = (hidden: its name looks secret)",
        "  whole = 0",
    ]


def test_they_are_not_shown_unasked(project):
    assert "Local variables" not in project.failure(MODEL, "DVT126")["traceback"]


def test_frames_show_type_and_shape_never_values(project):
    failure = project.failure(
        """
        import numpy as np, pandas as pd, polars as pl, pyarrow as pa

        def model(dbt, session):
            content = {"id": [1, 2], "who": ["cell-content", None]}
            del_frame = pd.DataFrame(content)
            column = del_frame["who"]
            one = del_frame[["who"]]
            polar = pl.DataFrame(content)
            table = pa.table(content)
            array = np.zeros((3, 4))
            relation = session.sql("select 1 as a, 'cell-content' as b")
            del content
            raise ValueError("x")
        """,
        "DVT126",
        environment=VERBOSE,
    )
    text = failure["traceback"].split("Local variables")[1]
    assert "cell-content" not in text
    assert "session = " not in text and "dbt = " not in text
    assert "one = <pandas.DataFrame>, 2 rows, 1 column: who" in text
    assert "del_frame = <pandas.DataFrame>, 2 rows, 2 columns: id int64, who" in text
    assert "polar = <polars.DataFrame>, 2 rows, 2 columns: id Int64, who String" in text
    assert "table = <pyarrow.Table>, 2 rows, 2 columns: id int64, who string" in text
    assert "array = <numpy.ndarray> of float64, shape (3, 4)" in text
    assert "column = <pandas.Series> of" in text
    assert "relation = DuckDB relation with 2 columns: a INTEGER, b VARCHAR" in text


def test_their_size_is_bounded():
    many = {f"v{i}": "x" * 10_000_000 if i < 3 else i for i in range(500)}
    many["v4"] = [[[["x" * 1000] * 50] * 50] * 50] * 50
    many["v5"] = 10 ** (10**5)
    many["v6"] = {str(i): i for i in range(10**5)}
    shown = lines(many)
    assert len(shown) == 31
    assert shown[-1] == "… and 470 more"
    assert max(map(len, shown)) < 400


def test_no_code_of_the_model_runs_for_them():
    class Odd(dict):
        def __repr__(self):
            raise SystemExit

        __len__ = __iter__ = __getattr__ = items = __repr__

    assert lines({"odd": Odd()})[0].startswith("odd = <")


@pytest.mark.parametrize(
    "name",
    [
        *("password", "PASSWORD", "db_pass", "passwd", "api_key", "apiKey", "API_KEY", "key"),
        *("token", "accessToken", "client_secret", "Authorization", "auth", "cookie", "dsn"),
        *("credentials", "private_pem", "aws_access_key_id", "accesskey"),
    ],
)
def test_names_that_look_secret(name):
    assert looks_secret(name)
    assert "hunter2" not in lines({name: "hunter2"})[0]
    assert "hunter2" not in lines({"config": {"inner": {name: "hunter2"}}})[0]


@pytest.mark.parametrize(
    "name",
    ["keys", "monkey", "keyword", "passed", "author", "compass", "unique_key", "primary_key"],
)
def test_names_that_do_not(name):
    assert lines({name: 1}) == [f"{name} = 1"]


@pytest.mark.parametrize(
    "text",
    [
        "postgres://me:hunter2@host/db",
        "Authorization: Bearer hunter2",
        "Basic hunter2",
    ],
)
def test_credentials_inside_texts(text):
    assert "hunter2" not in lines({"text": text})[0]
    assert "***" in lines({"text": text})[0]
