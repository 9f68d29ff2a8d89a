{{ config(schema="restricted") }}

select
    submission_id,
    campaign_id,
    form_id,
    unit_id,
    period,
    row_number,
    row_key,
    column_id,
    text_value,
    sheet_name,
    cell_ref,
    received_at
from {{ source('raw', 'personal_cells') }}
where received_at <= {{ as_of() }}
