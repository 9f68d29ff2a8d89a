{#
  Working days by which something was or is late: those after the due day up to the day it was done, or up to the day of
  the build. Null without a due day. `due_days` and `end_days` are stg_campaigns__calendar_days of the two days.
#}
{% macro working_days_late(due_on, done_on, due_days, end_days) -%}
    case
        when {{ due_on }} is null then null
        when coalesce({{ done_on }}, {{ as_of_date() }}) <= {{ due_on }} then 0
        else {{ end_days }}.working_days - {{ due_days }}.working_days
    end
{%- endmacro %}

{# How many of the five plan elements (责任人、措施、资金、期限、预案) a line names. #}
{% macro plan_elements_present(line) -%}
    case when {{ line }}.has_responsible then 1 else 0 end
    + case when {{ line }}.measures is not null then 1 else 0 end
    + case when {{ line }}.funds is not null then 1 else 0 end
    + case when {{ line }}.due_on is not null then 1 else 0 end
    + case when {{ line }}.emergency_plan is not null then 1 else 0 end
{%- endmacro %}
