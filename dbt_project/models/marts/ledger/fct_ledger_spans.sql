{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

with items as (
    select distinct
        campaign_id,
        form_id,
        item_code,
        part,
        counts,
        is_listed
    from {{ ref('stg_campaigns__indicator_ledger') }}
)

select
    items.campaign_id,
    items.form_id,
    items.item_code,
    items.part,
    countable.unit_id,
    countable.hazard_id,
    countable.from_on,
    countable.until_on,
    case
        when sources.item_code is null and countable.reason in ('counted', 'before_campaign') then 'other_source'
        else countable.reason
    end as reason
from {{ ref('int_hazards__countable') }} as countable
inner join items on countable.campaign_id = items.campaign_id
left join {{ ref('stg_campaigns__indicator_ledger') }} as sources
    on
        items.campaign_id = sources.campaign_id
        and items.form_id = sources.form_id
        and items.item_code = sources.item_code
        and items.part = sources.part
        and (sources.source is null or countable.source = sources.source)
where
    countable.counts = case when sources.item_code is null then 'found' else items.counts end
    and countable.is_listed = (sources.item_code is not null and items.is_listed)
{{ if_stale('and', 'countable') }}
