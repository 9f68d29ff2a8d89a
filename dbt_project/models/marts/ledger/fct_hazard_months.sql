{{ keep_untouched('int_hazards__restocked', ['campaign_id', 'hazard_id']) }}

with hazards as (
    select * from {{ ref('fct_hazards') }}
    where found_on is not null {{ if_stale('and') }}
),

flows as (
    select
        hazards.campaign_id,
        hazards.hazard_id,
        periods.period_number,
        count(*) filter (where turns.event = 'found') as found_count,
        count(*) filter (where turns.stock_change = -1) as rectified_count,
        count(*) filter (where turns.status = 'closed') as closed_count,
        count(*) filter (where turns.event = 'reopened' and turns.stock_change = 1) as reopened_count
    from hazards
    inner join {{ ref('int_hazards__turns') }} as turns
        on hazards.campaign_id = turns.campaign_id and hazards.hazard_id = turns.hazard_id
    inner join {{ ref('int_hazards__periods') }} as periods
        on
            hazards.campaign_id = periods.campaign_id
            and hazards.form_id = periods.form_id
            and turns.from_on <= periods.cutoff_on
            and turns.from_on > periods.previous_cutoff_on
    group by hazards.campaign_id, hazards.hazard_id, periods.period_number
),

turns as (
    select
        hazards.campaign_id,
        hazards.form_id,
        hazards.hazard_id,
        periods.period_number,
        spans.status,
        row_number() over (
            partition by hazards.campaign_id, hazards.hazard_id, periods.period_number
            order by spans.from_on desc nulls last
        ) as choice
    from hazards
    inner join {{ ref('fct_hazard_spans') }} as spans
        on hazards.campaign_id = spans.campaign_id and hazards.hazard_id = spans.hazard_id
    inner join {{ ref('int_hazards__periods') }} as periods
        on
            hazards.campaign_id = periods.campaign_id
            and hazards.form_id = periods.form_id
            and spans.from_on <= periods.cutoff_on
            and (periods.period is null or spans.from_on > periods.previous_cutoff_on)
),

{# What a period ends with in which something happened holds until the next such period. #}
held as (
    select
        *,
        status in ('open', 'reopened') as is_open,
        coalesce(lag(status) over by_time in ('open', 'reopened'), false) as was_open,
        lead(period_number) over by_time as next_period_number
    from turns
    where choice = 1
    window by_time as (partition by campaign_id, hazard_id order by period_number asc nulls last)
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
    case when coalesce(listings.delisted_on > periods.cutoff_on, true) then listings.listed_level end as listed_level,
    case when year(hazards.found_on) = year(periods.cutoff_on) then 'this_year' else 'earlier' end as vintage,
    held.status,
    case when periods.period_number = held.period_number then held.was_open else held.is_open end as was_open,
    held.is_open,
    coalesce(held.is_open and deadlines.due_on < periods.cutoff_on, false) as is_overdue,
    cast(coalesce(flows.found_count, 0) as int) as found_count,
    cast(coalesce(flows.rectified_count, 0) as int) as rectified_count,
    cast(coalesce(flows.closed_count, 0) as int) as closed_count,
    cast(coalesce(flows.reopened_count, 0) as int) as reopened_count
from held
inner join hazards on held.campaign_id = hazards.campaign_id and held.hazard_id = hazards.hazard_id
inner join {{ ref('int_hazards__periods') }} as periods
    on
        held.campaign_id = periods.campaign_id
        and held.form_id = periods.form_id
        and held.period_number <= periods.period_number
        and (held.is_open or held.period_number = periods.period_number)
        and coalesce(held.next_period_number > periods.period_number, true)
{{ deadline_on('held', 'periods.cutoff_on') }}
{{ listing_by('held', 'periods.cutoff_on') }}
left join flows
    on
        held.campaign_id = flows.campaign_id
        and held.hazard_id = flows.hazard_id
        and periods.period_number = flows.period_number
where periods.period is not null
