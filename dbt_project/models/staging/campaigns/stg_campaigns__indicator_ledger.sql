{{ campaign_rows_in_force('indicator_ledger', [
    'form_id',
    'item_code',
    'part',
    'counts',
    'source',
    'is_listed',
]) }}
