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
        weighed.*,
        doubtful.hazard_id is not null as is_doubtful,
        shared_reports.hazard_id is not null as is_shared,
        first_lines.first_reported_on > weighed.cutoff_on as is_reported_later
    from {{ ref('int_hazards__differences') }} as differences
    inner join {{ ref('int_hazards__weighed') }} as weighed
        on
            differences.campaign_id = weighed.campaign_id
            and differences.form_id = weighed.form_id
            and differences.unit_id = weighed.unit_id
            and differences.period = weighed.period
            and differences.item_code = weighed.item_code
            and differences.part = weighed.part
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
