with reports as (
    select * from {{ ref('int_reports__begun') }}
),

forms_with_status as (
    select distinct
        columns_of_forms.campaign_id,
        columns_of_forms.form_id,
        forms.own_tasks
    from {{ ref('stg_campaigns__columns') }} as columns_of_forms
    inner join {{ ref('stg_campaigns__forms') }} as forms
        on columns_of_forms.campaign_id = forms.campaign_id and columns_of_forms.form_id = forms.form_id
    where columns_of_forms.column_id = 'status' and forms.form_kind = 'task_progress'
),

of_lists as (
    select distinct
        reports.campaign_id,
        reports.form_id,
        reports.unit_id,
        reports.period,
        tasks.task_id
    from reports
    inner join {{ ref('stg_campaigns__form_task_lists') }} as form_task_lists
        on reports.campaign_id = form_task_lists.campaign_id and reports.form_id = form_task_lists.form_id
    inner join {{ ref('stg_campaigns__tasks') }} as tasks
        on form_task_lists.campaign_id = tasks.campaign_id and form_task_lists.list_id = tasks.list_id
    inner join {{ ref('int_tasks__units') }} as task_units
        on
            tasks.campaign_id = task_units.campaign_id
            and tasks.task_id = task_units.task_id
            and reports.unit_id = task_units.unit_id
            and reports.cutoff_on >= task_units.valid_from
            and (task_units.valid_to is null or reports.cutoff_on < task_units.valid_to)
    where task_units.role = 'lead'
),

of_units as (
    select
        reports.campaign_id,
        reports.form_id,
        reports.unit_id,
        reports.period,
        own_tasks.task_id
    from reports
    inner join forms_with_status
        on
            reports.campaign_id = forms_with_status.campaign_id
            and reports.form_id = forms_with_status.form_id
            and forms_with_status.own_tasks
    inner join {{ ref('int_tasks__own_units') }} as own_tasks
        on
            reports.campaign_id = own_tasks.campaign_id
            and reports.unit_id = own_tasks.unit_id
            and reports.period >= own_tasks.first_period
            and reports.cutoff_on >= own_tasks.valid_from
            and (own_tasks.valid_to is null or reports.cutoff_on < own_tasks.valid_to)
)

select * from of_lists
union all
select * from of_units
