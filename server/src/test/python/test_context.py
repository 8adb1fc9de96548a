"""The dbt object and the session."""

from __future__ import annotations

import pytest
from conftest import read

STG = {"stg": "select range as id, 'n' || range as name from range(4)"}
SOURCE = {"shop.orders": "select 1 as id, 9.5 as amount"}


def test_relations_are_duckdbs_own_and_more(project):
    rows = project.rows(
        """
        def model(dbt, session):
            import duckdb
            stg = dbt.ref("stg")
            assert isinstance(stg, duckdb.DuckDBPyRelation)
            assert len(stg.df()) == len(stg.to_pandas()) == 4
            assert stg.pl().height == stg.to_polars().height == 4
            table = stg.to_arrow()
            assert table.num_rows == 4 and type(table).__name__ == "Table"
            assert stg.limit(2).fetchall() == [(0, "n0"), (1, "n1")]
            assert stg.filter("id > 2").fetchall() == [(3, "n3")]
            assert stg.aggregate("max(id)").fetchone() == (3,)
            assert session.sql("select count(*) from stg").fetchone() == (4,)
            orders = dbt.source("shop", "orders")
            assert str(orders) == "shop__orders"
            return session.sql(f"select id, name from {stg} join {orders} using (id)")
        """,
        upstream={**STG, **SOURCE},
    )
    assert rows == [(1, "n1")]


def test_a_derived_relation_has_no_name_of_its_own(project):
    project.rows(
        """
        def model(dbt, session):
            print("named:", dbt.ref("stg"))
            print(dbt.ref("stg").limit(1))
            return session.sql("select 1 as a")
        """,
        upstream=STG,
    )
    assert project.printed[0] == "named: __model__stg"
    assert any("n0" in line for line in project.printed[1:])


@pytest.mark.parametrize(
    "call",
    [
        'dbt.ref("stg")',
        'dbt.ref(name="stg")',
        'dbt.ref(model_name="stg")',
        'dbt.source("shop", "orders")',
        'dbt.source(source_name="shop", table_name="orders")',
        'dbt.source("shop", table_name="orders")',
    ],
)
def test_ways_to_name_an_upstream(project, call):
    upstream = {**STG, **SOURCE}
    assert project.rows(f"def model(dbt, session): return {call}", upstream=upstream)


def test_packages_and_versions_are_told_apart(project):
    def given(args, version, value):
        return {
            "kind": "ref",
            "args": args,
            "version": version,
            "view": f"__model__m{value}",
            "sql": f"select {value} as a",
        }

    rows = project.rows(
        """
        def model(dbt, session):
            a, b, c = dbt.ref("m"), dbt.ref("m", v=2), dbt.ref("pkg", "m", version="2")
            return session.sql("from a union all from b union all from c order by 1")
        """,
        relations=[given(["m"], None, 1), given(["m"], "2", 2), given(["pkg", "m"], "2", 3)],
    )
    assert rows == [(1,), (2,), (3,)]


@pytest.mark.parametrize("call", ["dbt.ref()", "dbt.ref(1)", 'dbt.ref("a", "b", "c")'])
def test_a_wrong_ref_says_how(project, call):
    failure = project.failure(f"def model(dbt, session): return {call}", "DVT126")
    assert 'dbt.ref("orders")' in failure["message"]


def test_a_wrong_source_says_how(project):
    failure = project.failure("def model(dbt, session): return dbt.source('a')", "DVT126")
    assert 'dbt.source("shop", "orders")' in failure["message"]


def test_config_is_read_in_all_ways(project):
    rows = project.rows(
        """
        def model(dbt, session):
            dbt.config(materialized="table", limit=5)
            assert dbt.config.get("limit") == 5
            assert dbt.config.get("absent") is None
            assert dbt.config.get("absent", 3) == 3
            assert dbt.config["region"] == "eu"
            assert "region" in dbt.config and "absent" not in dbt.config
            assert dbt.config.get("tags") == ["a", "b"]
            dbt.config(tags=["b"])
            assert dbt.config["tags"] == ["a", "b"]
            return session.sql("select 1 as a")
        """,
        config={"region": "eu", "tags": ["a", "b"]},
    )
    assert rows == [(1,)]


def test_a_missing_config_key_names_the_known_ones(project):
    failure = project.failure(
        "def model(dbt, session): return dbt.config['regoin']", "DVT126", config={"region": "eu"}
    )
    assert "regoin" in failure["message"] and "region" in failure["message"]


def test_this_is_known_to_the_session_by_both_names(project):
    rows = project.rows(
        """
        def model(dbt, session):
            this = dbt.this
            assert (this.database, this.schema, this.identifier, this.name) == (
                "db", "public", "m", "m")
            assert str(this) == f"{this}" == "db.public.m"
            assert dbt.is_incremental is True
            by_view = session.execute("SELECT MAX(id) FROM __model__m").fetchone()[0]
            by_name = session.sql(f"select max(id) from {dbt.this}").fetchone()[0]
            return session.sql(f"select {by_view} as a, {by_name} as b")
        """,
        previous="select range as id from range(8)",
    )
    assert rows == [(7, 7)]


@pytest.mark.parametrize(
    ("database", "schema", "shown"),
    [("memory", "main", "memory.main.m"), (None, "main", "main.m"), ("my db", "s", '"my db".s.m')],
)
def test_this_with_awkward_places(project, database, schema, shown):
    this = {
        "database": database,
        "schema": schema,
        "identifier": "m",
        "view": "__model__m",
        "sql": "select 5 as id",
    }
    result = project.run(
        """
        def model(dbt, session):
            return session.sql(f"select id, '{dbt.this}' as name from {dbt.this}")
        """,
        this=this,
    )
    assert read(result["path"]) == [(5, shown)]


