"""DVT126: the sentence, the place, the user's own frames."""

from __future__ import annotations

import sys

import pytest

HAS_COLUMNS = sys.version_info >= (3, 11)


def test_an_exception_with_type_message_and_place(project):
    failure = project.failure(
        """
        def model(dbt, session):
            rates = {"EUR": 1}
            é = rates["USD"] + 1
        """,
        "DVT126",
    )
    assert failure["message"] == "Python model 'm' raised KeyError: 'USD'"
    assert failure["line"] == 4
    assert failure["endLine"] == (4 if HAS_COLUMNS else 0)
    if HAS_COLUMNS:
        assert (failure["column"], failure["endColumn"]) == (9, 21)
    assert 'rates["USD"]' in failure["traceback"]
    assert failure["traceback"].endswith("KeyError: 'USD'")


def test_the_traceback_has_the_users_frames_only(project):
    helper = project.write("helpers/calc.py", "def ratio(x):\n    return 1 / x\n")
    failure = project.failure(
        """
        import pandas as pd
        from helpers.calc import ratio

        def model(dbt, session):
            frame = pd.DataFrame({"x": [1, 0]}, dtype=object)
            return frame.apply(lambda row: ratio(row["x"]), axis=1)
        """,
        "DVT126",
    )
    assert "ZeroDivisionError" in failure["message"]
    assert (failure["file"], failure["line"]) == (str(helper), 2)
    assert "site-packages" not in failure["traceback"]
    assert "dvt_worker" not in failure["traceback"]
    assert failure["traceback"].count("File ") == 3


def test_an_error_inside_a_library_is_shown_where_the_model_calls_it(project):
    failure = project.failure(
        """
        import pandas as pd

        def model(dbt, session):
            frame = pd.DataFrame({"amount": [1]})
            return frame[["amonut"]]
        """,
        "DVT126",
    )
    assert failure["line"] == 6
    assert "amonut" in failure["message"]
    assert "pandas/core" not in failure["traceback"]


def test_a_librarys_inner_error_in_the_same_words_is_left_out(project):
    pytest.importorskip("pandas")
    failure = project.failure(
        """
        def model(dbt, session):
            import pandas as pd
            return pd.DataFrame({"a": [1]})["no_such_column"]
        """,
        "DVT126",
    )
    assert ".pyx" not in failure["traceback"]
    assert failure["traceback"].count("KeyError: 'no_such_column'") == 1


def test_causes_are_kept(project):
    failure = project.failure(
        """
        def model(dbt, session):
            try:
                int("x")
            except ValueError as error:
                raise RuntimeError("bad rate") from error
        """,
        "DVT126",
    )
    assert "ValueError: invalid literal" in failure["traceback"]
    assert "direct cause" in failure["traceback"]
    assert failure["message"].endswith("RuntimeError: bad rate")
    assert failure["line"] == 6


def test_an_exception_class_of_the_model(project):
    failure = project.failure(
        """
        class RateMissing(Exception):
            pass

        def model(dbt, session):
            raise RateMissing()
        """,
        "DVT126",
    )
    assert failure["message"] == "Python model 'm' raised RateMissing"


def test_an_exception_whose_text_fails(project):
    failure = project.failure(
        """
        class Odd(Exception):
            def __str__(self):
                raise ValueError("no text")

        def model(dbt, session):
            raise Odd()
        """,
        "DVT126",
    )
    assert "Odd" in failure["message"]
    assert failure["line"] == 7


def test_a_huge_text_is_cut(project):
    failure = project.failure("def model(dbt, session): raise ValueError('x' * 10**7)", "DVT126")
    assert len(failure["message"]) < 11_000
    assert "characters left out" in failure["message"]


def test_lone_surrogates_do_not_break_the_message(project):
    failure = project.failure("def model(dbt, session): raise ValueError('a\\udc80b')", "DVT126")
    assert "ValueError: a?b" in failure["message"]


def test_a_syntax_error(project):
    failure = project.failure("def model(dbt, session):\n    return (1 +\n", "DVT126")
    assert "syntax error" in failure["message"]
    assert failure["line"] == 2
    assert failure["column"] > 0


def test_a_syntax_error_in_a_helper(project):
    helper = project.write("helpers/bad.py", "x = 1\ny = = 2\n")
    failure = project.failure("import helpers.bad\ndef model(dbt, session): ...", "DVT126")
    assert (failure["file"], failure["line"], failure["column"]) == (str(helper), 2, 5)


