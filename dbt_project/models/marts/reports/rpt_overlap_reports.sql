with judged as (
    select * from {{ ref('int_overlaps__standing') }}
),

{# A sum has rows of its own only where a hazard stands in two of its items; else its items say all of it. #}
telling as (
    select
        campaign_id,
        form_id,
        period,
        summed_items,
        part
    from judged
    where summed_items = item_code or is_in_two_items
    group by campaign_id, form_id, period, summed_items, part
)

select
    judged.campaign_id,
    judged.form_id,
    judged.period,
    judged.summed_items,
    judged.item_code,
    judged.part,
    judged.shared_hazard_id,
    judged.hazard_id,
    judged.unit_id,
    units.unit_name,
    judged.standing,
    judged.report_number,
    judged.form_value,
    judged.ledger_value,
    judged.submission_id,
    judged.source_cell,
    hazards.hazard_number,
    hazards.enterprise,
    hazards.hazard_text,
    hazards.found_on,
    lists.file_name as list_file_name,
    hazards.source_row as list_row
from judged
inner join telling
    on
        judged.campaign_id = telling.campaign_id
        and judged.form_id = telling.form_id
        and judged.period = telling.period
        and judged.summed_items = telling.summed_items
        and judged.part = telling.part
inner join {{ ref('fct_hazards') }} as hazards
    on judged.campaign_id = hazards.campaign_id and judged.hazard_id = hazards.hazard_id
left join {{ ref('fct_submissions') }} as lists on hazards.submission_id = lists.submission_id
left join {{ ref('int_units__latest') }} as units
    on judged.campaign_id = units.campaign_id and judged.unit_id = units.unit_id
