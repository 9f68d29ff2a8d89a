{{ campaign_rows_in_force('form_task_lists', [
    'form_id',
    'list_id',
]) }}
