{{ campaign_rows_in_force('calendar_days', [
    'day',
    'is_working_day',
    'working_days',
    'day_source',
]) }}
