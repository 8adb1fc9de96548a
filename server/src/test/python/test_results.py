"""What may be returned, what may not, empties, keys, names, the file."""

from __future__ import annotations

import os

import pytest
from conftest import read, types

PREVIOUS = "select 1::integer as id, 2.5::decimal(10,2) as amount, 'x' as name"


@pytest.mark.parametrize(
    "expression",
    [
        "pd.DataFrame({'a': [1, 2]})",
        "Frame({'a': [1, 2]})",
        "pl.DataFrame({'a': [1, 2]})",
        "pl.LazyFrame({'a': [1, 2]})",
        "pa.table({'a': [1, 2]})",
        "pa.table({'a': [1, 2]}).to_reader()",
        "session.sql('select unnest([1, 2])::bigint as a')",
        "session.sql('select unnest([1, 2])::bigint as a').arrow()",
        "session.from_query('select unnest([1, 2])::bigint as a').limit(5)",
        "duckdb.sql('select unnest([1, 2])::bigint as a')",
        "other.sql('select unnest([1, 2])::bigint as a')",
        "session.execute('select unnest([1, 2])::bigint as a').df()",
        "session.execute('select unnest([1, 2])::bigint as a').pl()",
        "dbt.ref('two')",
    ],
)
def test_accepted(project, expression):
    result = project.run(
        f"""
        import duckdb
        import pandas as pd
        import polars as pl
        import pyarrow as pa

        other = duckdb.connect()

        class Frame(pd.DataFrame):
            pass

        def model(dbt, session):
            return {expression}
        """,
        upstream={"two": "select unnest([1, 2])::bigint as a"},
    )
    assert types(result) == {"a": "BIGINT"}
    assert (result["rows"], read(result["path"])) == (2, [(1,), (2,)])


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("None", "returned nothing (None)"),
        ("session.sql('create table t (a int)')", "returned nothing (None)"),
        ("'text'", "returned a str"),
        ("[{'a': 1}]", "pd.DataFrame(rows)"),
        ("{'a': [1]}", "returned a dict"),
        ("session.execute('select 1')", "session.sql(...)"),
        ("session.execute('select 1').fetchall()", "returned a list"),
        ("pd.Series([1])", "pandas.Series. "),
        ("pl.Series([1])", ".to_frame()"),
        ("pa.record_batch({'a': [1]})", "pa.Table.from_batches"),
        ("pa.array([1])", "pyarrow.Int64Array"),
        ("len", "builtin_function_or_method"),
        ("(i for i in [])", "must not yield"),
        ("object()", "returned an object"),
    ],
)
def test_refused(project, expression, says):
    failure = project.failure(
        f"""
        import pandas as pd
        import polars as pl
        import pyarrow as pa

        def model(dbt, session):
            return {expression}
        """,
        "DVT122",
        name="users",
    )
    assert says in failure["message"]
    assert "Python model 'users'" in failure["message"]
    assert failure["line"] == 7
    assert failure["column"] == 5


def test_no_return_and_async(project):
    failure = project.failure("x = 1\ndef model(dbt, session):\n    x = 2\n", "DVT122")
    assert failure["line"] == 2
    failure = project.failure("async def model(dbt, session): ...", "DVT122")
    assert "async" in failure["message"]


@pytest.mark.parametrize(
    "expression",
    ["pd.DataFrame()", "pd.DataFrame(index=[1, 2])", "pl.DataFrame()", "pa.table({})"],
)
def test_no_columns(project, expression):
    failure = project.failure(
        f"""
        import pandas as pd, polars as pl, pyarrow as pa
        def model(dbt, session):
            return {expression}
        """,
        "DVT122",
    )
    assert "without columns" in failure["message"]


