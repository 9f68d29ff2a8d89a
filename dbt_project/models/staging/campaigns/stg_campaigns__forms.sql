{{ campaign_rows_in_force('forms', [
    'form_id',
    'form_version',
    'form_kind',
    'form_title',
    'clause',
]) }}
