{{ campaign_rows_in_force('criteria', [
    'criterion_id',
    'sector',
    'name',
    'number',
    'aliases',
    'position',
    'in_force_from',
    'in_force_until',
    'is_interim',
    'superseded_by',
    'clause',
]) }}
