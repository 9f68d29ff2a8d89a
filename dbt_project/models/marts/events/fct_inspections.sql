select
    campaign_id,
    obligation_id,
    unit_id,
    unit_name,
    unit_position,
    risk_class,
    period,
    event,
    event_name,
    times,
    done_count,
    shortfall,
    obligation_state
from {{ ref('fct_obligations') }}
where subject = 'inspection'
