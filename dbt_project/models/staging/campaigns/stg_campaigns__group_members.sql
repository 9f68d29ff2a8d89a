{{ campaign_rows_in_force('group_members', [
    'group_id',
    'unit_id',
    'valid_from',
    'valid_to',
]) }}
