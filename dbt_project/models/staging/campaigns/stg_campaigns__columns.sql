{{ campaign_rows_in_force('columns', [
    'form_id',
    'column_id',
    'column_name',
    'column_type',
    'measure_unit',
    'is_required',
    'is_personal',
    'is_key',
    'definition',
    'position',
]) }}