@pytest.mark.parametrize("expression", ["pd.DataFrame([])", "pl.DataFrame([])", "pa.table({})"])
def test_neither_rows_nor_columns_is_nothing_new_for_an_incremental_model(project, expression):
    result = project.run(
        f"""
        import pandas as pd, polars as pl, pyarrow as pa
        def model(dbt, session):
            return {expression}
        """,
        previous=PREVIOUS,
        uniqueKey=["id"],
    )
    assert (result["type"], result["path"], result["columns"]) == ("result", None, [])


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("pd.DataFrame([[1, 2]], columns=['a', 'A'])", "'A' and 'a'"),
        ("pd.DataFrame([[1, 2]], columns=['a', 'a'])", "'a' twice"),
        ("pl.DataFrame({'a': [1], 'A': [2]})", "'A' and 'a'"),
        ("pa.table([[1], [2]], names=['a', 'a'])", "'a' twice"),
        ("session.sql('select 1 as a, 2 as A')", "'A' and 'a'"),
        ("pd.DataFrame([[1, 2]], columns=['a', ''])", "without a name (number 2)"),
        ("pd.DataFrame([[1, 2]], columns=['a', None])", "without a name (number 2)"),
        (
            "pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([('a', 'x'), ('a', 'y')]))",
            "several levels",
        ),
    ],
)
def test_column_names_that_no_table_has(project, expression, says):
    failure = project.failure(
        f"""
        import pandas as pd, polars as pl, pyarrow as pa
        def model(dbt, session):
            return {expression}
        """,
        "DVT122",
    )
    assert says in failure["message"]


def test_awkward_column_names_are_kept(project):
    names = ["with space", "select", "Großes Ä", 'quo"te', "dot.ted", "semi;colon", "{brace}", "%s"]
    for kind in (
        "pd.DataFrame([range(8)], columns=names)",
        "pl.DataFrame([[i] for i in range(8)], names)",
    ):
        result = project.run(
            f"""
            import pandas as pd, polars as pl
            def model(dbt, session):
                names = {names!r}
                return {kind}
            """
        )
        assert list(types(result)) == names
        assert read(result["path"]) == [tuple(range(8))]


def test_numbers_as_column_names_become_text(project):
    result = project.run(
        """
        def model(dbt, session):
            import pandas as pd
            return pd.DataFrame([[1, 2]])
        """
    )
    assert types(result) == {"0": "BIGINT", "1": "BIGINT"}


EMPTY = """
    def model(dbt, session):
        return session.sql("select 1 as id, 'x' as name where false")
    """


def test_an_empty_result_is_an_error(project):
    failure = project.failure(EMPTY, "DVT123")
    assert "returned an empty DataFrame. Check your data source or filters" in failure["message"]
    assert "allow_empty=True" in failure["message"]
    assert failure["line"] == 3


def test_an_empty_first_incremental_run_is_an_error(project):
    project.failure(EMPTY, "DVT123", config={"materialized": "incremental"})


def test_an_empty_later_incremental_run_is_nothing_new(project):
    result = project.run(EMPTY, previous=PREVIOUS, uniqueKey=["id"])
    assert (result["type"], result["path"], result["rows"]) == ("result", None, 0)
    assert types(result) == {"id": "INTEGER", "name": "VARCHAR"}
    assert os.listdir(project.root / ".dvt" / "work") == []


def test_an_empty_result_that_is_allowed(project):
    result = project.run(EMPTY, allowEmpty=True)
    assert (result["rows"], read(result["path"])) == (0, [])
    assert types(result) == {"id": "INTEGER", "name": "VARCHAR"}


def test_an_empty_pandas_frame_has_columns_of_text(project):
    result = project.run(
        """
        def model(dbt, session):
            import pandas as pd
            return pd.DataFrame({"a": [], "b": pd.Series([], dtype="int64")}).astype({"a": object})
        """,
        allowEmpty=True,
    )
    assert types(result) == {"a": "VARCHAR", "b": "BIGINT"}


