select
    reports.campaign_id,
    reports.duty_id,
    reports.form_id,
    reports.unit_id,
    reports.period,
    due_dates.previous_period,
    reports.cutoff_on,
    reports.due_on,
    reports.due_source,
    reports.grace_until,
    reports.extended as is_extended,
    reports.voluntary as is_voluntary,
    units.unit_name,
    units.unit_kind,
    units.reporting_scope,
    units.position as unit_position
from {{ ref('stg_campaigns__expected_reports') }} as reports
inner join {{ ref('stg_campaigns__units') }} as units
    on
        reports.campaign_id = units.campaign_id
        and reports.unit_id = units.unit_id
        and reports.cutoff_on >= units.valid_from
        and (units.valid_to is null or reports.cutoff_on < units.valid_to)
left join {{ ref('stg_campaigns__due_dates') }} as due_dates
    on
        reports.campaign_id = due_dates.campaign_id
        and reports.duty_id = due_dates.duty_id
        and reports.period = due_dates.period
        and units.reporting_scope = due_dates.reporting_scope
