with hits as (
    select * from {{ ref('stg_gates__rule_hits') }}
    union all
    select * from {{ ref('int_rules__list_hits') }}
)

select
    hits.campaign_id,
    hits.form_id,
    hits.period,
    hits.rule_code,
    hits.rule_version,
    hits.rule_class,
    hits.gate,
    hits.is_trial,
    hits.forms_asked,
    hits.forms_applicable,
    hits.forms_hit,
    rules.sentence,
    rules.clause
from hits
left join {{ ref('dim_rules') }} as rules
    on
        hits.campaign_id = rules.campaign_id
        and hits.form_id = rules.form_id
        and hits.rule_code = rules.rule_code
