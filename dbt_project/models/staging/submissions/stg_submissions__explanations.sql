select
    submission_id,
    campaign_id,
    form_id,
    unit_id,
    period,
    explanation,
    source_cell,
    item_code,
    characters,
    received_at
from {{ source('raw', 'explanations') }}
where received_at <= {{ as_of() }}
