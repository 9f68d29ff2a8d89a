{{ campaign_rows_in_force('expected_reports', [
    'duty_id',
    'form_id',
    'unit_id',
    'period',
    'cutoff_on',
    'due_on',
    'due_source',
    'grace_until',
    'lock_on',
    'extended',
    'voluntary',
]) }}
