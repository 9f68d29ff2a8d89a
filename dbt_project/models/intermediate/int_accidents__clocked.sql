with dated as (
    select
        accidents.*,
        case when accidents.is_closed then accidents.closed_on end as ended_on,
        {{ days_after('accidents.occurred_on', 'clocks.within_days') }} as closing_due_on
    from {{ ref('fct_accidents') }} as accidents
    left join {{ ref('stg_campaigns__accident_clocks') }} as clocks
        on accidents.campaign_id = clocks.campaign_id and accidents.grade = clocks.grade
)

select
    dated.campaign_id,
    dated.form_id,
    dated.unit_id,
    reporters.unit_position,
    reporters.unit_name,
    dated.row_key,
    dated.accident_number,
    dated.occurred_on,
    dated.place_unit_id,
    places.unit_name as place_name,
    dated.industry,
    dated.enterprise,
    dated.grade,
    dated.grade_name,
    dated.deaths,
    dated.injured,
    dated.direct_loss,
    dated.closed_on,
    dated.closing_due_on,
    case
        when dated.ended_on <= dated.closing_due_on then 'closed_in_time'
        when dated.ended_on > dated.closing_due_on then 'closed_late'
        when dated.is_closed then 'closed'
        when dated.closing_due_on < {{ as_of_date() }} then 'overdue'
        else 'open'
    end as closing_state,
    case
        when dated.closing_due_on is not null
            then
                greatest(
                    {{ days_between('dated.closing_due_on', 'coalesce(dated.ended_on, ' ~ as_of_date() ~ ')') }}, 0
                )
    end as days_over,
    dated.same_as,
    dated.is_date_changed,
    dated.is_dated_ahead,
    dated.submission_id,
    dated.source_cell
from dated
left join {{ ref('int_units__latest') }} as reporters
    on dated.campaign_id = reporters.campaign_id and dated.unit_id = reporters.unit_id
left join {{ ref('int_units__latest') }} as places
    on dated.campaign_id = places.campaign_id and dated.place_unit_id = places.unit_id
