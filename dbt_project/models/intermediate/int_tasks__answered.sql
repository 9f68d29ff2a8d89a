with owed as (
    select * from {{ ref('int_tasks__owed') }}
),

reported as (
    select * from {{ ref('int_tasks__reported') }}
    where last_step is not null
),

received as (
    select * from {{ ref('int_submissions__versioned') }}
    where is_current
),

cutoffs as (
    select
        campaign_id,
        form_id,
        period,
        min(cutoff_on) as cutoff_on
    from {{ ref('int_reports__allowed') }}
    group by campaign_id, form_id, period
),

answers as (
    select
        coalesce(owed.campaign_id, reported.campaign_id) as campaign_id,
        coalesce(owed.form_id, reported.form_id) as form_id,
        coalesce(owed.unit_id, reported.unit_id) as unit_id,
        coalesce(owed.period, reported.period) as period,
        coalesce(owed.task_id, reported.task_id) as task_id,
        owed.task_id is not null as is_owed,
        reported.task_id is not null as is_reported,
        reported.status,
        reported.status_name,
        reported.step,
        reported.step = reported.last_step as is_done,
        reported.progress,
        reported.evidence,
        reported.reason,
        reported.note,
        reported.rows_in_report,
        reported.submission_id,
        reported.source_cell
    from owed
    full outer join reported
        on
            owed.campaign_id = reported.campaign_id
            and owed.form_id = reported.form_id
            and owed.unit_id = reported.unit_id
            and owed.period = reported.period
            and owed.task_id = reported.task_id
)

select
    answers.campaign_id,
    answers.form_id,
    answers.unit_id,
    answers.period,
    cutoffs.cutoff_on,
    coalesce(received.unit_name, expected.unit_name) as unit_name,
    coalesce(received.unit_position, expected.unit_position) as unit_position,
    answers.task_id,
    answers.is_owed,
    case
        when answers.step is not null then answers.status
        when answers.is_reported then 'blank'
        when received.submission_id is not null then 'omitted'
        else 'not_received'
    end as status,
    answers.status_name,
    answers.step,
    answers.is_done,
    answers.progress,
    answers.evidence,
    answers.reason,
    answers.note,
    coalesce(answers.rows_in_report, 0) as rows_in_report,
    received.submission_id,
    answers.source_cell
from answers
left join received
    on
        answers.campaign_id = received.campaign_id
        and answers.form_id = received.form_id
        and answers.unit_id = received.unit_id
        and answers.period = received.period
left join {{ ref('int_reports__expected') }} as expected
    on
        answers.campaign_id = expected.campaign_id
        and answers.form_id = expected.form_id
        and answers.unit_id = expected.unit_id
        and answers.period = expected.period
left join cutoffs
    on
        answers.campaign_id = cutoffs.campaign_id
        and answers.form_id = cutoffs.form_id
        and answers.period = cutoffs.period
