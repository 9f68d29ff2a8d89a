with unexplained as (
    select
        progress.*,
        tasks.position,
        coalesce(tasks.number, tasks.goal) as task_name,
        reason_columns.column_name as reason_column
    from {{ ref('fct_task_progress') }} as progress
    inner join {{ ref('dim_tasks') }} as tasks
        on progress.campaign_id = tasks.campaign_id and progress.task_id = tasks.task_id
    inner join {{ ref('stg_campaigns__columns') }} as reason_columns
        on
            progress.campaign_id = reason_columns.campaign_id
            and progress.form_id = reason_columns.form_id
            and reason_columns.column_id = 'reason'
    where progress.is_responsible and progress.step is not null and progress.reason is null
)

select
    campaign_id,
    form_id,
    unit_id,
    period,
    submission_id,
    'TL-2-01' as rule_code,
    position as order_in_rule,
    '任务' || task_name || '：' || previous_status_period || ' 报“' || previous_status_name || '”，本期报“' || status_name
    || '”，状态倒退而没有写原因。请在“' || reason_column || '”栏写明原因，或更正状态。' as message,
    'Task ' || task_name || ': ' || previous_status_period || ' said ' || previous_status || ', this period says '
    || status || ', without a reason; give the reason or correct the status.' as message_en,
    source_cell
from unexplained
where is_backwards
union all
select
    campaign_id,
    form_id,
    unit_id,
    period,
    submission_id,
    'TL-2-02' as rule_code,
    position as order_in_rule,
    '任务' || task_name || '：完成时限 ' || cast(due_on as string) || ' 已过，本期报“' || status_name
    || '”，没有写原因。请在“' || reason_column || '”栏写明原因。' as message,
    'Task ' || task_name || ': was due on ' || cast(due_on as string) || ', this period says ' || status
    || ', without a reason; give the reason.' as message_en,
    source_cell
from unexplained
where is_overdue and not is_backwards
