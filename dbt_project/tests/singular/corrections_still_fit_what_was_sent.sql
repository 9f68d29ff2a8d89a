{{ config(severity='warn') }}

-- A correction that no longer finds the figure it expects is not applied. A warning, because a unit that has sent its
-- form again must not stop the area's table; but somebody must remove the row, or decide anew.
select
    correction_id,
    correction_status,
    unit_id,
    period,
    item_code
from {{ ref('fct_corrections') }}
where correction_status in ('source_fixed', 'source_changed', 'not_received')
