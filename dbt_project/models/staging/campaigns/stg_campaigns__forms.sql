{{ campaign_rows_in_force('forms', [
    'form_id',
    'form_version',
    'form_kind',
    'form_title',
    'longest_text',
    'counting_rule',
    'event_column',
    'subject',
    'date_column',
    'actor_column',
    'own_tasks',
    'clause',
]) }}