@pytest.mark.parametrize(
    ("expression", "warns"),
    [
        ("frame.groupby('a').sum()", "(a)"),
        ("frame.set_index(['a', 'b'])", "(a, b)"),
        ("frame[frame.b > 1]", None),
        ("frame.sort_values('b')", None),
        ("frame.groupby('a').sum().reset_index()", None),
    ],
)
def test_a_named_index_is_warned_of(project, expression, warns):
    project.rows(
        f"""
        def model(dbt, session):
            import pandas as pd
            frame = pd.DataFrame({{"a": [1, 1, 2], "b": [3, 2, 1], "c": [1, 2, 3]}})
            return {expression}
        """
    )
    if warns is None:
        assert project.warnings == []
    else:
        assert warns in project.warnings[0] and "reset_index()" in project.warnings[0]


def test_an_output_that_cannot_be_written(project):
    blocked = project.root / "a file"
    blocked.write_text("")
    failure = project.run(
        "def model(dbt, session): return session.sql('select 1 as a')",
        output=str(blocked / "x.parquet"),
    )
    assert failure["code"] == "write-failed"
    assert str(blocked) in failure["message"]


def test_a_failed_result_leaves_an_older_file_alone(project):
    output = project.write(".dvt/work/result.parquet", "older")
    failure = project.run("def model(dbt, session): return session.sql('select error(1::text) a')")
    assert failure["type"] == "failure"
    assert output.read_text() == "older"
    assert [p.name for p in output.parent.iterdir()] == ["result.parquet"]


def test_wide_frames(project):
    result = project.run(
        """
        def model(dbt, session):
            import pandas as pd
            return pd.DataFrame({f"c{i}": [i, None, "x" * (i % 3)] for i in range(1000)
                                 if False} | {f"c{i}": range(100) for i in range(1000)})
        """
    )
    assert len(result["columns"]) == 1000
    assert result["rows"] == 100


def test_a_big_frame_keeps_its_order(project):
    result = project.run(
        """
        def model(dbt, session):
            import pandas as pd
            import numpy as np
            n = 400_000
            return pd.DataFrame({"i": np.arange(n), "o": [str(i) for i in range(n)]})
        """
    )
    rows = read(result["path"])
    assert rows == [(i, str(i)) for i in range(400_000)]


def test_a_stream_is_read_once(project):
    rows = project.rows(
        """
        import pyarrow as pa

        def model(dbt, session):
            schema = pa.schema([("a", pa.int64()), ("f", pa.float16())])
            def batches():
                for i in range(3):
                    yield pa.record_batch([[i], pa.array([i], pa.float16())], schema=schema)
                print("end of stream")
            return pa.RecordBatchReader.from_batches(schema, batches())
        """
    )
    assert rows == [(0, 0.0), (1, 1.0), (2, 2.0)]
    assert project.printed == ["end of stream"]


def test_a_stream_may_read_other_relations_while_it_is_read(project):
    rows = project.rows(
        """
        import pyarrow as pa

        def model(dbt, session):
            schema = pa.schema([("a", pa.int64())])
            early = dbt.ref("two")
            def batches():
                yield pa.record_batch([[len(early.df())]], schema=schema)
                yield pa.record_batch([[dbt.ref("two").fetchall()[1][0]]], schema=schema)
            return pa.RecordBatchReader.from_batches(schema, batches())
        """,
        upstream={"two": "select unnest([7, 8]) as a"},
    )
    assert rows == [(2,), (8,)]


def test_a_stream_that_fails_is_the_models_error(project):
    failure = project.run(
        """
        import pyarrow as pa

        def model(dbt, session):
            schema = pa.schema([("a", pa.int64())])
            def batches():
                yield pa.record_batch([[1]], schema=schema)
                raise ValueError("page 2 is missing")
            return pa.RecordBatchReader.from_batches(schema, batches())
        """
    )
    assert failure["code"] == "DVT126"
    assert "page 2 is missing" in failure["message"]
