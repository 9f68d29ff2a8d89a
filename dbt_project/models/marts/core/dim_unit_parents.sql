select
    campaign_id,
    tree,
    unit_id,
    parent_id,
    valid_from,
    valid_to,
    source
from {{ ref('stg_campaigns__unit_parents') }}
