{{ keep_untouched('int_hazards__relisted', ['submission_id']) }}

{# What was done before a hazard was reopened, by its day or by a relapse, no longer holds. #}
{% set relapsed_on = "case when lines.lookback_result = 'relapsed' then lines.looked_back_on end" %}
{% set again = 'coalesce(lines.reopened_on, ' ~ relapsed_on ~ ')' %}

with submissions as (
    select
        versions.submission_id,
        versions.previous_period,
        coalesce(allowed.cutoff_on, versions.filled_on, versions.received_on) as reported_as_of
    from {{ ref('int_submissions__versioned') }} as versions
    left join {{ ref('int_reports__allowed') }} as allowed
        on
            versions.campaign_id = allowed.campaign_id
            and versions.form_id = allowed.form_id
            and versions.unit_id = allowed.unit_id
            and versions.period = allowed.period
    where versions.is_current {{ if_stale('and', 'versions') }}
)

select
    {{ all_but('lines', ['found_on']) }},
    case when lines.is_found_by_month then {{ found_in_month('lines', 'submissions') }} else lines.found_on end
        as found_on,
    submissions.previous_period,
    submissions.reported_as_of,
    links.hazard_id,
    links.shared_hazard_id,
    repeated.row_passed_over,
    coalesce(repeated.lines_of_hazard, 1) as lines_of_hazard,
    coalesce(repeated.is_worded_twice, false) as is_worded_twice,
    case when {{ again }} is null or lines.rectified_on > {{ again }} then lines.rectified_on end as live_rectified_on,
    case when {{ again }} is null or lines.closed_on > {{ again }} then lines.closed_on end as live_closed_on
from {{ ref('stg_submissions__hazard_lines') }} as lines
inner join submissions on lines.submission_id = submissions.submission_id
inner join {{ ref('stg_build__hazard_links') }} as links
    on lines.campaign_id = links.campaign_id and lines.signature = links.signature
left join {{ ref('fct_hazard_line_choices') }} as repeated
    on lines.submission_id = repeated.submission_id and lines.row_number = repeated.row_number
where coalesce(repeated.is_counted, true)
