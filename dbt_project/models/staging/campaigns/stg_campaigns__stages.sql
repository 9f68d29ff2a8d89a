{{ campaign_rows_in_force('stages', [
    'stage_id',
    'name',
    'starts_on',
    'ends_on',
    'clause',
]) }}
