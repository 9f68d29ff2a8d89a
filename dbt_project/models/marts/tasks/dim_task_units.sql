select
    campaign_id,
    task_id,
    role,
    unit_id,
    named_as,
    is_through_group,
    valid_from,
    valid_to
from {{ ref('int_tasks__units') }}
