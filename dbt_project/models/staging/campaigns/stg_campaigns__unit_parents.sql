{{ campaign_rows_in_force('unit_parents', [
    'tree',
    'unit_id',
    'parent_id',
    'valid_from',
    'valid_to',
    'source',
]) }}
