select
    campaign_id,
    campaign_name,
    area,
    area_code,
    office,
    document_number,
    starts_on,
    ends_on,
    loaded_at
from {{ ref('stg_campaigns__campaigns') }}
