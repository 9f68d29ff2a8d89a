select
    differences.campaign_id,
    differences.form_id,
    differences.period,
    differences.unit_id,
    expected.unit_position,
    expected.unit_name,
    differences.item_code,
    differences.part,
    indicators.position,
    indicators.indicator_name,
    indicators.part_name,
    differences.form_value,
    differences.reported_value,
    differences.correction_id,
    differences.ledger_value,
    differences.joined_value,
    differences.compared_value,
    cast(differences.form_value - differences.compared_value as decimal(18, 4)) as difference,
    differences.submission_id,
    differences.source_cell,
    coalesce(explained.hazard_id, '') as hazard_id,
    explained.is_counted,
    explained.reason,
    hazards.hazard_number,
    hazards.enterprise,
    hazards.hazard_text,
    hazards.found_on,
    hazards.rectified_on,
    case when hazards.unit_id <> differences.unit_id then list_units.unit_name end as list_unit_name,
    lists.file_name as list_file_name,
    hazards.source_row as list_row
from {{ ref('int_hazards__differences') }} as differences
inner join {{ ref('int_reports__expected') }} as expected
    on
        differences.campaign_id = expected.campaign_id
        and differences.form_id = expected.form_id
        and differences.unit_id = expected.unit_id
        and differences.period = expected.period
inner join {{ ref('dim_indicators') }} as indicators
    on
        differences.campaign_id = indicators.campaign_id
        and differences.form_id = indicators.form_id
        and differences.item_code = indicators.item_code
        and differences.part = indicators.part
left join {{ ref('fct_ledger_difference_rows') }} as explained
    on
        differences.campaign_id = explained.campaign_id
        and differences.form_id = explained.form_id
        and differences.unit_id = explained.unit_id
        and differences.period = explained.period
        and differences.item_code = explained.item_code
        and differences.part = explained.part
left join {{ ref('fct_hazards') }} as hazards
    on explained.campaign_id = hazards.campaign_id and explained.hazard_id = hazards.hazard_id
left join {{ ref('fct_submissions') }} as lists
    on hazards.submission_id = lists.submission_id
left join {{ ref('int_units__latest') }} as list_units
    on hazards.campaign_id = list_units.campaign_id and hazards.unit_id = list_units.unit_id
