select
    campaign_id,
    rule_version
from {{ source('build', 'counted_list_rules') }}
