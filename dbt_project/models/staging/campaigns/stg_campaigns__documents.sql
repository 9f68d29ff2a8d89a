{{ campaign_rows_in_force('documents', [
    'document_id',
    'number',
    'title',
    'issuer',
    'issued_on',
    'status',
    'disclosure',
]) }}
