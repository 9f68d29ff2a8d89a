{{ campaign_rows_in_force('hazard_decisions', [
    'pair_id',
    'decision',
    'decided_by',
    'decided_on',
    'reason',
]) }}
