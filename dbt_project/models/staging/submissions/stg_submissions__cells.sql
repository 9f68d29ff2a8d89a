select
    submission_id,
    campaign_id,
    form_id,
    unit_id,
    period,
    item_code,
    part,
    value_state,
    value,
    raw_text,
    sheet_name,
    cell_ref,
    received_at
from {{ source('raw', 'cells') }}
where received_at <= {{ as_of() }}
