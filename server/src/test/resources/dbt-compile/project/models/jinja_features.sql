{%- set ns = namespace(total=0) -%}
{%- for n in [1, 2, 3] -%}{%- set ns.total = ns.total + n -%}{%- endfor -%}
{% set block %}
select {{ ns.total }} as total
{% endset %}
{%- set rows = [{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'y'}] -%}
{{ block }}
{% for row in rows | sort(attribute='a', reverse=true) -%}
, {{ row.a }} as {{ row['b'] }}_{{ loop.index }}
{% endfor -%}
{% filter upper %}, 'lower' as l{% endfilter %}
, '{{ rows | map(attribute="b") | join("|") }}' as joined
, {{ named(1, b=2) }} as named
, {{ many(1, 2, x=3) }} as many
, {% call(x) each([1, 2]) %}[{{ x }}]{% endcall %} as called
, '{{ "abc"[1:] ~ 1 }}' as sliced
, {{ 7 // 2 }} as floor, {{ 2 ** 3 }} as power, {{ 1 if false else 2 }} as ternary
, '{{ rows | tojson }}' as filtered
, '{{ none }}' as nothing, '{{ True }}' as truth, {{ 1.50 }} as number
, '{{ "x" | replace("x", "it''s") }}' as quoted
{# comment with {{ nested }} #}
, '{{ config.get("tags") }}{{ config.get("materialized", default="z") }}' as cfg
-- {{ "in a comment" }}
{%- if execute %}, 1 as executing{% endif %}
{% set returned = maybe(none) %}, '{{ returned }}' as returned
, '{{ dict(a=1).items() | list }}' as items
, {{ range(3) | list | length }} as len
, '{{ modules.datetime.datetime(2024, 1, 1).strftime("%Y%m%d") }}' as day
, '{{ (modules.datetime.date(2024, 1, 31) + modules.datetime.timedelta(days=1)).isoformat() }}' as next_day
, '{{ modules.itertools.chain([1], [2]) | list }}' as chained
, '{{ "a-b" | replace("-", "_") | upper | trim }}' as piped
, {{ shop.cents_to_dollars('x', 3) }} as qualified
