{% macro surrogate(columns) -%}
  {{ return(adapter.dispatch('surrogate', 'utils')(columns)) }}
{%- endmacro %}

{% macro default__surrogate(columns) -%}
  {%- set parts = [] -%}
  {%- for column in columns -%}
    {%- do parts.append("coalesce(cast(" ~ column ~ " as varchar), '')") -%}
    {%- if not loop.last %}{%- do parts.append("'-'") -%}{%- endif -%}
  {%- endfor -%}
  md5({{ parts | join(' || ') }})
{%- endmacro %}

{% macro wrapped() %}<{{ caller() }}>{% endmacro %}
{% macro width() %}{{ var('width', 0) }}{% endmacro %}
{% macro who() %}{{ adapter.dispatch('who', 'utils')() }}{% endmacro %}
{% macro default__who() %}utils{% endmacro %}
{% test is_odd(model, column_name) %}select * from {{ model }} where {{ column_name }} % 2 = 0{% endtest %}
