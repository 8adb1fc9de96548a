"""SQL models as dbt compiles them: names, macros, packages."""

from __future__ import annotations

import pytest


def test_a_model(compiler):
    sql = compiler.compile(
        """
        {{ config(materialized='table', tags=["a"]) }}
        {# a comment #}
        select * from {{ ref('orders') }} join {{ source('shop', 'items') }} using (id)
        """
    )
    assert sql.strip() == 'select * from "public"."orders" join "shop"."items" using (id)'
    assert compiler.last["config"] == {"materialized": "table", "tags": ["a"]}


def test_many_models_in_one_process(compiler):
    assert [compiler.compile(f"select {n} as {{{{ var('who') }}}}") for n in range(3)] == [
        "select 0 as ann",
        "select 1 as ann",
        "select 2 as ann",
    ]


def test_a_ref_of_a_package_and_a_version(compiler):
    compiler.compile("{{ ref('pkg', 'm', v=2) }} {{ ref('pkg', 'm', version=2) }}")
    assert compiler.needed == [("ref", ["pkg", "m"], "2")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ this }}", '"db"."public"."m"'),
        ("{{ this.identifier }} {{ this.schema }} {{ this.name }}", "m public m"),
        ("{{ this.include(database=false) }}", '"public"."m"'),
        ("{{ ref('a').include(schema=false, database=false) }}", '"a"'),
        ("{% if is_incremental() %}x{% endif %}", ""),
        ("{{ target.type }}/{{ target.name }}/{{ target.schema }}", "postgres/dev/public"),
        ("{{ config.get('materialized') }} {{ config.get('no', 'd') }}", "table d"),
        ("{{ config.require('materialized') }}", "table"),
        ("{{ var('who') }} {{ var('nobody', 'else') }} {{ var.has_var('x') }}", "ann else False"),
        ("{{ env_var('COMPILE_TEST') }} {{ env_var('UNSET_IN_TESTS', 'd') }}", "set d"),
        ("{{ model.unique_id }} {{ model.name }}", "model.shop.m m"),
        ("{% set x = [1] %}{% do x.append(2) %}{{ x }}", "[1, 2]"),
        ("{% for i in range(9) %}{% if i > 1 %}{% break %}{% endif %}{{ i }}{% endfor %}", "01"),
        ("{{ modules.datetime.date(2024, 1, 2).isoformat() }}", "2024-01-02"),
        ("{{ modules.re.sub('a', 'b', 'aa') }}", "bb"),
        ("{{ modules.itertools.chain([1], [2]) | list }}", "[1, 2]"),
        ("{{ tojson({'a': 1}) }} {{ fromjson('[1]')[0] }}", '{"a": 1} 1'),
        ("{{ toyaml({'b': 1, 'a': [2]}) }}", "b: 1\na:\n- 2\n"),
        ("{{ fromyaml('a: [1, x]')['a'] }} {{ fromyaml('[', 'wrong') }}", "[1, 'x'] wrong"),
        ("{{ modules.pytz.timezone('Europe/Paris') }}", "Europe/Paris"),
        ("{{ 'x' | as_text }}{{ true | as_bool }}", "xTrue"),
        ("{{ set([1, 1]) | list }} {{ zip([1], [2]) | list }}", "[1] [(1, 2)]"),
        ("{{ local_md5('a') }}", "0cc175b9c0f1b6a831c399e269772661"),
        ("{{ project_name }} {{ execute }} {{ flags.FULL_REFRESH }}", "shop True False"),
        ("{{ adapter.quote('a\"b') }} {{ adapter.type() }}", '"a""b" postgres'),
        ("{% if nothing %}x{% else %}y{% endif %}{{ nothing | default('z') }}", "yz"),
        ("{{ run_started_at.strftime('%Y') }} {{ invocation_id }}", "2024 inv"),
        ("{{ log('quiet') }}{{ exceptions.warn('careful') }}", ""),
        ("{{ builtins.ref('a') }}", '"public"."a"'),
        ("{%- macro inside(x) -%}<{{ x }}>{%- endmacro -%}{{ inside(1) }}", "<1>"),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
    ],
)
def test_context(compiler, text, expected):
    assert compiler.compile(text) == expected


def test_incremental(compiler):
    text = "{% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}"
    assert compiler.compile(text, isIncremental=True) == (
        'where id > (select max(id) from "db"."public"."m")'
    )


def test_log_and_warn_are_told(compiler):
    compiler.compile("{{ log('hello', info=True) }}{{ exceptions.warn('careful') }}{{ print(1) }}")
    assert compiler.client.printed() == ["hello", "1"]
    assert [m["message"] for m in compiler.client.of_type("warning")] == ["careful"]


