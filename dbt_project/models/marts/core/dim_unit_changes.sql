select
    campaign_id,
    change_id,
    kind,
    changed_on,
    unit_id_before,
    unit_id_after,
    clause
from {{ ref('stg_campaigns__unit_changes') }}
