select
    campaign_id,
    code,
    setting,
    reading,
    sentence,
    clauses,
    decided_by
from {{ ref('stg_campaigns__contradictions') }}