def test_macros_of_the_project(compiler):
    compiler.write(
        "macros/deep/cents.sql",
        """
        {% macro cents(column, digits=2) -%}
          round({{ column }} / {{ hundred() }}, {{ digits }})
        {%- endmacro %}
        {% macro hundred() %}{{ return(100) }}{% endmacro %}
        {% macro _hidden() %}h{% endmacro %}
        {% macro wrap() %}[{{ caller() }}]{% endmacro %}
        {% macro all() %}{{ varargs | join('+') }}{{ kwargs }}{% endmacro %}
        """,
    )
    assert compiler.compile("{{ cents('a') }}") == "round(a / 100, 2)"
    assert compiler.compile("{{ shop.cents('a', digits=1) }}") == "round(a / 100, 1)"
    assert compiler.compile("{{ hundred() + 1 }}{{ _hidden() }}") == "101h"
    assert compiler.compile("{% call wrap() %}in{% endcall %}") == "[in]"
    assert compiler.compile("{{ all(1, 2, k=3) }}") == "1+2{'k': 3}"


def test_a_macro_sees_the_model(compiler):
    compiler.write(
        "macros/m.sql",
        "{% macro from_it() %}{{ ref('orders') }} {{ this.name }} {{ model.name }}{% endmacro %}",
    )
    assert compiler.compile("{{ from_it() }}") == '"public"."orders" m m'
    assert compiler.compile("{{ from_it() }}", name="n") == '"public"."orders" n n'
    assert compiler.needed == [("ref", ["orders"], None)] * 2


def test_macros_of_packages(compiler):
    compiler.package(
        "utils",
        """
        {% macro pick(x) %}{{ return(adapter.dispatch('pick', 'utils')(x)) }}{% endmacro %}
        {% macro default__pick(x) %}default {{ x }} {{ helper() }}{% endmacro %}
        {% macro postgres__upper(x) %}pg {{ x }}{% endmacro %}
        {% macro default__upper(x) %}any {{ x }}{% endmacro %}
        {% macro upper(x) %}
          {{- adapter.dispatch('upper', macro_namespace='utils')(x) -}}
        {% endmacro %}
        {% macro helper() %}own{% endmacro %}
        """,
    )
    assert compiler.compile("{{ utils.pick(1) }}") == "default 1 own"
    assert compiler.compile("{{ utils.upper('a') }}") == "pg a"
    assert compiler.compile("{{ utils.upper('a') }}", dialect="duckdb") == "any a"
    assert compiler.compile("{{ utils.upper('a') }}", dialect="redshift") == "pg a"


def test_the_project_overrides_a_package(compiler):
    compiler.package(
        "utils",
        """
        {% macro pick(x) %}{{ adapter.dispatch('pick', 'utils')(x) }} {{ helper() }}{% endmacro %}
        {% macro default__pick(x) %}package{% endmacro %}
        {% macro helper() %}package{% endmacro %}
        """,
    )
    compiler.write(
        "macros/mine.sql",
        "{% macro default__pick(x) %}mine{% endmacro %}{% macro helper() %}mine{% endmacro %}",
    )
    assert compiler.compile("{{ utils.pick(1) }}") == "mine mine"


def test_the_order_of_dispatch_can_be_set(compiler):
    for name in ("utils", "spark_utils"):
        compiler.package(
            name, "{% macro default__f() %}" + name + "{% endmacro %}", root=f"packages/{name}"
        )
    order = [{"macro_namespace": "utils", "search_order": ["spark_utils", "utils"]}]
    assert compiler.compile("{{ adapter.dispatch('f', 'utils')() }}", dispatch=order) == (
        "spark_utils"
    )


def test_a_project_may_override_ref(compiler):
    compiler.write(
        "macros/ref.sql",
        "{% macro ref(n) %}{{ return(builtins.ref(n).include(database=false)) }}{% endmacro %}",
    )
    assert compiler.compile("{{ ref('a') }}") == '"public"."a"'


def test_blocks_that_are_no_macros_are_read_over(compiler):
    compiler.write(
        "macros/all.sql",
        """
        {% materialization mine, adapter='duckdb', supported_languages=['sql'] %}
          {% set x = run_query('select 1') %}{{ return({'relations': []}) }}
        {% endmaterialization %}
        {% test positive(model, column_name) %} select {{ column_name }} {% endtest %}
        {% data_test other(model) %} select 1 {% enddata_test %}
        {% snapshot s %} select 1 {% endsnapshot %}
        {% docs d %} Text with 100% and it's fine {% enddocs %}
        {# {% macro commented() %}x{% endmacro %} #}
        {% macro used() %}ok{% endmacro %}
        """,
    )
    assert compiler.compile("{{ used() }}") == "ok"


