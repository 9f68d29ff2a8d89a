{{ campaign_rows_in_force('sector_plans', [
    'plan_id',
    'number',
    'name',
    'lead',
    'co_units',
    'scope',
    'clause',
]) }}
