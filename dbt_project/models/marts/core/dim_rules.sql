select
    campaign_id,
    form_id,
    rule_code,
    rule_version,
    rule_class,
    gate,
    expect,
    sentence,
    clause,
    is_trial
from {{ ref('stg_campaigns__rules') }}