def test_vars_of_a_package(compiler):
    compiler.package("utils", "", vars={"a": "package's", "b": "package's"})
    text = "{{ var('a') }} {{ var('b') }}"
    assert compiler.compile(text, package="utils", vars={"utils": {"b": "root's"}}) == (
        "package's root's"
    )


def test_overridden_names_come_from_the_engine(compiler):
    """In DuckDB over the cache a relation has its session name only."""
    this = {"identifier": "m", "schema": "public", "parts": {"identifier": "__model__m"}}
    assert compiler.compile("{{ this }} {{ this.include(database=false) }}", this=this) == (
        "__model__m __model__m"
    )


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("{{ dbt.hash(dbt.concat(['a', 'b'])) }}", "duckdb", "md5(cast(a || b as TEXT))"),
        ("{{ dbt.hash(dbt.concat(['a', 'b'])) }}", "mariadb", "md5(cast(concat(a, b) as char))"),
        ("{{ concat(['a', 'b']) }}", "postgres", "a || b"),
        ("{{ adapter.dispatch('concat', 'dbt')(['a', 'b']) }}", "postgres", "a || b"),
        ("{{ dbt.safe_cast('a', dbt.type_int()) }}", "duckdb", "try_cast(a as integer)"),
        ("{{ dbt.type_timestamp() }}", "postgres", "timestamp without time zone"),
        (
            "{{ dbt.dateadd('day', 1, 'd') }}",
            "duckdb",
            "(d + cast(1 as bigint) * interval 1 day)",
        ),
        ("{{ dbt.dateadd('day', 1, 'd') }}", "postgres", "d + ((interval '1 day') * (1))"),
        (
            "{{ dbt.listagg('a', order_by_clause='order by a') }}",
            "mysql",
            "group_concat(a order by a separator ',')",
        ),
        ('{{ dbt.string_literal(dbt.escape_single_quotes("it\'s")) }}', "duckdb", "'it''s'"),
    ],
)
def test_portable_sql(compiler, text, dialect, expected):
    assert compiler.compile(text, dialect=dialect) == expected


def test_portable_sql_runs_in_duckdb(compiler):
    duckdb = pytest.importorskip("duckdb")
    sql = compiler.compile(
        """
        select
          {{ dbt.datediff("date '2024-01-31'", "date '2024-02-01'", 'month') }},
          {{ dbt.date_trunc('month', "date '2024-02-10'") }},
          {{ dbt.last_day("date '2024-02-10'", 'month') }},
          {{ dbt.split_part("'a-b-c'", "'-'", 2) }},
          {{ dbt.right("'abc'", 2) }}, {{ dbt.position("'b'", "'abc'") }},
          {{ dbt.any_value('1') }}, {{ dbt.bool_or('true') }}, {{ dbt.listagg("'x'") }},
          {{ dbt.cast_bool_to_text('true') }}, {{ dbt.date(2024, 1, 2) }},
          {{ dbt.array_append(dbt.array_construct([1, 2]), 3) }},
          {{ dbt.dateadd('week', -1, "date '2024-02-10'") }},
          {{ dbt.replace("'aa'", "'a'", "'b'") }}, {{ dbt.length("'abc'") }}
        """,
        dialect="duckdb",
    )
    row = [str(value) for value in duckdb.sql(sql).fetchone()]
    assert " ".join(row) == (
        "1 2024-02-01 00:00:00 2024-02-29 b bc 2 1 True x true 2024-01-02 [1, 2, 3]"
        " 2024-02-03 00:00:00 bb 3"
    )


def test_a_project_has_its_own_form_of_portable_sql(compiler):
    compiler.write("macros/own.sql", "{% macro postgres__concat(f) %}mine{% endmacro %}")
    assert compiler.compile("{{ dbt.concat(['a']) }} {{ concat(['a']) }}") == "mine mine"
    assert compiler.compile("{{ dbt.concat(['a']) }}", dialect="duckdb") == "a"


def test_portable_sql_without_a_form(compiler):
    failure = compiler.failure("{{ dbt.hash('a') }}", dialect="sqlite")
    assert "dbt.hash has no form for sqlite here" in failure["message"]
    missing = compiler.failure("{{ dbt.concatt(['a']) }}")["message"]
    assert "dbt.concatt is not one of dbt's macros that dvt-ls has. Did you mean concat?" in missing
