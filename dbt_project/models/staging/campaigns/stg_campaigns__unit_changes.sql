{{ campaign_rows_in_force('unit_changes', [
    'change_id',
    'kind',
    'changed_on',
    'unit_id_before',
    'unit_id_after',
    'clause',
]) }}
