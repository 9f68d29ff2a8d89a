with latest as (
    select
        campaign_id,
        form_id,
        unit_id,
        max(period) as period
    from {{ ref('int_submissions__versioned') }}
    where is_current
    group by campaign_id, form_id, unit_id
)

select
    outcomes.outcome_id,
    outcomes.campaign_id,
    outcomes.unit_id,
    outcomes.unit_position,
    outcomes.unit_name,
    outcomes.form_id,
    forms.form_title,
    outcomes.period,
    outcomes.submission_id,
    outcomes.file_name,
    outcomes.class_order,
    outcomes.rule_class_name,
    outcomes.rule_code,
    outcomes.item_code,
    outcomes.part,
    outcomes.position,
    outcomes.indicator_name,
    outcomes.part_name,
    outcomes.source_cell,
    outcomes.order_in_rule,
    outcomes.message,
    outcomes.clause,
    outcomes.explanation_state
from {{ ref('rpt_rule_outcomes') }} as outcomes
inner join latest
    on
        outcomes.campaign_id = latest.campaign_id
        and outcomes.form_id = latest.form_id
        and outcomes.unit_id = latest.unit_id
        and outcomes.period = latest.period
inner join {{ ref('dim_forms') }} as forms
    on outcomes.campaign_id = forms.campaign_id and outcomes.form_id = forms.form_id
where
    outcomes.status = 'accepted'
    and not outcomes.is_trial
    and outcomes.rule_class <> 'advisory'
    and outcomes.explanation_state not in ('given', 'accepted')
