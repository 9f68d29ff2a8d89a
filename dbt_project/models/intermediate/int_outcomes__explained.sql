{{ config(tags=['after_gate2']) }}

with failed as (
    select
        outcomes.*,
        expected.cutoff_on
    from {{ ref('fct_rule_outcomes') }} as outcomes
    left join {{ ref('int_reports__expected') }} as expected
        on
            outcomes.campaign_id = expected.campaign_id
            and outcomes.form_id = expected.form_id
            and outcomes.unit_id = expected.unit_id
            and outcomes.period = expected.period
    where outcomes.outcome = 'fail'
),

said as (
    select
        submission_id,
        coalesce(item_code, '') as item_code,
        {{ joined_text('explanation', '；') }} as explanation,
        cast(max(characters) as int) as characters
    from {{ ref('stg_submissions__explanations') }}
    group by submission_id, coalesce(item_code, '')
),

decided as (
    select
        failed.outcome_id,
        decisions.*,
        row_number() over (
            partition by failed.outcome_id
            order by decisions.decided_on desc nulls last, decisions.decision_id desc nulls last
        ) as recency
    from failed
    inner join {{ ref('stg_campaigns__explanation_decisions') }} as decisions
        on
            failed.campaign_id = decisions.campaign_id
            and failed.form_id = decisions.form_id
            and failed.unit_id = decisions.unit_id
            and failed.rule_code = decisions.rule_code
            and (decisions.item_code is null or failed.item_code = decisions.item_code)
            and (
                failed.period = decisions.period
                or (failed.period > decisions.period and failed.cutoff_on <= decisions.expires_on)
            )
    where decisions.decided_on <= {{ as_of_date() }}
)

select
    failed.outcome_id,
    coalesce(decided.explanation, of_item.explanation, of_form.explanation) as explanation,
    case
        when decided.decision is not null then decided.decision
        when coalesce(of_item.explanation, of_form.explanation) is null
            then case when failed.rule_class = 'quasi_mandatory' then 'missing' else 'not_needed' end
        when failed.rule_class = 'quasi_mandatory' and coalesce(of_item.characters, of_form.characters) < 6
            then 'too_short'
        else 'given'
    end as explanation_state,
    decided.decided_by,
    decided.decided_on,
    decided.expires_on,
    decided.reason as decision_reason
from failed
left join said as of_item on failed.submission_id = of_item.submission_id and failed.item_code = of_item.item_code
left join said as of_form on failed.submission_id = of_form.submission_id and of_form.item_code = ''
left join decided on failed.outcome_id = decided.outcome_id and decided.recency = 1
