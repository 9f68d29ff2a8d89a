select
    campaign_id,
    form_id,
    unit_id,
    period,
    part_id,
    piece,
    part_name,
    part_position,
    text_value,
    characters,
    words,
    without_punctuation,
    submission_id,
    source_cell
from {{ ref('int_narratives__parts') }}
