{{ config(materialized='table') }}

select
    versions.campaign_id,
    versions.form_id,
    forms.form_kind,
    forms.subject,
    versions.unit_id,
    versions.period,
    versions.submission_id,
    cells.row_number,
    case
        when cells.row_key <> '' and cells.row_key not like '#%' then cells.row_key
        else versions.period || ' 第' || cast(cells.row_number as string) || '行'
    end as row_key,
    cells.column_id,
    cells.position,
    cells.value_state,
    cells.text_value,
    cells.number_value,
    cells.date_value,
    cells.raw_text,
    versions.received_on,
    case when cells.cell_ref <> '' then cells.sheet_name || '!' || cells.cell_ref else cells.sheet_name end
        as source_cell
from {{ ref('int_submissions__versioned') }} as versions
inner join {{ ref('stg_submissions__list_cells') }} as cells on versions.submission_id = cells.submission_id
inner join {{ ref('stg_campaigns__forms') }} as forms
    on versions.campaign_id = forms.campaign_id and versions.form_id = forms.form_id
where versions.is_current
