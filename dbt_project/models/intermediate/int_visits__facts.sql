with newest_forms as (
    select
        campaign_id,
        form_id,
        unit_id,
        max(period) as period
    from {{ ref('fct_submissions') }}
    where is_current
    group by campaign_id, form_id, unit_id
),

newest_tasks as (
    select
        campaign_id,
        form_id,
        unit_id,
        max(period) as period
    from {{ ref('fct_task_progress') }}
    where is_owed and cutoff_on <= {{ as_of_date() }}
    group by campaign_id, form_id, unit_id
),

hazards as (
    select
        campaign_id,
        unit_id,
        coalesce(hazard_number || ' ', '') || coalesce(enterprise || ' ', '') || coalesce(hazard_text, '') as evidence,
        status in ('open', 'reopened') and overdue_workdays > 0 as is_overdue,
        status = 'reopened' as is_reopened,
        overdue_workdays
    from {{ ref('fct_hazards') }}
)

select
    reports.campaign_id,
    reports.unit_id,
    'reports_missing' as reason,
    reports.period || '《' || forms.form_title || '》' as evidence
from {{ ref('fct_report_timeliness') }} as reports
inner join {{ ref('stg_campaigns__forms') }} as forms
    on reports.campaign_id = forms.campaign_id and reports.form_id = forms.form_id
where reports.timeliness = 'missing'
union all
select
    progress.campaign_id,
    progress.unit_id,
    'tasks_overdue' as reason,
    coalesce(tasks.number || ' ', '') || tasks.goal || '（' || cast(progress.due_on as string) || ' 到期）' as evidence
from {{ ref('fct_task_progress') }} as progress
inner join newest_tasks
    on
        progress.campaign_id = newest_tasks.campaign_id
        and progress.form_id = newest_tasks.form_id
        and progress.unit_id = newest_tasks.unit_id
        and progress.period = newest_tasks.period
inner join {{ ref('dim_tasks') }} as tasks
    on progress.campaign_id = tasks.campaign_id and progress.task_id = tasks.task_id
where progress.is_owed and progress.is_overdue
union all
select
    campaign_id,
    unit_id,
    'hazards_overdue' as reason,
    evidence || '（超期 ' || cast(overdue_workdays as string) || ' 个工作日）' as evidence
from hazards
where is_overdue
union all
select
    campaign_id,
    unit_id,
    'hazards_reopened' as reason,
    evidence
from hazards
where is_reopened
union all
select
    differences.campaign_id,
    differences.unit_id,
    'figures_differ' as reason,
    differences.period || ' 第 ' || differences.item_code || ' 项报 '
    || cast(cast(differences.form_value as bigint) as string) || '，清单为 '
    || cast(cast(differences.ledger_value as bigint) as string) as evidence
from {{ ref('int_hazards__differences') }} as differences
inner join newest_forms
    on
        differences.campaign_id = newest_forms.campaign_id
        and differences.form_id = newest_forms.form_id
        and differences.unit_id = newest_forms.unit_id
        and differences.period = newest_forms.period
union all
select
    campaign_id,
    coalesce(place_unit_id, unit_id) as unit_id,
    'accidents_in_a_year' as reason,
    cast(occurred_on as string) || coalesce(' ' || enterprise, '') || coalesce('（' || grade_name || '）', '') as evidence
from {{ ref('fct_accidents') }}
where {{ days_between('occurred_on', as_of_date()) }} between 0 and 365 and not is_dated_ahead
