{{ campaign_rows_in_force('upstream_reports', [
    'chain_id',
    'period',
    'upstream_duty_id',
    'upstream_unit_id',
    'downstream_duty_id',
    'downstream_unit_id',
]) }}
