{{ config(tags=['after_gate2']) }}

with first_lines as (
    select
        campaign_id,
        hazard_id,
        reported_as_of as first_reported_on
    from {{ ref('int_hazards__versions') }}
    where version_number = 1
),

undecided as (
    select * from {{ ref('int_hazards__doubtful_pairs') }}
    where decision is null
),

doubtful as (
    select distinct
        links.campaign_id,
        links.hazard_id
    from (
        select
            campaign_id,
            signature_a as signature
        from undecided
        union
        select
            campaign_id,
            signature_b as signature
        from undecided
    ) as sides
    inner join {{ ref('stg_build__hazard_links') }} as links
        on sides.campaign_id = links.campaign_id and sides.signature = links.signature
),

judged as (
    select
        weighed.*,
        doubtful.hazard_id is not null as is_doubtful,
        shared_reports.hazard_id is not null as is_shared,
        first_lines.first_reported_on > weighed.cutoff_on as is_reported_later
    from {{ ref('int_hazards__weighed') }} as weighed
    inner join first_lines
        on weighed.campaign_id = first_lines.campaign_id and weighed.hazard_id = first_lines.hazard_id
    left join doubtful on weighed.campaign_id = doubtful.campaign_id and weighed.hazard_id = doubtful.hazard_id
    left join {{ ref('fct_hazard_overlaps') }} as shared_reports
        on weighed.campaign_id = shared_reports.campaign_id and weighed.hazard_id = shared_reports.hazard_id
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
