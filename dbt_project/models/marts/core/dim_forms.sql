select
    campaign_id,
    form_id,
    form_version,
    form_kind,
    form_title,
    clause
from {{ ref('stg_campaigns__forms') }}
