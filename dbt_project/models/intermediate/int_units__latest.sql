select
    campaign_id,
    unit_id,
    max_by(unit_name, valid_from) as unit_name,
    max_by(unit_kind, valid_from) as unit_kind,
    max_by(reporting_scope, valid_from) as reporting_scope,
    max_by(position, valid_from) as unit_position
from {{ ref('stg_campaigns__units') }}
group by campaign_id, unit_id
