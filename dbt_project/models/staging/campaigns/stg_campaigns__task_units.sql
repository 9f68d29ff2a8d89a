{{ campaign_rows_in_force('task_units', [
    'task_id',
    'role',
    'unit_id',
    'group_id',
    'valid_from',
    'valid_to',
]) }}
