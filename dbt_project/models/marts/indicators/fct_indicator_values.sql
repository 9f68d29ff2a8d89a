{{ keep_untouched('int_reports__stale', ['campaign_id', 'form_id', 'unit_id', 'period']) }}

with current_submissions as (
    select * from {{ ref('int_submissions__versioned') }}
    where is_current
),

asked as (
    select
        reports.campaign_id,
        reports.form_id,
        reports.unit_id,
        reports.reporting_scope,
        reports.period,
        reports.is_first_period,
        indicators.item_code,
        indicators.part,
        indicators.kind,
        case
            when reports.reporting_scope = 'territory' then indicators.applies_to_territory
            when reports.reporting_scope = 'city_level' then indicators.applies_to_city_level
        end as is_applicable
    from {{ ref('int_reports__begun') }} as reports
    inner join {{ ref('stg_campaigns__indicators') }} as indicators
        on reports.campaign_id = indicators.campaign_id and reports.form_id = indicators.form_id
    {{ if_stale('where', 'reports') }}
),

answered as (
    select
        asked.*,
        current_submissions.submission_id,
        coalesce(figures.value_state, 'blank') as reported_state,
        figures.value,
        figures.previous_value,
        figures.reported_value,
        figures.correction_id,
        figures.source_cell
    from asked
    left join current_submissions
        on
            asked.campaign_id = current_submissions.campaign_id
            and asked.form_id = current_submissions.form_id
            and asked.unit_id = current_submissions.unit_id
            and asked.period = current_submissions.period
    left join {{ ref('int_figures__corrected') }} as figures
        on
            current_submissions.submission_id = figures.submission_id
            and asked.item_code = figures.item_code
            and asked.part = figures.part
)

select
    campaign_id,
    form_id,
    unit_id,
    reporting_scope,
    period,
    item_code,
    part,
    case
        when submission_id is null then 'not_received'
        when reported_state = 'blank' and not is_applicable then 'not_applicable'
        else reported_state
    end as value_state,
    cast(value as decimal(18, 4)) as cumulative_value,
    cast(
        case
            when kind = 'stock' then value - previous_value
            when kind in ('cumulative_count', 'cumulative_amount') and is_first_period then value
            when kind in ('cumulative_count', 'cumulative_amount') then value - previous_value
        end as decimal(18, 4)
    ) as month_value,
    cast(reported_value as decimal(18, 4)) as reported_value,
    correction_id,
    submission_id,
    source_cell
from answered
