{{ campaign_rows_in_force('extensions', [
    'duty_id',
    'period',
    'due_on',
    'granted_by',
    'granted_on',
    'reason',
    'unit_id',
]) }}
