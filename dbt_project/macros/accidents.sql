{#
  What is known of accidents. A count is 0 only where somebody reported for the time; else nobody knows it.
#}
{% macro known_count(counted, reports) -%}
    case when {{ counted }} > 0 or {{ reports }} > 0 then cast(coalesce({{ counted }}, 0) as int) end
{%- endmacro %}

{# A sum of nothing is 0 where there was nothing to sum; where there was, but without numbers, nobody knows it. #}
{% macro known_sum(added, counted, reports) -%}
    case
        when {{ counted }} > 0 then {{ added }}
        when {{ reports }} > 0 then 0
    end
{%- endmacro %}

{% macro change_percent(current, base) -%}
    cast(round(({{ current }} - {{ base }}) * 100.0 / nullif({{ base }}, 0), 1) as decimal(18, 1))
{%- endmacro %}
