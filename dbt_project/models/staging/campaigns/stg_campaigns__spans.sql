{{ campaign_rows_in_force('spans', [
    'period',
    'cadence',
    'starts_on',
    'ends_on',
    'year_starts_on',
    'base_period',
    'base_starts_on',
    'base_ends_on',
    'base_year_starts_on',
]) }}
