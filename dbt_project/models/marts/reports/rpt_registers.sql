select
    entries.campaign_id,
    entries.form_id,
    entries.subject,
    entries.unit_id,
    units.unit_name,
    units.unit_position,
    entries.row_key,
    entries.version,
    entries.entry_first_period,
    entries.last_period,
    values_of_entries.column_position,
    values_of_entries.column_id,
    values_of_entries.cell_position,
    values_of_entries.column_name,
    values_of_entries.measure_unit,
    values_of_entries.printed_value,
    values_of_entries.source_cell,
    entries.submission_id,
    sent.file_name
from {{ ref('fct_register_entries') }} as entries
inner join {{ ref('fct_register_values') }} as values_of_entries
    on
        entries.campaign_id = values_of_entries.campaign_id
        and entries.form_id = values_of_entries.form_id
        and entries.unit_id = values_of_entries.unit_id
        and entries.row_key = values_of_entries.row_key
        and entries.version = values_of_entries.version
left join {{ ref('int_units__latest') }} as units
    on entries.campaign_id = units.campaign_id and entries.unit_id = units.unit_id
left join {{ ref('fct_submissions') }} as sent on entries.submission_id = sent.submission_id
where entries.is_current
