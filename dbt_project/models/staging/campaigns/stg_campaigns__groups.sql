{{ campaign_rows_in_force('groups', [
    'group_id',
    'group_name',
    'is_complete',
    'is_open',
    'note',
    'clause',
]) }}
