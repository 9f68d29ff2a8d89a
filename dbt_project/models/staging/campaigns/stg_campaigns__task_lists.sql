{{ campaign_rows_in_force('task_lists', [
    'list_id',
    'list_title',
    'year',
    'task_count',
    'clause',
]) }}
