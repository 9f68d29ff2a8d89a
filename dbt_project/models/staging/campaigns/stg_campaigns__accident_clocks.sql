{{ campaign_rows_in_force('accident_clocks', [
    'grade',
    'within_days',
    'clause',
    'basis',
]) }}
