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
    campaign_id,
    task_id,
    'lead' as role,
    unit_id,
    unit_id as named_as,
    false as is_through_group,
    valid_from,
    valid_to
from {{ ref('int_tasks__own_units') }}
