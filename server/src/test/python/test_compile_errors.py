"""What goes wrong while a SQL model is compiled: code, sentence, file and line."""

from __future__ import annotations

import os

import pytest
from conftest import WORKER


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        ("select 1\n{{ ref('no_such') }}", "DVT120", 2, "there is no no_such"),
        ("{{ source('shop', 'no_such') }}", "DVT121", 1, "there is no no_such"),
        ("{{ ref() }}", "DVT120", 1, "ref() takes a model's name"),
        ("{{ source('shop') }}", "DVT121", 1, "source() takes a source's name"),
        ("a\nb\n{{ whoo }}", "compile-failed", 3, "'whoo' is undefined."),
        ("{{ sauce('a', 'b') }}", "compile-failed", 1, "Did you mean source?"),
        ("{{ utils.pick() }}", "compile-failed", 1, "install the packages first"),
        ("{{ target.warehose }}", "compile-failed", 1, "has no 'warehose'"),
        ("{{ 'a' ~ target.warehose }}", "compile-failed", 1, "has no 'warehose'"),
        ("select\n{% if %}", "compile-failed", 2, "Jinja syntax error: Expected an expression"),
        ("select\n\n{% for a in [1] %}", "compile-failed", 3, "Jinja syntax error: Unexpected end"),
        ("{{ exceptions.raise_compiler_error('no such year') }}", "compile-failed", 1, "no such"),
        ("{{ var('nobody') }}", "compile-failed", 1, "The variable 'nobody' is not defined."),
        ("{{ env_var('NOT_SET') }}", "compile-failed", 1, "NOT_SET is not set"),
        ("{{ env_var('DBT_ENV_SECRET_X') }}", "compile-failed", 1, "is a secret"),
        ("{{ config.require('nope') }}", "compile-failed", 1, "no 'nope' (materialized)"),
        ("{{ return(1) }}", "compile-failed", 0, "return() is for macros"),
        ("{{ 1 / 0 }}", "compile-failed", 1, "ZeroDivisionError: division by zero."),
        ("{{ ''.__class__.__mro__ }}", "compile-failed", 1, "unsafe"),
        ("{{ this.nope }}", "compile-failed", 1, "has no 'nope'"),
        ("{% set x = run_query('select 1') %}", "compile-failed", 1, "the model needs run_query()"),
        ("{{ adapter.get_relation(1) }}", "compile-failed", 1, "needs adapter.get_relation()"),
        ("{% for n in graph.nodes %}{% endfor %}", "compile-failed", 1, "the model needs graph"),
        ("{{ exceptions.nope() }}", "compile-failed", 1, "exceptions.nope is not one"),
    ],
)
def test_errors(compiler, text, code, line, says):
    failure = compiler.failure(text)
    assert failure["code"] == code, failure
    assert says in failure["message"], failure
    assert failure["line"] == line, failure
    assert failure["file"] == str(compiler.root / "models/m.sql")


def test_the_session_goes_on_after_an_error(compiler):
    compiler.failure("{{ nope }}")
    assert compiler.compile("select 1") == "select 1"


def test_an_error_in_a_macro_of_the_project_points_into_it(compiler):
    file = compiler.write(
        "macros/outer.sql",
        """
        {% macro outer() %}
          {{ inner() }}
        {% endmacro %}
        {% macro inner() %}
          {{ whoo }}
        {% endmacro %}
        """,
    )
    failure = compiler.failure("\n{{ outer() }}")
    assert (failure["file"], failure["line"]) == (str(file), 6)
    assert failure["traceback"].splitlines() == [
        "models/m.sql:2",
        "macros/outer.sql:3, in macro shop.outer",
        "macros/outer.sql:6, in macro shop.inner",
    ]


