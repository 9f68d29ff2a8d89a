select
    campaign_id,
    form_id,
    unit_id,
    period,
    item_code,
    part,
    value as form_value,
    reported_value,
    correction_id,
    ledger_value,
    submission_id,
    source_cell
from {{ ref('int_figures__corrected') }}
where value <> ledger_value
