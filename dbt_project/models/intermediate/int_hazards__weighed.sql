with differences as (
    select * from {{ ref('int_hazards__differences') }}
),

reports as (
    select distinct
        allowed.campaign_id,
        allowed.form_id,
        allowed.unit_id,
        allowed.period,
        allowed.cutoff_on
    from {{ ref('int_reports__allowed') }} as allowed
    inner join differences
        on
            allowed.campaign_id = differences.campaign_id
            and allowed.form_id = differences.form_id
            and allowed.unit_id = differences.unit_id
            and allowed.period = differences.period
),

items as (
    select distinct
        campaign_id,
        form_id,
        item_code,
        part,
        counts,
        is_listed
    from {{ ref('stg_campaigns__indicator_ledger') }}
),

sources as (
    select * from {{ ref('stg_campaigns__indicator_ledger') }}
)

select
    reports.campaign_id,
    reports.form_id,
    reports.unit_id,
    reports.period,
    reports.cutoff_on,
    items.item_code,
    items.part,
    hazards.hazard_id,
    case
        when sources.item_code is not null and countable.hazard_id is not null then 'counted'
        when hazards.level is null or hazards.level <> 'major' then 'not_major'
        when hazards.found_on is null then 'undated'
        when hazards.found_on < campaigns.starts_on then 'before_campaign'
        when hazards.found_on > reports.cutoff_on then 'found_after_cutoff'
        when sources.item_code is null then 'other_source'
        when items.is_listed and not coalesce(hazards.listed_on <= reports.cutoff_on, hazards.listed_level is not null)
            then 'not_listed'
        when hazards.rectified_on > reports.cutoff_on then 'rectified_after_cutoff'
        else 'not_rectified'
    end as reason
from differences
inner join reports
    on
        differences.campaign_id = reports.campaign_id
        and differences.form_id = reports.form_id
        and differences.unit_id = reports.unit_id
        and differences.period = reports.period
inner join items
    on
        differences.campaign_id = items.campaign_id
        and differences.form_id = items.form_id
        and differences.item_code = items.item_code
        and differences.part = items.part
inner join {{ ref('stg_campaigns__campaigns') }} as campaigns on reports.campaign_id = campaigns.campaign_id
inner join {{ ref('fct_hazards') }} as hazards
    on reports.campaign_id = hazards.campaign_id and reports.unit_id = hazards.unit_id
left join sources
    on
        items.campaign_id = sources.campaign_id
        and items.form_id = sources.form_id
        and items.item_code = sources.item_code
        and items.part = sources.part
        and (sources.source is null or hazards.source = sources.source)
left join {{ ref('int_hazards__countable') }} as countable
    on
        hazards.campaign_id = countable.campaign_id
        and hazards.hazard_id = countable.hazard_id
        and items.counts = countable.counts
        and items.is_listed = countable.is_listed
        and reports.cutoff_on >= countable.from_on
        and (countable.until_on is null or reports.cutoff_on < countable.until_on)
