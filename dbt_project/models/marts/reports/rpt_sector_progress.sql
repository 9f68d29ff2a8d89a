with plan_units as (
    select distinct
        campaign_id,
        plan_id,
        role,
        unit_id,
        valid_from,
        valid_to
    from {{ ref('stg_campaigns__sector_plan_units') }}
)

select
    plans.campaign_id,
    progress.form_id,
    progress.period,
    plans.plan_id,
    plans.number as plan_number,
    plans.name as plan_name,
    plans.lead as plan_lead,
    plans.co_units as plan_co_units,
    plans.scope as plan_scope,
    max(plan_units.role) as role, -- `lead` stands after `co` in the alphabet
    progress.unit_id,
    progress.unit_name,
    progress.tasks_owed,
    progress.tasks_done,
    progress.tasks_in_progress,
    progress.tasks_not_started,
    progress.tasks_unknown,
    progress.tasks_overdue
from {{ ref('stg_campaigns__sector_plans') }} as plans
inner join plan_units
    on plans.campaign_id = plan_units.campaign_id and plans.plan_id = plan_units.plan_id
inner join {{ ref('rpt_unit_progress') }} as progress
    on
        plan_units.campaign_id = progress.campaign_id
        and plan_units.unit_id = progress.unit_id
        and (plan_units.valid_from is null or plan_units.valid_from <= progress.cutoff_on)
        and (plan_units.valid_to is null or plan_units.valid_to > progress.cutoff_on)
group by
    plans.campaign_id,
    progress.form_id,
    progress.period,
    plans.plan_id,
    plans.number,
    plans.name,
    plans.lead,
    plans.co_units,
    plans.scope,
    progress.unit_id,
    progress.unit_name,
    progress.tasks_owed,
    progress.tasks_done,
    progress.tasks_in_progress,
    progress.tasks_not_started,
    progress.tasks_unknown,
    progress.tasks_overdue
