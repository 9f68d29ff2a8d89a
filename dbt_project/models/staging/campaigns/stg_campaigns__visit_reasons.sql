{{ campaign_rows_in_force('visit_reasons', [
    'reason',
    'name',
    'measure_unit',
    'position',
    'at_least',
    'clause',
    'basis',
]) }}
