"""SQL models run over the cache: compiled text in place of a Python model."""

from __future__ import annotations

import pytest
from conftest import read


def start(project, sql, **fields):
    fields.setdefault("upstream", {"orders": "select * from range(3) t(id)"})
    file = project.write("target/compiled/shop/models/m.sql", sql)
    # "frame": an environment with pandas as users have it
    return project.start("m", "# frame", sql=sql, file=str(file), **fields), file


def run(project, sql, **fields):
    return start(project, sql, **fields)[0].finish()


def test_rows(project):
    result = run(project, "-- the model\nselect id + 1 as n from __model__orders -- end")
    assert result["type"] == "result", result
    assert result["columns"] == [{"name": "n", "type": "BIGINT"}]
    assert read(result["path"]) == [(1,), (2,), (3,)]


def test_a_source_and_its_previous_result(project):
    result = run(
        project,
        "select * from shop__items where id > (select max(id) from __model__m)",
        upstream={"shop.items": "select * from range(5) t(id)"},
        previous="select 3 as id",
    )
    assert read(result["path"]) == [(4,)]


def test_nothing_new_and_an_empty_table(project):
    sql = "select * from __model__orders where id > 9"
    assert run(project, sql, previous="select 1 as id")["path"] is None


def test_an_empty_table_is_right_where_it_is_allowed(project):
    sql = "select * from __model__orders where id > 9"
    assert run(project, sql, allowEmpty=True)["rows"] == 0


def test_an_empty_table_is_dvt123_where_not(project):
    failure = run(project, "select * from __model__orders where id > 9")
    assert failure["code"] == "DVT123"
    assert failure["message"].startswith("SQL model 'm' returned")


@pytest.mark.parametrize(
    ("sql", "line", "says"),
    [
        ("select id,\n  nme\nfrom __model__orders", 2, 'Referenced column "nme" not found'),
        ("select 1\nfrom", 0, "syntax error at end of input"),
        ("select\n1 as from x", 2, "syntax error at or near"),
        ("select *\nfrom __model__nothing", 2, "__model__nothing does not exist"),
        ("select * from run", 1, "run does not exist"),
        (
            "select cast('x' || id as int) as n from __model__orders",
            0,
            "Could not convert string 'x",
        ),
        ("select 1; select 2", 0, "is 2 statements; a model is one query."),
        ("create table t as select 1", 0, "a statement of the kind CREATE"),
    ],
)
def test_errors(project, sql, line, says):
    client, file = start(project, sql)
    failure = client.finish()
    assert failure["type"] == "failure", failure
    assert failure["code"] == "sql-failed"
    assert says in failure["message"]
    assert "LINE" not in failure["message"]
    assert (failure["file"], failure["line"]) == (str(file), line)


def test_keys(project):
    sql = "select 1 as id from __model__orders"
    result = run(project, sql, uniqueKey=["id"])
    assert result["rows"] == 1
    assert "SQL model 'm' returned 2 rows more than once" in project.warnings[0]


def test_columns_of_one_name(project):
    failure = run(project, "select 1 as a, 2 as A")
    assert failure["code"] in ("DVT122", "sql-failed")
    assert "SQL model 'm'" in failure["message"]
