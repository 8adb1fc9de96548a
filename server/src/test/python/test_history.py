"""The model's previous result, where the engine brings it only when the model asks."""

from __future__ import annotations

import pytest
from conftest import read

ROWS = "select range as id from range(8)"
THIS = {
    "database": "db",
    "schema": "public",
    "identifier": "m",
    "view": "__model__m",
    "sql": None,
    "columns": [{"name": "ID", "type": "BIGINT"}, {"name": "Amount", "type": "DECIMAL(10,2)"}],
}
ANSWER = {"type": "relation", "view": "__model__m", "sql": ROWS}


def outcome(project, text, answer=ANSWER):
    """The last message, and how often the rows were asked for."""
    client = project.start("m", text, this=THIS, isIncremental=True)
    asked = 0
    while True:
        message = client.until("need", "result", "failure")
        if message["type"] != "need":
            return message, asked
        assert message["kind"] == "this"
        asked += 1
        client.send({**answer, "id": message["id"]})


@pytest.mark.parametrize(
    "expression",
    [
        'session.sql("select max(id) as n from __model__m")',
        'session.sql(f"select max(id) as n from {dbt.this}")',
        'session.sql("select max(id) as n from __" + "MODEL" + "__" + "M")',
        'session.query("select max(id) as n from m_rows", "x") if False else '
        'session.sql("from __model__m").aggregate("max(id) as n")',
        'session.table("__model__m").aggregate("max(id) as n")',
        'session.cursor().sql("select max(id) as n from __model__m")',
        'session.sql("select 7 as n").filter("n = (select max(id) from __model__m)")',
        'session.sql(query="select max(id) as n from __model__m")',
        "session.sql(f\"select {session.execute('select max(id) from __model__m').fetchone()[0]}"
        ' as n")',
    ],
)
def test_the_rows_come_when_they_are_named(project, expression):
    result, asked = outcome(
        project, f"def model(dbt, session):\n    assert dbt.is_incremental\n    return {expression}"
    )
    assert asked == 1, result
    assert read(result["path"]) == [(7,)]


def test_a_model_that_does_not_look_back_needs_none(project):
    result, asked = outcome(
        project,
        """
        def model(dbt, session):
            import pandas as pd
            assert dbt.is_incremental and str(dbt.this) == "db.public.m"
            local = pd.DataFrame({"id": [1, 2]})
            more = session.sql("select id from local where id > 1")  # a variable, by its name
            name = f"some {dbt.this} text"
            return more.filter("id < 9")
        """,
    )
    assert asked == 0
    assert read(result["path"]) == [(2,)]


def test_a_name_that_only_holds_the_models_is_another(project):
    result, asked = outcome(
        project,
        """
        def model(dbt, session):
            session.execute("create table orders_m (am int); insert into orders_m values (3)")
            return session.sql("select am from orders_m")
        """,
    )
    assert (asked, read(result["path"])) == (0, [(3,)])


def test_rows_that_cannot_be_brought(project):
    failure, _asked = outcome(
        project,
        'def model(dbt, session):\n    return session.sql("from __model__m")\n',
        {"type": "relation", "error": {"code": "extract-failed", "message": "no such host"}},
    )
    assert (failure["type"], failure["code"], failure["line"]) == ("failure", "extract-failed", 2)
    assert failure["message"] == "no such host"


def test_columns_without_values_get_their_types_without_the_rows(project):
    result, asked = outcome(
        project,
        """
        def model(dbt, session):
            import pandas as pd
            return pd.DataFrame({"id": [2], "amount": [None], "other": [None]})
        """,
    )
    assert asked == 0
    assert {c["name"]: c["type"] for c in result["columns"]} == {
        "id": "BIGINT",
        "amount": "DECIMAL(10,2)",
        "other": "VARCHAR",
    }
