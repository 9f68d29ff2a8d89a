{#
  Everything in which DuckDB and Spark differ, and nothing else. A model that needs another difference adds it here.
#}
{% macro days_between(earlier, later) -%}
    {%- if target.type == 'spark' -%}
        cast(datediff({{ later }}, {{ earlier }}) as int)
    {%- else -%}
        cast({{ later }} - {{ earlier }} as int)
    {%- endif -%}
{%- endmacro %}

{% macro days_after(day, days) -%}
    {%- if target.type == 'spark' -%}
        date_add({{ day }}, {{ days }})
    {%- else -%}
        cast({{ day }} + {{ days }} as date)
    {%- endif -%}
{%- endmacro %}

{% macro day_before(day) -%}
    {%- if target.type == 'spark' -%}
        date_sub({{ day }}, 1)
    {%- else -%}
        cast({{ day }} - interval 1 day as date)
    {%- endif -%}
{%- endmacro %}

{# The distinct texts of a group, in alphabetical order, joined by a separator; null when there is none. #}
{% macro joined_text(expression, separator) -%}
    {%- if target.type == 'spark' -%}
        nullif(array_join(array_sort(collect_set({{ expression }})), '{{ separator }}'), '')
    {%- else -%}
        string_agg(distinct {{ expression }}, '{{ separator }}' order by {{ expression }})
    {%- endif -%}
{%- endmacro %}

{# Every column of a relation but these. #}
{% macro all_but(relation, columns) -%}
    {{ relation }}.* {{ 'except' if target.type == 'spark' else 'exclude' }} ({{ columns | join(', ') }})
{%- endmacro %}
