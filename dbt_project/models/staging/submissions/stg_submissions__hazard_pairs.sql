select
    campaign_id,
    pair_id,
    signature_a,
    signature_b,
    kind,
    is_sure,
    score,
    reason,
    received_at
from {{ source('raw', 'hazard_pairs') }}
where received_at <= {{ as_of() }}
