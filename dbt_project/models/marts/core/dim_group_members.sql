select
    campaign_id,
    group_id,
    unit_id,
    valid_from,
    valid_to
from {{ ref('stg_campaigns__group_members') }}
