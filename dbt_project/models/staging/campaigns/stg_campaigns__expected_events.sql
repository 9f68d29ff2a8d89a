{{ campaign_rows_in_force('expected_events', [
    'obligation_id',
    'obligation_name',
    'form_id',
    'event',
    'unit_id',
    'risk_class',
    'period',
    'starts_on',
    'ends_on',
    'times',
    'clause',
]) }}
