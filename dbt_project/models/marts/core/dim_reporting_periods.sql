select
    campaign_id,
    duty_id,
    form_id,
    duty_name,
    cadence,
    reporting_scope,
    period,
    previous_period,
    cutoff_on,
    due_on,
    due_source,
    grace_until,
    lock_on,
    voluntary as is_voluntary,
    clause
from {{ ref('stg_campaigns__due_dates') }}
