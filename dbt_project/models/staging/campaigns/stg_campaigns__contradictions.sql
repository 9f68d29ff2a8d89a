{{ campaign_rows_in_force('contradictions', [
    'code',
    'setting',
    'reading',
    'sentence',
    'clauses',
    'decided_by',
]) }}
