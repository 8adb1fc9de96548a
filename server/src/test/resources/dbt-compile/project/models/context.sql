{% set started = modules.datetime.date(2024, 2, 29) %}
select
  '{{ this.schema }}.{{ this.identifier }} {{ this.name }}' as a,
  '{{ target.name }} {{ target.type }} {{ target.schema }}' as b,
  '{{ model.name }} {{ model.unique_id }} {{ model.alias }} {{ model.package_name }}' as c,
  '{{ project_name }} {{ execute }} {{ flags.FULL_REFRESH }}' as d,
  '{{ var("start") }} {{ var("nope", "d") }} {{ env_var("CMP_UNSET", "e") }}' as e,
  '{{ started.isoformat() }} {{ modules.re.sub("a", "b", "aa") }}' as f,
  '{{ tojson({"b": 1, "a": [1, none, true]}) }} {{ fromjson("[1, 2]")[1] }}' as g,
  '{{ config.get("materialized") }} {{ config.get("nope", "d") }}' as h,
  '{{ set([1, 1]) | list }} {{ zip([1], [2]) | list }} {{ local_md5("x") }}' as i,
  '{{ list_of() | join("/") }} {{ utils.who() }} {{ utils.width() }} {{ shop.list_of() }}' as j,
  '{% call utils.wrapped() %}in{% endcall %}' as k,
  {{ "1" | as_number }} as l,
  '{{ adapter.quote("q") }} {{ adapter.type() }}' as m,
  '{{ undefined_name | default("u") }}{% if other_undefined %}x{% endif %}' as n,
  '{{ 5 is divisibleby 5 }} {{ "a,b".split(",") }} {{ "%03d" | format(7) }}' as o,
  '{{ builtins.ref("stg_orders").identifier }}' as p,
  '{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% if i > 3 %}{% break %}{% endif %}{{ i }}{% endfor %}' as q
from {{ orders_ref() }}, {{ source('ops', 'orders') }} {# gone #}
{% raw %}-- {{ kept }}{% endraw %}
