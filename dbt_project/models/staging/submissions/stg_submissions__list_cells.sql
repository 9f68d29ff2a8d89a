select
    submission_id,
    campaign_id,
    form_id,
    unit_id,
    period,
    row_number,
    row_key,
    column_id,
    position,
    value_state,
    text_value,
    number_value,
    date_value,
    raw_text,
    sheet_name,
    cell_ref,
    received_at
from {{ source('raw', 'list_cells') }}
where received_at <= {{ as_of() }}
