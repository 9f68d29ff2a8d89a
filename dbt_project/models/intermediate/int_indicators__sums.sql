{# A hazard has one source, so two items that count the same of different sources can be added: no hazard is in both. #}
with items as (
    select distinct
        campaign_id,
        form_id,
        item_code,
        part,
        counts,
        is_listed,
        source
    from {{ ref('stg_campaigns__indicator_ledger') }}
),

sums as (
    select
        campaign_id,
        form_id,
        part,
        counts,
        is_listed,
        {{ joined_text('item_code', '+') }} as summed_items
    from items
    group by campaign_id, form_id, part, counts, is_listed
    having
        count(distinct item_code) > 1
        and count(source) = count(*)
        and count(distinct source) = count(*)
)

select distinct
    campaign_id,
    form_id,
    item_code as summed_items,
    item_code,
    part
from items

union all

select distinct
    items.campaign_id,
    items.form_id,
    sums.summed_items,
    items.item_code,
    items.part
from sums
inner join items
    on
        sums.campaign_id = items.campaign_id
        and sums.form_id = items.form_id
        and sums.part = items.part
        and sums.counts = items.counts
        and sums.is_listed = items.is_listed
