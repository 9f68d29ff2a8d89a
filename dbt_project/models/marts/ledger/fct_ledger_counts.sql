select
    campaign_id,
    form_id,
    unit_id,
    period,
    cutoff_on,
    item_code,
    part,
    ledger_value,
    joined_value
from {{ ref('int_hazards__readings') }}
