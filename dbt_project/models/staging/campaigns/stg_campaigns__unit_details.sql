{{ campaign_rows_in_force('unit_details', [
    'unit_id',
    'valid_from',
    'risk_class',
    'source',
]) }}
