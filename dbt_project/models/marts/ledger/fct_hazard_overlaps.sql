with hazards as (
    select * from {{ ref('fct_hazards') }}
),

shared as (
    select
        campaign_id,
        shared_hazard_id,
        count(*) as reports
    from hazards
    group by campaign_id, shared_hazard_id
    having count(*) > 1
),

joined_by as (
    select
        campaign_id,
        hazard_id,
        {{ joined_text('pair_id', '、') }} as pair_ids
    from {{ ref('int_hazards__overlap_pairs') }}
    group by campaign_id, hazard_id
),

reported as (
    select
        hazards.campaign_id,
        hazards.shared_hazard_id,
        hazards.hazard_id,
        hazards.unit_id,
        units.reporting_scope,
        cast(shared.reports as int) as reports,
        cast(
            row_number() over (
                partition by hazards.campaign_id, hazards.shared_hazard_id
                order by
                    hazards.first_period asc nulls last,
                    hazards.found_on asc nulls last,
                    hazards.hazard_id asc nulls last
            ) as int
        ) as report_number
    from hazards
    inner join shared
        on hazards.campaign_id = shared.campaign_id and hazards.shared_hazard_id = shared.shared_hazard_id
    left join {{ ref('int_units__latest') }} as units
        on hazards.campaign_id = units.campaign_id and hazards.unit_id = units.unit_id
)

select
    reported.campaign_id,
    reported.shared_hazard_id,
    reported.hazard_id,
    reported.unit_id,
    reported.reporting_scope,
    reported.reports,
    reported.report_number,
    case when reported.report_number = 1 then 0 else 1 end as counted_twice,
    joined_by.pair_ids
from reported
left join joined_by
    on reported.campaign_id = joined_by.campaign_id and reported.hazard_id = joined_by.hazard_id
