select
    campaign_id,
    unit_id,
    unit_name,
    unit_kind,
    reporting_scope,
    position as unit_position,
    valid_from,
    valid_to
from {{ ref('stg_campaigns__units') }}
