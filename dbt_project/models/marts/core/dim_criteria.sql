select
    campaign_id,
    criterion_id,
    position,
    sector,
    name as criterion_name,
    number as document_number,
    aliases,
    in_force_from,
    in_force_until,
    is_interim,
    superseded_by,
    clause
from {{ ref('stg_campaigns__criteria') }}
