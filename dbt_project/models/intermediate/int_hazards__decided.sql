select
    campaign_id,
    pair_id,
    max_by(decision, decided_on) as decision,
    max_by(decided_by, decided_on) as decided_by,
    max(decided_on) as decided_on
from {{ ref('stg_campaigns__hazard_decisions') }}
where decided_on <= {{ as_of_date() }}
group by campaign_id, pair_id
