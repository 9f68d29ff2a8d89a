{{ campaign_rows_in_force('target_periods', [
    'target_id',
    'period',
    'starts_on',
    'ends_on',
    'base_starts_on',
    'base_ends_on',
]) }}
