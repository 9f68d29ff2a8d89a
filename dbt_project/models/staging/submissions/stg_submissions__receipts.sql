select
    receipt_id,
    campaign_id,
    file_sha256,
    file_name,
    file_path,
    size_bytes,
    channel,
    result,
    duplicate_of,
    received_at,
    received_on
from {{ source('raw', 'receipts') }}
where received_at <= {{ as_of() }}
