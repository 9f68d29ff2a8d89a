with listed as (
    select
        tasks.campaign_id,
        tasks.task_id,
        tasks.list_id,
        task_lists.list_title,
        cast(null as string) as owner_unit_id,
        tasks.number,
        tasks.position,
        tasks.section,
        tasks.theme,
        tasks.goal,
        tasks.due_text,
        tasks.due_month,
        tasks.due_on,
        tasks.due_on as first_due_on,
        tasks.lead_units,
        tasks.co_units,
        tasks.leaders,
        tasks.lead_is_open,
        tasks.co_is_open,
        tasks.clause,
        tasks.note
    from {{ ref('stg_campaigns__tasks') }} as tasks
    inner join {{ ref('stg_campaigns__task_lists') }} as task_lists
        on tasks.campaign_id = task_lists.campaign_id and tasks.list_id = task_lists.list_id
),

own as (
    select
        campaign_id,
        task_id,
        'own' as list_id,
        '单位自定的任务' as list_title,
        owner_unit_id,
        number_text as number,
        cast(row_number() over (
            partition by campaign_id, owner_unit_id
            order by first_period asc nulls last, number_text asc nulls last, task_id asc nulls last
        ) as int) as position,
        cast(null as string) as section,
        cast(null as string) as theme,
        goal,
        due_text,
        due_month,
        due_on,
        first_due_on,
        lead_units,
        cast(null as string) as co_units,
        cast(null as string) as leaders,
        false as lead_is_open,
        false as co_is_open,
        cast(null as string) as clause,
        cast(null as string) as note
    from {{ ref('int_tasks__own') }}
)

select * from listed
union all
select * from own
