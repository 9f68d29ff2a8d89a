{{ campaign_rows_in_force('sector_plan_units', [
    'plan_id',
    'role',
    'unit_id',
    'group_id',
    'valid_from',
    'valid_to',
]) }}
