select
    versions.campaign_id,
    versions.form_id,
    versions.unit_id,
    versions.row_key,
    versions.version,
    cells.column_id,
    cells.position as cell_position,
    columns_of_forms.column_name,
    columns_of_forms.position as column_position,
    columns_of_forms.measure_unit,
    cells.value_state,
    cells.text_value,
    cells.number_value,
    cells.date_value,
    coalesce(
        choices.choice_name, units.unit_name, cast(cells.date_value as string), cells.raw_text
    ) as printed_value,
    cells.source_cell
from {{ ref('int_registers__versions') }} as versions
inner join {{ ref('int_registers__cells') }} as cells
    on versions.submission_id = cells.submission_id and versions.row_number = cells.row_number
inner join {{ ref('stg_campaigns__columns') }} as columns_of_forms
    on
        versions.campaign_id = columns_of_forms.campaign_id
        and versions.form_id = columns_of_forms.form_id
        and cells.column_id = columns_of_forms.column_id
left join {{ ref('stg_campaigns__choices') }} as choices
    on
        versions.campaign_id = choices.campaign_id
        and versions.form_id = choices.form_id
        and cells.column_id = choices.column_id
        and cells.text_value = choices.choice_code
left join {{ ref('stg_campaigns__units') }} as units
    on
        versions.campaign_id = units.campaign_id
        and columns_of_forms.column_type in ('unit', 'units')
        and cells.text_value = units.unit_id
        and units.valid_to is null
where not columns_of_forms.is_personal
