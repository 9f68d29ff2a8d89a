select
    campaign_id,
    form_id,
    item_code,
    part,
    section_code,
    section_name,
    indicator_name,
    part_name,
    measure_unit,
    kind,
    aggregation,
    position,
    applies_to_territory,
    applies_to_city_level,
    definition
from {{ ref('stg_campaigns__indicators') }}
