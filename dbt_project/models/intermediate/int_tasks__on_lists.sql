with progress as (
    select * from {{ ref('fct_task_progress') }}
),

spoken_of as (
    select
        campaign_id,
        form_id,
        period,
        cutoff_on
    from {{ ref('int_reports__begun') }}
    union distinct
    select
        campaign_id,
        form_id,
        period,
        cutoff_on
    from progress
),

periods as (
    select
        campaign_id,
        form_id,
        period,
        max(cutoff_on) as cutoff_on
    from spoken_of
    group by campaign_id, form_id, period
),

printed as (
    select
        form_task_lists.campaign_id,
        form_task_lists.form_id,
        periods.period,
        periods.cutoff_on,
        tasks.task_id
    from {{ ref('stg_campaigns__form_task_lists') }} as form_task_lists
    inner join {{ ref('stg_campaigns__tasks') }} as tasks
        on form_task_lists.campaign_id = tasks.campaign_id and form_task_lists.list_id = tasks.list_id
    inner join periods
        on form_task_lists.campaign_id = periods.campaign_id and form_task_lists.form_id = periods.form_id
    union distinct
    select
        campaign_id,
        form_id,
        period,
        cutoff_on,
        task_id
    from progress
    where list_id = 'own'
),

counts as (
    select
        campaign_id,
        form_id,
        period,
        task_id,
        count(*) filter (where is_owed) as units_owed,
        count(*) filter (where step is not null) as units_reported,
        count(*) filter (where is_done) as units_done,
        count(*) filter (where is_owed and is_done) as owed_done,
        count(*) filter (where is_overdue) as units_overdue,
        max(step) as highest_step,
        {{ joined_text("case when is_owed and step is null then unit_name end", '、') }} as silent_units,
        {{ joined_text("case when is_overdue then unit_name end", '、') }} as overdue_units,
        {{ joined_text("case when evidence is not null then unit_name || '：' || evidence end", '；') }} as evidence
    from progress
    where is_responsible
    group by campaign_id, form_id, period, task_id
)

select
    printed.campaign_id,
    printed.form_id,
    printed.period,
    printed.cutoff_on,
    printed.task_id,
    cast(coalesce(counts.units_owed, 0) as int) as units_owed,
    cast(coalesce(counts.units_reported, 0) as int) as units_reported,
    cast(coalesce(counts.units_done, 0) as int) as units_done,
    cast(coalesce(counts.units_overdue, 0) as int) as units_overdue,
    case
        when counts.owed_done = counts.units_owed and counts.units_owed > 0 then 'done'
        when counts.units_owed = 0 and counts.units_done = counts.units_reported then 'done'
        when counts.highest_step = 1 then 'not_started'
        when counts.highest_step > 1 then 'in_progress'
        else 'unknown'
    end as task_state,
    counts.silent_units,
    counts.overdue_units,
    counts.evidence
from printed
left join counts
    on
        printed.campaign_id = counts.campaign_id
        and printed.form_id = counts.form_id
        and printed.period = counts.period
        and printed.task_id = counts.task_id
