select
    task_leaders.campaign_id,
    task_leaders.task_id,
    task_leaders.leader_id,
    leaders.label as leader_label
from {{ ref('stg_campaigns__task_leaders') }} as task_leaders
inner join {{ ref('stg_campaigns__leaders') }} as leaders
    on task_leaders.campaign_id = leaders.campaign_id and task_leaders.leader_id = leaders.leader_id
