{{ campaign_rows_in_force('choices', [
    'form_id',
    'column_id',
    'choice_code',
    'choice_name',
    'position',
]) }}
