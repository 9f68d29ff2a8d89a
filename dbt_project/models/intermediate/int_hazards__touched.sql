{{ config(materialized='table') }}

select
    counted.campaign_id,
    counted.form_id,
    counted.unit_id,
    counted.period,
    counted.item_code,
    counted.part,
    unsettled.possible_hazard_id,
    cast(count(*) as int) as passed_over
from {{ ref('int_hazards__unsettled') }} as unsettled
inner join {{ ref('int_hazards__countable') }} as countable
    on unsettled.campaign_id = countable.campaign_id and unsettled.hazard_id = countable.hazard_id
inner join {{ ref('stg_campaigns__indicator_ledger') }} as items
    on
        countable.campaign_id = items.campaign_id
        and countable.counts = items.counts
        and countable.is_listed = items.is_listed
        and (items.source is null or countable.source = items.source)
inner join {{ ref('int_hazards__counted') }} as counted
    on
        items.campaign_id = counted.campaign_id
        and items.form_id = counted.form_id
        and items.item_code = counted.item_code
        and items.part = counted.part
        and countable.unit_id = counted.unit_id
        and countable.from_on <= counted.cutoff_on
        and (countable.until_on is null or countable.until_on > counted.cutoff_on)
where unsettled.is_passed_over
group by
    counted.campaign_id,
    counted.form_id,
    counted.unit_id,
    counted.period,
    counted.item_code,
    counted.part,
    unsettled.possible_hazard_id
