{{ campaign_rows_in_force('expected_events', [
    'obligation_id',
    'form_id',
    'event',
    'unit_id',
    'period',
    'starts_on',
    'ends_on',
    'times',
]) }}
