with newest as (
    select
        *,
        row_number() over (partition by campaign_id, unit_id order by steps desc nulls last) as from_the_end
    from {{ ref('int_units__line') }}
),

divided as (
    select distinct
        campaign_id,
        unit_id_before as unit_id
    from {{ ref('stg_campaigns__unit_changes') }}
    where changed_on <= {{ as_of_date() }} and kind = 'split' and unit_id_before <> unit_id_after
)

select
    newest.campaign_id,
    newest.unit_id,
    newest.later_unit_id as successor_unit_id,
    newest.steps,
    divided.unit_id is not null as is_divided
from newest
left join divided
    on newest.campaign_id = divided.campaign_id and newest.later_unit_id = divided.unit_id
where newest.from_the_end = 1
