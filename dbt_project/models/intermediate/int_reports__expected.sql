select
    *,
    row_number() over (
        partition by campaign_id, form_id, unit_id
        order by cutoff_on asc nulls last, period asc nulls last
    ) = 1 as is_first_period
from {{ ref('int_reports__allowed') }}
where not is_voluntary