def test_a_first_run_is_not_incremental(project):
    project.rows(
        """
        def model(dbt, session):
            assert dbt.is_incremental is False
            return session.sql("select 1 as a")
        """
    )


def test_calling_is_incremental_is_explained(project):
    failure = project.failure(
        """
        def model(dbt, session):
            if dbt.is_incremental():
                pass
        """,
        "DVT126",
    )
    assert "is a value, not a function" in failure["message"]
    assert failure["line"] == 3


def test_looking_at_an_own_table_that_is_not_there_is_explained(project):
    failure = project.failure(
        """
        def model(dbt, session):
            return session.sql("select max(id) from __model__m")
        """,
        "DVT126",
    )
    assert "if dbt.is_incremental" in failure["message"]


def test_looking_at_an_unknown_model_by_sql_is_explained(project):
    failure = project.failure(
        """
        def model(dbt, session):
            return session.sql("select * from __model__other")
        """,
        "DVT126",
    )
    assert "dbt.ref('other')" in failure["message"]


def test_variables(project):
    rows = project.rows(
        """
        def model(dbt, session):
            assert dbt.var("none", None) is None
            return session.sql(f"select {dbt.var('year')} as a, {dbt.var('other', 3)} as b")
        """,
        vars={"year": 2024},
    )
    assert rows == [(2024, 3)]


def test_a_missing_variable_says_where_to_give_it(project):
    failure = project.failure("def model(dbt, session): dbt.var('month')", "DVT126")
    assert "'month'" in failure["message"] and "--vars" in failure["message"]


def test_an_unknown_member_names_the_known_ones(project):
    failure = project.failure("def model(dbt, session): dbt.sources('a', 'b')", "DVT126")
    assert "ref, source, config, this" in failure["message"]


def test_a_relation_taken_for_a_frame_is_explained(project):
    failure = project.failure(
        "def model(dbt, session): return dbt.ref('stg').groupby('id')", "DVT126", upstream=STG
    )
    assert ".df()" in failure["message"]
    failure = project.failure(
        "def model(dbt, session): return session.createDataFrame([])", "DVT126", name="n"
    )
    assert "DuckDB connection" in failure["message"]


def test_threads_may_read_relations(project):
    rows = project.rows(
        """
        from concurrent.futures import ThreadPoolExecutor

        def model(dbt, session):
            early = [dbt.ref("stg") for _ in range(40)]
            with ThreadPoolExecutor(8) as pool:
                inside = list(pool.map(lambda _: len(dbt.ref("stg").df()), range(200)))
                outside = list(pool.map(lambda r: len(r.fetchall()), early))
            return session.sql(f"select {sum(inside)} as a, {sum(outside)} as b")
        """,
        upstream=STG,
    )
    assert rows == [(800, 160)]


def test_a_thread_may_need_a_relation(project):
    client = project.start(
        "m",
        """
        from concurrent.futures import ThreadPoolExecutor

        def model(dbt, session):
            with ThreadPoolExecutor(3) as pool:
                got = list(pool.map(lambda n: dbt.ref(n).fetchone()[0], ["a", "b", "c"]))
            return session.sql(f"select '{''.join(got)}' as a")
        """,
    )
    needs = [client.until("need") for _ in range(3)]
    for need in reversed(needs):
        (name,) = need["args"]
        client.send(
            {
                "type": "relation",
                "id": need["id"],
                "view": f"__model__{name}",
                "sql": f"select '{name.upper()}'",
            }
        )
    assert read(client.finish()["path"]) == [("ABC",)]


def test_the_place_of_a_run_is_the_project(project):
    project.write("data/x.csv", "id\n5\n")
    project.write("shared_code/rates.py", "RATE = 2\n")
    project.write("models/near.py", "from shared_code.rates import RATE\nTWICE = RATE * 2\n")
    rows = project.rows(
        """
        import os
        from pathlib import Path
        from near import TWICE

        def model(dbt, session):
            import pandas as pd
            assert Path(__file__).name == "m.py" and Path(__file__).is_absolute()
            assert __name__ == "m"
            frame = pd.read_csv("data/x.csv")
            frame["id"] = frame["id"] * TWICE
            return frame
        """
    )
    assert rows == [(20,)]


def test_a_model_may_be_called_like_a_library(project):
    project.write("models/calendar.py", "raise RuntimeError('a model, not the library')")
    rows = project.rows(
        """
        import requests
        import calendar

        def model(dbt, session):
            return session.sql(f"select '{requests.__name__}' as a, {calendar.MONDAY} as b")
        """,
        name="requests",
    )
    assert rows == [("requests", 0)]


def test_a_models_functions_can_go_to_processes(project):
    rows = project.rows(
        """
        import multiprocessing

        def double(x):
            return 2 * x

        def model(dbt, session):
            import pandas as pd
            with multiprocessing.get_context("spawn").Pool(2) as pool:
                return pd.DataFrame({"x": pool.map(double, [1, 2, 3])})
        """
    )
    assert rows == [(2,), (4,), (6,)]


def test_encodings_and_line_ends(project):
    file = project.root / "models" / "latin.py"
    file.write_bytes(
        "# -*- coding: latin-1 -*-\r\ndef model(dbt, session):\r\n"
        "    return session.sql(\"select 'é' as a\")\r\n".encode("latin-1")
    )
    text = file.read_bytes().decode("latin-1")
    client = project.start("other", "")
    project.client.close()
    del client, text
    client = project._start(project.root)
    client.receive()
    client.send(project.request("latin"))
    assert read(client.finish()["path"]) == [("é",)]
