{{ keep_untouched('int_hazards__restocked', ['campaign_id', 'hazard_id']) }}

with cutoffs as (
    select distinct
        campaign_id,
        form_id,
        period,
        cutoff_on
    from {{ ref('stg_campaigns__due_dates') }}
    where cutoff_on <= {{ as_of_date() }}
),

periods as (
    select
        cutoffs.*,
        coalesce(
            lag(cutoffs.cutoff_on) over (
                partition by cutoffs.campaign_id, cutoffs.form_id
                order by cutoffs.cutoff_on asc nulls last
            ),
            {{ day_before('campaigns.starts_on') }}
        ) as previous_cutoff_on
    from cutoffs
    inner join {{ ref('stg_campaigns__campaigns') }} as campaigns on cutoffs.campaign_id = campaigns.campaign_id
),

hazards as (
    select * from {{ ref('fct_hazards') }}
    where found_on is not null {{ if_stale('and') }}
),

spans as (
    select * from {{ ref('int_hazards__spans') }}
),

flows as (
    select
        hazards.campaign_id,
        hazards.hazard_id,
        periods.period,
        cast(count(*) filter (where events.event = 'found') as int) as found_count,
        cast(count(*) filter (where events.event = 'rectified') as int) as rectified_count,
        cast(count(*) filter (where events.event = 'closed') as int) as closed_count,
        cast(count(*) filter (where events.event = 'reopened') as int) as reopened_count
    from hazards
    inner join {{ ref('int_hazards__events') }} as events
        on hazards.campaign_id = events.campaign_id and hazards.hazard_id = events.hazard_id
    inner join periods
        on
            hazards.campaign_id = periods.campaign_id
            and hazards.form_id = periods.form_id
            and greatest(events.event_on, hazards.found_on) <= periods.cutoff_on
            and greatest(events.event_on, hazards.found_on) > periods.previous_cutoff_on
    group by hazards.campaign_id, hazards.hazard_id, periods.period
)

select
    hazards.campaign_id,
    hazards.hazard_id,
    hazards.unit_id,
    hazards.form_id,
    periods.period,
    periods.previous_cutoff_on,
    periods.cutoff_on,
    hazards.level,
    hazards.source,
    case when hazards.listed_on <= periods.cutoff_on then hazards.listed_level end as listed_level,
    case when year(hazards.found_on) = year(periods.cutoff_on) then 'this_year' else 'earlier' end as vintage,
    at_end.status,
    coalesce(at_start.status in ('open', 'reopened'), false) as was_open,
    at_end.status in ('open', 'reopened') as is_open,
    coalesce(at_end.status in ('open', 'reopened') and hazards.due_on < periods.cutoff_on, false) as is_overdue,
    coalesce(flows.found_count, 0) as found_count,
    coalesce(flows.rectified_count, 0) as rectified_count,
    coalesce(flows.closed_count, 0) as closed_count,
    coalesce(flows.reopened_count, 0) as reopened_count
from hazards
inner join periods on hazards.campaign_id = periods.campaign_id and hazards.form_id = periods.form_id
inner join spans as at_end
    on
        hazards.campaign_id = at_end.campaign_id
        and hazards.hazard_id = at_end.hazard_id
        and periods.cutoff_on >= at_end.from_on
        and (at_end.until_on is null or periods.cutoff_on < at_end.until_on)
left join spans as at_start
    on
        hazards.campaign_id = at_start.campaign_id
        and hazards.hazard_id = at_start.hazard_id
        and periods.previous_cutoff_on >= at_start.from_on
        and (at_start.until_on is null or periods.previous_cutoff_on < at_start.until_on)
left join flows
    on
        hazards.campaign_id = flows.campaign_id
        and hazards.hazard_id = flows.hazard_id
        and periods.period = flows.period
where at_end.status in ('open', 'reopened') or at_start.status in ('open', 'reopened') or flows.period is not null
