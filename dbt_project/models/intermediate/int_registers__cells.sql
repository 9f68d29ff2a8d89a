select
    campaign_id,
    form_id,
    unit_id,
    submission_id,
    row_number,
    row_key,
    column_id,
    position,
    value_state,
    text_value,
    number_value,
    date_value,
    raw_text,
    coalesce(cast(number_value as string), cast(date_value as string), text_value, '') as words,
    source_cell
from {{ ref('int_lists__current_cells') }}
where form_kind in ('register', 'liaison_list')
