select
    campaign_id,
    hazard_id,
    version_number,
    min(found_on) over (
        partition by campaign_id, hazard_id, date_trunc('month', found_on)
    ) as found_on
from {{ ref('int_hazards__versions') }}
where is_found_by_month
