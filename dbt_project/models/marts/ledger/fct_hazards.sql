{% set last_open_on = 'greatest(judged.first_found_on, coalesce(judged.done_on, ' ~ as_of_date() ~ '))' %}
{# What the last line on a hazard says, under the names it has there. #}
{% set as_said = [
    'campaign_id', 'hazard_id', 'shared_hazard_id', 'unit_id', 'form_id', 'hazard_number', 'enterprise',
    'enterprise_key', 'sector', 'criterion', 'level', 'source', 'found_by', 'has_inspectors', 'listed_level', 'listed_by',
    'supervised_by', 'supervision_number', 'supervised_on', 'notified_role', 'has_notified_person', 'notified_on',
    'status', 'reopened_count', 'penalties', 'first_period', 'submission_id',
] %}
{% set elements = plan_elements() | map(attribute=0) %}
{# Put together first: all lines pass here, and one in many is the last on its hazard. #}
with last_versions as (
    select
        versions.submission_id,
        versions.row_number,
        first_versions.period as first_period,
        present.found_on as first_found_on,
        present.listed_on as last_listed_on,
        present.delisted_on as last_delisted_on,
        present.rectified_on as last_rectified_on,
        present.closed_on as last_closed_on,
        coalesce(present.status, 'open') as status,
        coalesce(present.reopened_count, 0) as reopened_count
    from {{ ref('int_hazards__versions') }} as versions
    inner join {{ ref('int_hazards__versions') }} as first_versions
        on versions.campaign_id = first_versions.campaign_id and versions.hazard_id = first_versions.hazard_id
    left join {{ ref('int_hazards__present') }} as present
        on versions.campaign_id = present.campaign_id and versions.hazard_id = present.hazard_id
    where versions.is_last and first_versions.version_number = 1
),

elements as (
    select
        campaign_id,
        form_id,
        cast(count(*) as int) as plan_elements_asked
    from {{ ref('stg_campaigns__columns') }}
    where column_id in ('{{ elements | join("', '") }}')
    group by campaign_id, form_id
),

judged as (
    select
        lines.*,
        last_versions.first_period,
        last_versions.first_found_on,
        last_versions.last_listed_on,
        last_versions.last_delisted_on,
        last_versions.reopened_count,
        last_versions.status,
        last_versions.last_rectified_on,
        last_versions.last_closed_on,
        coalesce(last_versions.last_rectified_on, last_versions.last_closed_on) as done_on
    from {{ ref('int_hazards__lines') }} as lines
    inner join last_versions
        on lines.submission_id = last_versions.submission_id and lines.row_number = last_versions.row_number
)

select
    {% for column in as_said %}
        judged.{{ column }},
    {% endfor %}
    judged.place as place_unit_id,
    judged.hazard as hazard_text,
    criteria.criterion_id,
    criteria.state = 'in_force' as is_criterion_in_force,
    judged.first_found_on as found_on,
    judged.last_listed_on as listed_on,
    judged.last_delisted_on as delisted_on,
    deadlines.due_on,
    judged.last_rectified_on as rectified_on,
    case when judged.status = 'closed' then judged.last_closed_on end as closed_on,
    cast(year(judged.first_found_on) as int) as vintage,
    {{ days_between('judged.first_found_on', last_open_on) }} as days_open,
    {{ working_days_late('deadlines.due_on', 'judged.done_on', 'due_days', 'end_days') }} as overdue_workdays,
    cast({{ plan_elements_present('judged') }} as int) as plan_elements,
    coalesce(elements.plan_elements_asked, 0) as plan_elements_asked,
    judged.period as last_period,
    judged.sheet_name || '!' || judged.row_ref as source_row
from judged
left join elements on judged.campaign_id = elements.campaign_id and judged.form_id = elements.form_id
{{ criterion_of('judged', 'judged.first_found_on', 'left') }}
left join {{ ref('int_hazards__deadlines') }} as deadlines
    on
        judged.campaign_id = deadlines.campaign_id
        and judged.hazard_id = deadlines.hazard_id
        and deadlines.until_on is null
left join {{ ref('stg_campaigns__calendar_days') }} as due_days
    on judged.campaign_id = due_days.campaign_id and deadlines.due_on = due_days.day
left join {{ ref('stg_campaigns__calendar_days') }} as end_days
    on
        judged.campaign_id = end_days.campaign_id
        and coalesce(judged.done_on, {{ as_of_date() }}) = end_days.day
