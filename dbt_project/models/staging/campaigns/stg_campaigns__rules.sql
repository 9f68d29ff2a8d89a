{{ campaign_rows_in_force('rules', [
    'form_id',
    'rule_code',
    'rule_version',
    'rule_class',
    'gate',
    'expect',
    'sentence',
    'clause',
    'is_trial',
]) }}
