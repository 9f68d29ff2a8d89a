select
    campaign_id,
    signature,
    hazard_id,
    shared_hazard_id,
    possible_hazard_id
from {{ source('build', 'hazard_links') }}
