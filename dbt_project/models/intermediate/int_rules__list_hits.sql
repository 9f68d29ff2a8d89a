{{ config(tags=['after_gate2']) }}

with filled as (
    select submission_id from {{ ref('stg_submissions__list_cells') }}
    union distinct
    select submission_id from {{ ref('stg_submissions__hazard_lines') }}
),

hit as (
    select distinct
        submission_id,
        rule_code
    from {{ ref('fct_rule_outcomes') }}
    where outcome = 'fail'
)

select
    rules.campaign_id,
    rules.form_id,
    versions.period,
    rules.rule_code,
    rules.rule_version,
    rules.rule_class,
    rules.gate,
    rules.is_trial,
    cast(count(*) as int) as forms_asked,
    cast(count(filled.submission_id) as int) as forms_applicable,
    cast(count(hit.submission_id) as int) as forms_hit
from {{ ref('int_rules__of_lists') }} as rules
inner join {{ ref('int_submissions__versioned') }} as versions
    on rules.campaign_id = versions.campaign_id and rules.form_id = versions.form_id
left join filled on versions.submission_id = filled.submission_id
left join hit on versions.submission_id = hit.submission_id and rules.rule_code = hit.rule_code
where versions.is_current
group by
    rules.campaign_id, rules.form_id, versions.period, rules.rule_code, rules.rule_version, rules.rule_class,
    rules.gate, rules.is_trial
