{{ config(tags=['after_gate2']) }}

with first_lines as (
    select
        campaign_id,
        hazard_id,
        reported_as_of as first_reported_on
    from {{ ref('int_hazards__versions') }}
    where version_number = 1
),

doubtful as (
    select distinct
        links.campaign_id,
        links.hazard_id
    from {{ ref('int_hazards__doubtful_pairs') }} as pairs
    inner join {{ ref('stg_build__hazard_links') }} as links
        on
            pairs.campaign_id = links.campaign_id
            and (pairs.signature_a = links.signature or pairs.signature_b = links.signature)
    where pairs.decision is null
),

judged as (
    select
        differences.*,
        hazards.hazard_id,
        case
            when hazards.level is null or hazards.level <> 'major' then 'not_major'
            when hazards.found_on is null then 'undated'
            when hazards.found_on < campaigns.starts_on then 'before_campaign'
            when hazards.found_on > differences.cutoff_on then 'found_after_cutoff'
            when asked.item_code is null then 'other_source'
            when
                differences.is_listed
                and not coalesce(hazards.listed_on <= differences.cutoff_on, hazards.listed_level is not null)
                then 'not_listed'
            when differences.counts = 'found' or spans.status in ('rectified', 'closed') then 'counted'
            when hazards.rectified_on > differences.cutoff_on then 'rectified_after_cutoff'
            else 'not_rectified'
        end as reason,
        doubtful.hazard_id is not null as is_doubtful,
        shared_reports.hazard_id is not null as is_shared,
        first_lines.first_reported_on > differences.cutoff_on as is_reported_later
    from {{ ref('int_hazards__differences') }} as differences
    inner join {{ ref('stg_campaigns__campaigns') }} as campaigns on differences.campaign_id = campaigns.campaign_id
    inner join {{ ref('fct_hazards') }} as hazards
        on differences.campaign_id = hazards.campaign_id and differences.unit_id = hazards.unit_id
    inner join first_lines
        on hazards.campaign_id = first_lines.campaign_id and hazards.hazard_id = first_lines.hazard_id
    left join {{ ref('stg_campaigns__indicator_ledger') }} as asked
        on
            differences.campaign_id = asked.campaign_id
            and differences.form_id = asked.form_id
            and differences.item_code = asked.item_code
            and differences.part = asked.part
            and (asked.source is null or hazards.source = asked.source)
    left join {{ ref('int_hazards__spans') }} as spans
        on
            hazards.campaign_id = spans.campaign_id
            and hazards.hazard_id = spans.hazard_id
            and differences.cutoff_on >= spans.from_on
            and (spans.until_on is null or differences.cutoff_on < spans.until_on)
    left join doubtful on hazards.campaign_id = doubtful.campaign_id and hazards.hazard_id = doubtful.hazard_id
    left join {{ ref('fct_hazard_overlaps') }} as shared_reports
        on hazards.campaign_id = shared_reports.campaign_id and hazards.hazard_id = shared_reports.hazard_id
)

select
    campaign_id,
    form_id,
    unit_id,
    period,
    item_code,
    part,
    hazard_id,
    reason = 'counted' as is_counted,
    case
        when reason <> 'counted' then reason
        when is_doubtful then 'doubtful_pair'
        when is_shared then 'shared_with_other_unit'
        when is_reported_later then 'reported_later'
        else reason
    end as reason
from judged
where reason = 'counted' or not is_reported_later
