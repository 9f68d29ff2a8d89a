{{ keep_untouched('int_reports__stale', ['campaign_id', 'form_id', 'unit_id', 'period']) }}

select
    campaign_id,
    form_id,
    unit_id,
    reporting_scope,
    period,
    item_code,
    part,
    value_state,
    cumulative_value,
    month_value,
    reported_value,
    correction_id,
    submission_id,
    source_cell
from {{ ref('int_indicators__stepped') }}
{{ if_stale('where') }}
