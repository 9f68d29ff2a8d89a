select
    campaign_id,
    group_id,
    group_name,
    is_complete,
    is_open,
    note,
    clause
from {{ ref('stg_campaigns__groups') }}
