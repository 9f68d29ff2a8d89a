with items as (
    select distinct
        campaign_id,
        form_id,
        item_code,
        part,
        counts,
        is_listed
    from {{ ref('stg_campaigns__indicator_ledger') }}
),

at_cutoff as (
    select
        reports.campaign_id,
        reports.form_id,
        reports.unit_id,
        reports.period,
        reports.cutoff_on,
        hazards.hazard_id,
        hazards.source,
        coalesce(hazards.listed_on <= reports.cutoff_on, hazards.listed_level is not null) as is_listed,
        coalesce(spans.status in ('rectified', 'closed'), false) as is_rectified,
        coalesce(hazards.rectified_on > reports.cutoff_on, false) as is_rectified_later,
        case
            when hazards.level is null or hazards.level <> 'major' then 'not_major'
            when hazards.found_on is null then 'undated'
            when hazards.found_on < campaigns.starts_on then 'before_campaign'
            when hazards.found_on > reports.cutoff_on then 'found_after_cutoff'
        end as exclusion
    from {{ ref('int_reports__allowed') }} as reports
    inner join {{ ref('stg_campaigns__campaigns') }} as campaigns on reports.campaign_id = campaigns.campaign_id
    inner join {{ ref('fct_hazards') }} as hazards
        on reports.campaign_id = hazards.campaign_id and reports.unit_id = hazards.unit_id
    left join {{ ref('int_hazards__spans') }} as spans
        on
            hazards.campaign_id = spans.campaign_id
            and hazards.hazard_id = spans.hazard_id
            and reports.cutoff_on >= spans.from_on
            and (spans.until_on is null or reports.cutoff_on < spans.until_on)
    where reports.cutoff_on <= {{ as_of_date() }}
)

select
    at_cutoff.campaign_id,
    at_cutoff.form_id,
    at_cutoff.unit_id,
    at_cutoff.period,
    at_cutoff.cutoff_on,
    items.item_code,
    items.part,
    at_cutoff.hazard_id,
    at_cutoff.exclusion,
    case
        when at_cutoff.exclusion is not null then at_cutoff.exclusion
        when sources.item_code is null then 'other_source'
        when items.is_listed and not at_cutoff.is_listed then 'not_listed'
        when items.counts = 'found' or at_cutoff.is_rectified then 'counted'
        when at_cutoff.is_rectified_later then 'rectified_after_cutoff'
        else 'not_rectified'
    end as reason
from at_cutoff
inner join items on at_cutoff.campaign_id = items.campaign_id and at_cutoff.form_id = items.form_id
left join {{ ref('stg_campaigns__indicator_ledger') }} as sources
    on
        items.campaign_id = sources.campaign_id
        and items.form_id = sources.form_id
        and items.item_code = sources.item_code
        and items.part = sources.part
        and (sources.source is null or at_cutoff.source = sources.source)
