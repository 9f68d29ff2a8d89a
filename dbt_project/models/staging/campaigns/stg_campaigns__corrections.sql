{{ campaign_rows_in_force('corrections', [
    'correction_id',
    'unit_id',
    'form_id',
    'period',
    'item_code',
    'part',
    'expected_value',
    'new_value',
    'reason',
    'decided_by',
    'decided_on',
    'document',
]) }}
