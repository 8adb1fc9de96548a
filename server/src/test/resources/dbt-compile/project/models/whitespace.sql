

{{ config(
    materialized='table'
) }}

  {%- if true %}
select 1 as a   
  {%- endif %}
;


