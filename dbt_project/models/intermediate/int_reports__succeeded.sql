select
    owed.campaign_id,
    owed.form_id,
    owed.period,
    successors.successor_unit_id,
    successors.is_divided,
    max(owed.previous_period) as previous_period,
    {{ joined_text("case when owed.unit_id <> successors.successor_unit_id then owed.unit_name end", '、') }}
        as former_units
from {{ ref('int_reports__expected') }} as owed
inner join {{ ref('dim_unit_successors') }} as successors
    on owed.campaign_id = successors.campaign_id and owed.unit_id = successors.unit_id
group by owed.campaign_id, owed.form_id, owed.period, successors.successor_unit_id, successors.is_divided
