select
    submission_id,
    receipt_id,
    campaign_id,
    form_id,
    unit_id,
    period,
    card_key,
    form_version,
    filled_on,
    verdict,
    reason_code,
    status_reason,
    status_reason_en,
    file_name,
    file_sha256,
    file_format,
    sheet_name,
    received_at,
    received_on
from {{ source('raw', 'submissions') }}
where received_at <= {{ as_of() }}
