{{ campaign_rows_in_force('campaigns', [
    'campaign_name',
    'area',
    'area_code',
    'office',
    'document_number',
    'starts_on',
    'ends_on',
]) }}
