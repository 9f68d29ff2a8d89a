select
    submission_id,
    campaign_id,
    form_id,
    unit_id,
    period,
    part_id,
    text_value,
    characters,
    words,
    without_punctuation,
    sheet_name,
    cell_ref,
    received_at
from {{ source('raw', 'text_parts') }}
where received_at <= {{ as_of() }}
