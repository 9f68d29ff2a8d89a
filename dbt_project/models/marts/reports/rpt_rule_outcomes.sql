with submissions as (
    select
        *,
        version = max(version) over (partition by campaign_id, form_id, unit_id, period) as is_last_received
    from {{ ref('int_submissions__versioned') }}
    where version is not null
)

select
    outcomes.outcome_id,
    outcomes.campaign_id,
    outcomes.form_id,
    outcomes.period,
    outcomes.unit_id,
    submissions.unit_position,
    submissions.unit_name,
    submissions.reporting_scope,
    outcomes.submission_id,
    submissions.version,
    submissions.status,
    submissions.is_current or submissions.is_last_received as is_open,
    submissions.file_name,
    case outcomes.rule_class
        when 'mandatory' then 1 when 'quasi_mandatory' then 2 when 'verification' then 3 when 'advisory' then 4
    end as class_order,
    outcomes.rule_class,
    case outcomes.rule_class
        when 'mandatory' then '强制性' when 'quasi_mandatory' then '准强制性'
        when 'verification' then '核实性' when 'advisory' then '提示性'
    end as rule_class_name,
    outcomes.rule_code,
    outcomes.gate,
    outcomes.item_code,
    outcomes.part,
    indicators.position,
    indicators.indicator_name,
    indicators.part_name,
    outcomes.source_cell,
    outcomes.order_in_rule,
    outcomes.message,
    outcomes.message_en,
    rules.sentence,
    rules.clause,
    outcomes.is_trial,
    explained.explanation,
    explained.explanation_state,
    explained.decided_by,
    explained.decided_on,
    explained.decision_reason
from {{ ref('fct_rule_outcomes') }} as outcomes
inner join submissions on outcomes.submission_id = submissions.submission_id
left join {{ ref('dim_rules') }} as rules
    on
        outcomes.campaign_id = rules.campaign_id
        and outcomes.form_id = rules.form_id
        and outcomes.rule_code = rules.rule_code
left join {{ ref('dim_indicators') }} as indicators
    on
        outcomes.campaign_id = indicators.campaign_id
        and outcomes.form_id = indicators.form_id
        and outcomes.item_code = indicators.item_code
        and outcomes.part = indicators.part
left join {{ ref('int_outcomes__explained') }} as explained on outcomes.outcome_id = explained.outcome_id
where outcomes.outcome = 'fail' and (submissions.is_current or submissions.status = 'returned')
