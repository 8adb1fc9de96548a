"""``unique_key``: which rows stay, and what a key may not be."""

from __future__ import annotations

PREVIOUS = "select 1::integer as id, 2.5::decimal(10,2) as amount, 'x' as name"


def test_the_last_of_rows_with_one_key_wins(project):
    rows = project.rows(
        """
        def model(dbt, session):
            import pandas as pd
            return pd.DataFrame({"ID": [2, 1, 2, 3, 1], "v": ["a", "b", "c", "d", "e"]})
        """,
        uniqueKey=["id"],
    )
    assert rows == [(2, "c"), (3, "d"), (1, "e")]
    assert len(project.warnings) == 1
    assert "2 rows more than once by unique_key (ID)" in project.warnings[0]


def test_keys_of_several_columns(project):
    rows = project.rows(
        """
        def model(dbt, session):
            return session.sql(
                "from (values (1, 'a', 10), (1, 'b', 20), (1, 'a', 30)) t(id, part, v)")
        """,
        uniqueKey=["id", "part"],
    )
    assert rows == [(1, "b", 20), (1, "a", 30)]
    assert "1, a" in project.warnings[0]


def test_unique_keys_give_no_warning(project):
    rows = project.rows(
        "def model(dbt, session): return session.sql('select range as id from range(3)')",
        uniqueKey=["id"],
    )
    assert len(rows) == 3
    assert project.warnings == []


def test_a_null_in_a_key(project):
    failure = project.failure(
        """
        def model(dbt, session):
            import pandas as pd
            return pd.DataFrame({"id": [1.0, None, None], "v": [1, 2, 3]})
        """,
        "DVT122",
        uniqueKey=["id"],
    )
    assert "2 of 3 rows with NULL in the unique_key column 'id'" in failure["message"]
    assert "first in row 2" in failure["message"]


def test_a_key_that_is_no_column(project):
    failure = project.failure(
        "def model(dbt, session): return session.sql('select 1 as id, 2 as v')",
        "DVT122",
        uniqueKey=["id", "day"],
    )
    assert "'day'" in failure["message"] and "id, v" in failure["message"]
