"""Jinja in profiles and project files."""

from __future__ import annotations

import os

import pytest
from conftest import WORKER, Project


def render(project: Project, start, templates, environment=None, **fields):
    client = start(project.root, environment or {})
    client.send({"type": "render", "templates": templates, "vars": {}, **fields})
    assert client.receive()["type"] == "ready"
    return client.finish()


def test_values(project, start):
    answer = render(
        project,
        start,
        {
            "password": "{{ env_var('PG_PASSWORD') }}",
            "port": "{{ env_var('PG_PORT_UNSET', '5432') | int | as_number }}",
            "schema": "dbt_{{ var('who') }}",
            "plain": "no jinja",
        },
        {"PG_PASSWORD": "p@ss/w:rd"},
        vars={"who": "ann"},
    )
    assert answer["error"] is None
    assert answer["values"] == {
        "password": "p@ss/w:rd",
        "port": "5432",
        "schema": "dbt_ann",
        "plain": "no jinja",
    }


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ env_var('NOT_SET_ANYWHERE') }}", "NOT_SET_ANYWHERE is not set"),
        ("{{ var('nope') }}", "variable nope is not defined"),
        ("{{ unknown }}", "'unknown' is undefined"),
        ("{{ env_var('A' }}", "line 1"),
        ("{{ ''.__class__.__mro__ }}", "__class__' of 'str' object is unsafe"),
    ],
)
def test_errors_name_the_key(project, start, template, says):
    answer = render(project, start, {"outputs.dev.password": template})
    assert answer["values"] is None
    assert answer["error"].startswith("outputs.dev.password: ")
    assert says in answer["error"]


def test_without_jinja2(project, start, tmp_path):
    (tmp_path / "jinja2.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'jinja2'\", name='jinja2')"
    )
    path = os.pathsep.join([str(tmp_path), str(WORKER)])
    answer = render(project, start, {"a": "{{ 1 }}"}, {"PYTHONPATH": path})
    assert "jinja2 is not installed" in answer["error"]
    assert "pip install jinja2" in answer["error"]


def test_rendering_needs_no_duckdb(project, start, tmp_path):
    (tmp_path / "duckdb.py").write_text("raise ModuleNotFoundError('no', name='duckdb')")
    path = os.pathsep.join([str(tmp_path), str(WORKER)])
    assert render(project, start, {"a": "{{ 1 }}"}, {"PYTHONPATH": path})["values"] == {"a": "1"}


def test_a_worker_that_could_run_a_model_renders_too(project, start):
    client = start(project.root)
    client.receive()
    client.send({"type": "render", "templates": {"a": "{{ 1 + 1 }}"}, "vars": {}})
    assert client.finish()["values"] == {"a": "2"}
