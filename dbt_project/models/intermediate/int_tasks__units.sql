select
    task_units.campaign_id,
    task_units.task_id,
    task_units.role,
    task_units.unit_id,
    coalesce(task_units.group_id, task_units.unit_id) as named_as,
    task_units.group_id is not null as is_through_group,
    coalesce(task_units.valid_from, campaigns.starts_on) as valid_from,
    task_units.valid_to
from {{ ref('stg_campaigns__task_units') }} as task_units
inner join {{ ref('stg_campaigns__campaigns') }} as campaigns on task_units.campaign_id = campaigns.campaign_id
union all
select
    own_tasks.campaign_id,
    own_tasks.task_id,
    'lead' as role,
    own_tasks.unit_id,
    own_tasks.unit_id as named_as,
    false as is_through_group,
    campaigns.starts_on as valid_from,
    cast(null as date) as valid_to
from {{ ref('int_tasks__own') }} as own_tasks
inner join {{ ref('stg_campaigns__campaigns') }} as campaigns on own_tasks.campaign_id = campaigns.campaign_id
