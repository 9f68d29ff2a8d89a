with units as (
    select * from {{ ref('stg_campaigns__units') }}
),

periods as (
    select
        *,
        coalesce(cutoff_on, due_on) as roster_on
    from {{ ref('stg_campaigns__due_dates') }}
),

expected as (
    select
        periods.campaign_id,
        periods.form_id,
        units.unit_id,
        periods.period,
        periods.previous_period,
        periods.roster_on as cutoff_on,
        periods.due_on,
        periods.due_source,
        periods.grace_until,
        units.unit_name,
        units.unit_kind,
        units.reporting_scope,
        units.position as unit_position
    from periods
    inner join units
        on
            periods.campaign_id = units.campaign_id
            and periods.reporting_scope = units.reporting_scope
            and periods.roster_on >= units.valid_from
            and (units.valid_to is null or periods.roster_on < units.valid_to)
)

select
    *,
    row_number() over (
        partition by campaign_id, form_id, unit_id
        order by cutoff_on asc nulls last, period asc nulls last
    ) = 1 as is_first_period
from expected
