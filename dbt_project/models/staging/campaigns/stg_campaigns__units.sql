{{ campaign_rows_in_force('units', [
    'unit_id',
    'unit_name',
    'unit_kind',
    'reporting_scope',
    'position',
    'valid_from',
    'valid_to',
]) }}
