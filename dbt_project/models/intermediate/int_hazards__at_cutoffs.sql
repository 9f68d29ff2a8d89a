{{ config(materialized='table') }}

with spans as (
    select
        *,
        coalesce(
            max(case when status in ('open', 'reopened') then until_on end) over by_time,
            min(from_on) over by_time
        ) as done_since
    from {{ ref('fct_hazard_spans') }}
    window by_time as (partition by campaign_id, hazard_id order by from_on asc nulls last)
),

{# A hazard without a day of finding is known since the first list that told it. #}
known as (
    select
        hazards.campaign_id,
        hazards.form_id,
        hazards.unit_id,
        hazards.hazard_id,
        hazards.found_on,
        coalesce(hazards.found_on, periods.cutoff_on) as known_on
    from {{ ref('fct_hazards') }} as hazards
    left join {{ ref('int_hazards__periods') }} as periods
        on
            hazards.campaign_id = periods.campaign_id
            and hazards.form_id = periods.form_id
            and hazards.first_period = periods.period
),

standing as (
    select
        known.*,
        periods.period,
        periods.cutoff_on,
        spans.status,
        spans.done_since,
        deadlines.due_on,
        coalesce(deadlines.column_id = 'extended_to', false) as is_extended,
        listings.listed_on,
        listings.listed_level,
        listings.listed_by,
        listings.delisted_on
    from known
    inner join {{ ref('int_hazards__periods') }} as periods
        on
            known.campaign_id = periods.campaign_id
            and known.form_id = periods.form_id
            and known.known_on <= periods.cutoff_on
            and periods.is_recent
            and periods.period is not null
    left join spans
        on
            known.campaign_id = spans.campaign_id
            and known.hazard_id = spans.hazard_id
            and {{ is_span_of('spans', 'periods.cutoff_on') }}
    {{ deadline_on('known', 'periods.cutoff_on') }}
    {{ listing_by('known', 'periods.cutoff_on') }}
),

later_steps as (
    select
        standing.campaign_id,
        standing.hazard_id,
        standing.period,
        count(*) filter (where events.event = 'verified') as verifications,
        count(*) filter (where events.event = 'closed') as unsigned_closings
    from standing
    inner join {{ ref('int_hazards__events') }} as events
        on standing.campaign_id = events.campaign_id and standing.hazard_id = events.hazard_id
    where
        standing.status = 'rectified' and events.event_on between standing.done_since and standing.cutoff_on
        and (events.event = 'verified' or events.event = 'closed' and events.actor is null)
    group by standing.campaign_id, standing.hazard_id, standing.period
)

select
    standing.*,
    case
        when standing.status = 'closed' then 'closed'
        when standing.found_on is null then 'undated'
        when later_steps.verifications > 0 then 'verified'
        else standing.status
    end as standing,
    coalesce(
        standing.found_on is not null and standing.status in ('open', 'reopened')
        and standing.due_on < standing.cutoff_on,
        false
    ) as is_overdue,
    standing.listed_on is not null and coalesce(standing.delisted_on > standing.cutoff_on, true) as is_listed,
    coalesce(later_steps.unsigned_closings > 0, false) as is_closed_unsigned
from standing
left join later_steps
    on
        standing.campaign_id = later_steps.campaign_id
        and standing.hazard_id = later_steps.hazard_id
        and standing.period = later_steps.period
