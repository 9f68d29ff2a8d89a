{{ campaign_rows_in_force('leaders', [
    'leader_id',
    'label',
]) }}
