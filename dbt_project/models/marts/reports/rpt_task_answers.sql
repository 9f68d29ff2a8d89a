select
    progress.campaign_id,
    progress.form_id,
    progress.period,
    progress.cutoff_on,
    progress.list_id,
    board.owner_unit_position,
    board.position,
    progress.task_id,
    board.number,
    board.goal,
    board.due_text,
    progress.unit_id,
    progress.unit_position,
    progress.unit_name,
    progress.role,
    case progress.role when 'lead' then '责任' when 'co' then '配合' else '名单外' end as role_name,
    progress.is_owed,
    progress.is_responsible,
    progress.step is not null as has_status,
    case progress.status
        when 'not_received' then '未报'
        when 'omitted' then '表上未列'
        when 'blank' then '状态未填'
        else progress.status_name
    end as status_words,
    progress.is_done,
    progress.is_overdue,
    progress.is_backwards,
    progress.previous_status_name,
    progress.previous_status_period,
    progress.progress,
    progress.evidence,
    progress.reason,
    progress.submission_id,
    sent.file_name,
    progress.source_cell
from {{ ref('fct_task_progress') }} as progress
inner join {{ ref('rpt_task_board') }} as board
    on
        progress.campaign_id = board.campaign_id
        and progress.form_id = board.form_id
        and progress.period = board.period
        and progress.task_id = board.task_id
left join {{ ref('fct_submissions') }} as sent on progress.submission_id = sent.submission_id
