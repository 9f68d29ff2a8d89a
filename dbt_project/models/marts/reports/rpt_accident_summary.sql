with forms as (
    select
        campaign_id,
        form_id
    from {{ ref('stg_campaigns__forms') }}
    where subject = 'accident'
),

spans as (
    select * from {{ ref('stg_campaigns__spans') }}
    where
        starts_on <= {{ as_of_date() }}
        and campaign_id in (select forms.campaign_id from forms)
),

reports as (
    select
        spans.campaign_id,
        spans.period,
        count(*) as received_to_date,
        count(*) filter (where reported.starts_on >= spans.starts_on) as received
    from spans
    inner join spans as reported
        on
            spans.campaign_id = reported.campaign_id
            and spans.year_starts_on <= reported.starts_on
            and spans.ends_on >= reported.ends_on
    inner join {{ ref('int_submissions__versioned') }} as versions
        on reported.campaign_id = versions.campaign_id and reported.period = versions.period
    inner join forms on versions.campaign_id = forms.campaign_id and versions.form_id = forms.form_id
    where versions.is_current
    group by spans.campaign_id, spans.period
),

counted as (
    select
        spans.campaign_id,
        spans.period,
        spans.cadence,
        spans.starts_on,
        spans.ends_on,
        spans.base_period,
        spans.ends_on < {{ as_of_date() }} as is_final,
        coalesce(sums.cut, 'all') as cut,
        coalesce(sums.cut_value, 'all') as cut_value,
        sums.cut_name,
        cast(coalesce(reports.received, 0) as int) as reports_received,
        cast(coalesce(reports.received_to_date, 0) as int) as reports_received_to_date,
        {% for measure in ['unknown_deaths', 'unknown_deaths_to_date', 'suspected_twice_to_date'] -%}
            cast(coalesce(sums.{{ measure }}, 0) as int) as {{ measure }},
        {% endfor -%}
        {{ known_count('sums.accidents', 'reports.received') }} as accidents,
        {{ known_sum('sums.deaths', 'sums.accidents', 'reports.received') }} as deaths,
        {{ known_sum('sums.injured', 'sums.accidents', 'reports.received') }} as injured,
        {{ known_count('sums.accidents_to_date', 'reports.received_to_date') }} as accidents_to_date,
        {{ known_sum('sums.deaths_to_date', 'sums.accidents_to_date', 'reports.received_to_date') }} as deaths_to_date,
        {{ known_count('sums.base_accidents', 'whole.accidents_in_base_year') }} as base_accidents,
        {{ known_sum('sums.base_deaths', 'sums.base_accidents', 'whole.accidents_in_base_year') }} as base_deaths,
        {{ known_count('sums.base_accidents_to_date', 'whole.accidents_in_base_year') }} as base_accidents_to_date,
        {{ known_sum('sums.base_deaths_to_date', 'sums.base_accidents_to_date', 'whole.accidents_in_base_year') }}
            as base_deaths_to_date,
        {{ known_count('sums.closed', 'reports.received_to_date') }} as closed,
        {{ known_count('sums.closed_late', 'reports.received_to_date') }} as closed_late,
        {{ known_count('sums.overdue', 'reports.received_to_date') }} as overdue
    from spans
    left join {{ ref('int_accidents__by_span') }} as sums
        on spans.campaign_id = sums.campaign_id and spans.period = sums.period
    left join {{ ref('int_accidents__by_span') }} as whole
        on spans.campaign_id = whole.campaign_id and spans.period = whole.period and whole.cut = 'all'
    left join reports on spans.campaign_id = reports.campaign_id and spans.period = reports.period
)

select
    *,
    {{ change_percent('accidents', 'base_accidents') }} as accidents_change,
    {{ change_percent('deaths', 'base_deaths') }} as deaths_change,
    {{ change_percent('accidents_to_date', 'base_accidents_to_date') }} as accidents_to_date_change,
    {{ change_percent('deaths_to_date', 'base_deaths_to_date') }} as deaths_to_date_change
from counted
