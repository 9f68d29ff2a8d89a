{{ campaign_rows_in_force('contradictions', [
    'code',
    'setting',
    'about',
    'reading',
    'sentence',
    'clauses',
    'decided_by',
]) }}
