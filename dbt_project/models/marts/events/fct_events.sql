select
    campaign_id,
    form_id,
    subject,
    unit_id,
    row_key,
    event,
    event_name,
    happened_on,
    led_by,
    first_period,
    last_period,
    times_reported,
    is_date_changed,
    submission_id,
    source_cell
from {{ ref('int_events__reported') }}
