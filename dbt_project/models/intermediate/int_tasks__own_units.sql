with listed as (
    select
        campaign_id,
        task_id,
        unit_id,
        min(period) as first_period
    from {{ ref('int_tasks__reported') }}
    where owner_unit_id is not null
    group by campaign_id, task_id, unit_id
)

select
    listed.campaign_id,
    listed.task_id,
    coalesce(line.later_unit_id, listed.unit_id) as unit_id,
    min(listed.first_period) as first_period,
    min(case when line.steps > 0 then line.from_on else campaigns.starts_on end) as valid_from,
    case when count(*) = count(line.until_on) then max(line.until_on) end as valid_to
from listed
inner join {{ ref('stg_campaigns__campaigns') }} as campaigns on listed.campaign_id = campaigns.campaign_id
left join {{ ref('int_units__line') }} as line
    on listed.campaign_id = line.campaign_id and listed.unit_id = line.unit_id
group by listed.campaign_id, listed.task_id, coalesce(line.later_unit_id, listed.unit_id)
