{% macro rounded(column, digits=2) -%}
    cast(round({{ column }}, {{ digits }}) as decimal(14, {{ digits }}))
{%- endmacro %}
