with counted as (
    select * from {{ ref('stg_build__counted_list_rules') }}
),

with_history as (
    select distinct campaign_id from counted
)

select
    rules.campaign_id,
    rules.form_id,
    rules.rule_code,
    rules.rule_version,
    rules.rule_class,
    rules.gate,
    rules.is_trial or (with_history.campaign_id is not null and counted.rule_version is null) as is_trial
from {{ ref('stg_campaigns__rules') }} as rules
left join with_history on rules.campaign_id = with_history.campaign_id
left join counted on rules.campaign_id = counted.campaign_id and rules.rule_version = counted.rule_version
where rules.expect is null
