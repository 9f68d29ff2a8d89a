with answers as (
    select
        *,
        max(case when step is not null then period end) over (
            partition by campaign_id, form_id, unit_id, task_id
            order by period asc nulls last
            rows between unbounded preceding and 1 preceding
        ) as previous_known_period
    from {{ ref('int_tasks__answered') }}
),

roles as (
    select
        answers.campaign_id,
        answers.form_id,
        answers.unit_id,
        answers.period,
        answers.task_id,
        max(task_units.role) as role -- `lead` stands after `co` in the alphabet
    from answers
    inner join {{ ref('int_tasks__units') }} as task_units
        on
            answers.campaign_id = task_units.campaign_id
            and answers.task_id = task_units.task_id
            and answers.unit_id = task_units.unit_id
            and (answers.cutoff_on is null or task_units.valid_to is null or answers.cutoff_on < task_units.valid_to)
            and (answers.cutoff_on is null or answers.cutoff_on >= task_units.valid_from)
    group by answers.campaign_id, answers.form_id, answers.unit_id, answers.period, answers.task_id
)

select
    answers.campaign_id,
    answers.form_id,
    tasks.list_id,
    answers.task_id,
    answers.unit_id,
    answers.unit_name,
    answers.unit_position,
    answers.period,
    answers.cutoff_on,
    tasks.due_on,
    roles.role,
    roles.role is not null or coalesce(tasks.lead_is_open or tasks.co_is_open, false) as is_responsible,
    answers.is_owed,
    answers.status,
    answers.status_name,
    answers.step,
    coalesce(answers.is_done, false) as is_done,
    previous.status as previous_status,
    previous.status_name as previous_status_name,
    previous.period as previous_status_period,
    coalesce(answers.step < previous.step, false) as is_backwards,
    coalesce(tasks.due_on < answers.cutoff_on, false)
    and not coalesce(answers.is_done, previous.is_done, false) as is_overdue,
    answers.progress,
    answers.evidence,
    answers.reason,
    answers.note,
    answers.rows_in_report,
    answers.submission_id,
    answers.source_cell
from answers
inner join {{ ref('dim_tasks') }} as tasks
    on answers.campaign_id = tasks.campaign_id and answers.task_id = tasks.task_id
left join roles
    on
        answers.campaign_id = roles.campaign_id
        and answers.form_id = roles.form_id
        and answers.unit_id = roles.unit_id
        and answers.period = roles.period
        and answers.task_id = roles.task_id
left join answers as previous
    on
        answers.campaign_id = previous.campaign_id
        and answers.form_id = previous.form_id
        and answers.unit_id = previous.unit_id
        and answers.task_id = previous.task_id
        and answers.previous_known_period = previous.period
