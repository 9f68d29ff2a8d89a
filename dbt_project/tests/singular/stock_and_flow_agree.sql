-- What was open before, with what was found and reopened, less what was rectified, is what is open at the cut-off.
select *
from {{ ref('fct_hazard_months') }}
where
    case when was_open then 1 else 0 end + found_count + reopened_count - rectified_count
    <> case when is_open then 1 else 0 end
