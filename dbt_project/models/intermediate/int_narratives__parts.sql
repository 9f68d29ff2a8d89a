select
    versions.campaign_id,
    versions.form_id,
    versions.unit_id,
    versions.period,
    versions.submission_id,
    texts.part_id,
    cast(row_number() over (
        partition by versions.submission_id, texts.part_id
        order by texts.sheet_name asc nulls last, texts.cell_ref asc nulls last, texts.text_value asc nulls last
    ) as int) as piece,
    columns_of_forms.column_name as part_name,
    columns_of_forms.position as part_position,
    texts.text_value,
    texts.characters,
    texts.words,
    texts.without_punctuation,
    case when texts.cell_ref <> '' then texts.sheet_name || '!' || texts.cell_ref else texts.sheet_name end
        as source_cell
from {{ ref('int_submissions__versioned') }} as versions
inner join {{ ref('stg_submissions__text_parts') }} as texts on versions.submission_id = texts.submission_id
left join {{ ref('stg_campaigns__columns') }} as columns_of_forms
    on
        versions.campaign_id = columns_of_forms.campaign_id
        and versions.form_id = columns_of_forms.form_id
        and texts.part_id = columns_of_forms.column_id
where versions.is_current
