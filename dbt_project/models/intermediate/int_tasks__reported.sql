{{ config(materialized='table') }}

with rows_sent as (
    select
        campaign_id,
        form_id,
        unit_id,
        period,
        submission_id,
        row_number,
        max(row_key) as row_key,
        max(case when column_id = 'number' then text_value end) as number_value,
        max(case when column_id = 'number' then raw_text end) as number_text,
        max(case when column_id = 'goal' then text_value end) as goal,
        max(case when column_id = 'due' then raw_text end) as due_text,
        max(case when column_id = 'due' then text_value end) as due_month,
        max(case when column_id = 'due' then date_value end) as due_on,
        max(case when column_id = 'lead_units' then raw_text end) as lead_units,
        max(case when column_id = 'status' then text_value end) as status,
        max(case when column_id = 'progress' then text_value end) as progress,
        max(case when column_id = 'evidence' then text_value end) as evidence,
        max(case when column_id = 'reason' then text_value end) as reason,
        max(case when column_id = 'note' then text_value end) as note,
        max(case when column_id = 'status' then source_cell end) as status_cell,
        min(source_cell) as any_cell
    from {{ ref('int_lists__current_cells') }}
    where form_kind = 'task_progress'
    group by campaign_id, form_id, unit_id, period, submission_id, row_number
),

identified as (
    select
        sent.*,
        case when forms.own_tasks then coalesce(heir.successor_unit_id, sent.unit_id) end as owner_unit_id,
        case
            when forms.own_tasks
                then
                    coalesce(heir.successor_unit_id, sent.unit_id) || '-' || substring(md5(sent.row_key), 1, 8)
            else sent.number_value
        end as task_id
    from rows_sent as sent
    inner join {{ ref('stg_campaigns__forms') }} as forms
        on sent.campaign_id = forms.campaign_id and sent.form_id = forms.form_id
    left join {{ ref('dim_unit_successors') }} as heir
        on sent.campaign_id = heir.campaign_id and sent.unit_id = heir.unit_id
),

counted as (
    select
        *,
        count(*) over (partition by submission_id, task_id) as rows_in_report,
        row_number() over (partition by submission_id, task_id order by row_number desc nulls last) as from_the_end
    from identified
    where task_id is not null
),

last_steps as (
    select
        campaign_id,
        form_id,
        max(position) as last_step
    from {{ ref('stg_campaigns__choices') }}
    where column_id = 'status'
    group by campaign_id, form_id
)

select
    counted.campaign_id,
    counted.form_id,
    counted.unit_id,
    counted.period,
    counted.submission_id,
    counted.row_number,
    counted.owner_unit_id,
    counted.task_id,
    counted.number_text,
    counted.goal,
    counted.due_text,
    counted.due_month,
    counted.due_on,
    counted.lead_units,
    counted.status,
    choices.choice_name as status_name,
    choices.position as step,
    last_steps.last_step,
    counted.progress,
    counted.evidence,
    counted.reason,
    counted.note,
    cast(counted.rows_in_report as int) as rows_in_report,
    coalesce(counted.status_cell, counted.any_cell) as source_cell
from counted
left join {{ ref('stg_campaigns__choices') }} as choices
    on
        counted.campaign_id = choices.campaign_id
        and counted.form_id = choices.form_id
        and choices.column_id = 'status'
        and counted.status = choices.choice_code
left join last_steps on counted.campaign_id = last_steps.campaign_id and counted.form_id = last_steps.form_id
where counted.from_the_end = 1
