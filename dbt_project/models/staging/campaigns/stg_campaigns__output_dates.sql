{{ campaign_rows_in_force('output_dates', [
    'output_id',
    'output_name',
    'kind',
    'disclosure',
    'period',
    'due_on',
    'due_source',
    'clause',
]) }}
