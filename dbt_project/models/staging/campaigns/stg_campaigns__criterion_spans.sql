{{ campaign_rows_in_force('criterion_spans', [
    'name_key',
    'from_on',
    'until_on',
    'criterion_id',
    'state',
]) }}