def test_an_error_in_a_package_points_to_the_models_line(compiler):
    compiler.package(
        "utils", "\n\n{% macro values(c) %}\n{% set r = run_query(c) %}{{ r }}{% endmacro %}"
    )
    failure = compiler.failure("\n\n{{ utils.values('a') }}")
    assert (failure["file"], failure["line"]) == (str(compiler.root / "models/m.sql"), 3)
    assert failure["message"].startswith(
        "macro 'utils.values' (dbt_packages/utils/macros/all.sql:3) needs run_query(), which asks"
    )
    assert "dbt_packages/utils/macros/all.sql:4, in macro utils.values" in failure["traceback"]


def test_a_statement_block_names_its_macro(compiler):
    compiler.write(
        "macros/s.sql",
        "{% macro s() %}{% call statement('x', fetch_result=True) %}q{% endcall %}{% endmacro %}",
    )
    assert (
        "macro 'shop.s' (macros/s.sql:1) needs statement()"
        in (compiler.failure("{{ s() }}")["message"])
    )


def test_the_nearest_macro_is_named(compiler):
    compiler.package("utils", "{% macro pick() %}{% endmacro %}")
    compiler.write("macros/c.sql", "{% macro cents_to_dollars() %}{% endmacro %}")
    assert (
        "has no macro 'pik'. Did you mean pick?" in compiler.failure("{{ utils.pik() }}")["message"]
    )
    assert (
        "Did you mean cents_to_dollars?" in (compiler.failure("{{ cent_to_dollars() }}")["message"])
    )


def test_wrong_arguments_of_a_macro(compiler):
    compiler.write("macros/c.sql", "{% macro cents(a) %}{{ a }}{% endmacro %}")
    assert compiler.failure("{{ cents(1, 2) }}")["message"] == (
        "TypeError: macro 'cents' takes not more than 1 argument(s)."
    )
    assert "parameter 'a' was not provided" in compiler.failure("{{ cents() }}")["message"]


def test_a_macro_without_end(compiler):
    compiler.write("macros/c.sql", "{% macro loop() %}{{ loop() }}{% endmacro %}")
    assert compiler.failure("{{ loop() }}")["message"] == "A macro calls itself without end."
    assert compiler.compile("select 1") == "select 1"


def test_a_dispatch_without_macro(compiler):
    message = compiler.failure("{{ adapter.dispatch('f', 'utils')() }}")["message"]
    assert "neither for 'postgres' nor default__f" in message
    assert "shop.postgres__f, utils.postgres__f" in message


def test_a_broken_macro_file_is_told_once_and_fails_who_uses_it(compiler):
    file = compiler.write("macros/bad.sql", "{% macro bad() %}\n{{ 1 + }}\n{% endmacro %}")
    compiler.write("macros/good.sql", "{% macro good() %}ok{% endmacro %}")
    assert compiler.compile("{{ good() }}") == "ok"
    failure = compiler.failure("select\n{{ bad() }}")
    assert (failure["file"], failure["line"]) == (str(file), 2)
    assert "Jinja syntax error" in failure["message"]
    warnings = [m["message"] for m in compiler.client.of_type("warning")]
    assert len(warnings) == 1
    assert warnings[0].startswith(
        "macros/bad.sql:2: Jinja syntax error: unexpected 'end of print statement'"
    )


def test_without_jinja2(project, start, tmp_path):
    (tmp_path / "jinja2.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'jinja2'\", name='jinja2')"
    )
    client = start(project.root, {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(WORKER)])})
    client.send({"type": "compiler"})
    failure = client.finish()
    assert failure["code"] == "python-environment"
    assert "jinja2 is not installed" in failure["message"]


def test_compiling_needs_no_duckdb(compiler, tmp_path, monkeypatch):
    (tmp_path / "duckdb.py").write_text("raise ModuleNotFoundError('no', name='duckdb')")
    (tmp_path / "pandas.py").write_text("raise ModuleNotFoundError('no', name='pandas')")
    monkeypatch.setenv("PYTHONPATH", "")
    path = os.pathsep.join([str(tmp_path), str(WORKER)])
    compiler._start, begin = (
        (lambda root, env: begin(root, {**env, "PYTHONPATH": path})),
        (compiler._start),
    )
    assert compiler.compile("select 1") == "select 1"
