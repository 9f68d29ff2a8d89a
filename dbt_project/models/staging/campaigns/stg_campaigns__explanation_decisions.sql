{{ campaign_rows_in_force('explanation_decisions', [
    'decision_id',
    'unit_id',
    'form_id',
    'period',
    'rule_code',
    'item_code',
    'explanation',
    'decision',
    'expires_on',
    'decided_by',
    'decided_on',
    'reason',
]) }}