def test_a_null_byte_in_the_file(project):
    (project.root / "models" / "m.py").write_bytes(b"x = 1\0\n")
    client = project._start(project.root)
    client.receive()
    client.send(project.request("m"))
    failure = client.finish()
    assert failure["code"] == "DVT126"
    assert "null byte" in failure["message"]


def test_a_file_that_is_not_utf8(project):
    (project.root / "models" / "m.py").write_bytes(b"x = '\xe9'\n")
    client = project._start(project.root)
    client.receive()
    client.send(project.request("m"))
    failure = client.finish()
    assert failure["code"] == "DVT126"
    assert "utf-8" in failure["message"].lower()


def test_a_file_that_is_gone(project):
    client = project._start(project.root)
    client.receive()
    client.send(project.request("gone"))
    failure = client.finish()
    assert failure["code"] == "DVT126"
    assert "gone.py" in failure["message"]


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("x = 1", "model-missing", "no function 'model'"),
        ("model = 3", "model-missing", "'model' is a int"),
        ("def model(dbt): ...", "model-signature", "model(dbt)"),
        ("def model(dbt, session, extra): ...", "model-signature", "(dbt, session, extra)"),
    ],
)
def test_no_fit_model(project, text, code, says):
    assert says in project.failure(text, code)["message"]


def test_extra_defaults_and_stars_are_accepted(project):
    assert project.rows(
        "def model(dbt, session, /, *args, **kwargs): return session.sql('select 1 as a')"
    )


def test_a_missing_environment_variable(project):
    failure = project.failure(
        """
        import os

        def model(dbt, session):
            key = os.environ["STRIPE_API_KEY_OF_NOBODY"]
        """,
        "DVT126",
    )
    assert "STRIPE_API_KEY_OF_NOBODY' is not set" in failure["message"]
    assert ".env" in failure["message"]
    assert failure["line"] == 5


def test_a_missing_file_says_where_paths_start(project):
    failure = project.failure("def model(dbt, session): open('data/none.csv')", "DVT126")
    assert str(project.root) in failure["message"]


def test_a_relative_import(project):
    failure = project.failure("from . import helpers\ndef model(dbt, session): ...", "DVT126")
    assert "without the leading dot" in failure["message"]


def test_an_endless_recursion(project):
    failure = project.failure(
        """
        def down(n):
            return down(n + 1)

        def model(dbt, session):
            return down(0)
        """,
        "DVT126",
    )
    assert "RecursionError" in failure["message"]
    assert failure["line"] == 3
    assert len(failure["traceback"]) < 5_000


def test_no_memory(project):
    failure = project.failure("def model(dbt, session): raise MemoryError", "DVT126")
    assert "MemoryError" in failure["message"]
    assert "aggregate" in failure["message"]


def test_sys_exit(project):
    failure = project.failure("def model(dbt, session):\n    import sys\n    sys.exit(3)", "DVT126")
    assert "sys.exit(3)" in failure["message"]
    assert failure["line"] == 3


def test_a_keyboard_interrupt(project):
    failure = project.failure("def model(dbt, session): raise KeyboardInterrupt", "DVT126")
    assert "KeyboardInterrupt" in failure["message"]


def test_reading_from_the_terminal(project):
    failure = project.failure("def model(dbt, session): input('name? ')", "DVT126")
    assert "EOFError" in failure["message"]
    assert "no terminal" in failure["message"]


def test_a_query_that_fails_only_when_it_is_evaluated(project):
    failure = project.failure(
        """
        def model(dbt, session):
            rows = session.sql("select cast(x as int) as a from (values ('1'), ('b')) t(x)")
            return rows
        """,
        "DVT126",
    )
    assert "Could not convert string 'b'" in failure["message"]
    assert failure["line"] == 4


def test_an_exception_group(project):
    if sys.version_info < (3, 11):
        pytest.skip("exception groups came with 3.11")
    failure = project.failure(
        """
        def model(dbt, session):
            raise ExceptionGroup("both", [ValueError("a"), KeyError("b")])
        """,
        "DVT126",
    )
    assert "ValueError: a" in failure["traceback"]
    assert "KeyError: 'b'" in failure["traceback"]
