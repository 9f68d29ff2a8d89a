select
    campaign_id,
    code,
    setting,
    about,
    reading,
    sentence,
    clauses,
    decided_by
from {{ ref('stg_campaigns__contradictions') }}
