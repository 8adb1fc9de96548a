{% macro cents_to_dollars(column, digits=2) -%}
    round({{ column }} / 100.0, {{ digits }})
{%- endmacro %}
{% macro orders_ref() %}{{ ref('stg_orders') }}{% endmacro %}
{% macro default__who() %}shop{% endmacro %}
{% macro list_of() %}{{ return(['a', 'b']) }}{% endmacro %}
{% materialization mine, adapter='duckdb' %}{{ return({'relations': []}) }}{% endmaterialization %}
{% macro named(a, b=none, c='d') %}'{{ a }} {{ b }} {{ c }}'{% endmacro %}
{% macro many() %}'{{ varargs }} {{ kwargs }}'{% endmacro %}
{% macro each(items) %}{% for i in items %}{{ caller(i) }}{% endfor %}{% endmacro %}
{% macro maybe(x) %}{% if x is none %}{{ return('was none') }}{% endif %}unreachable{% endmacro %}
