{{ config(tags=['after_gate2']) }}

with first_lines as (
    select
        campaign_id,
        hazard_id,
        reported_as_of as first_reported_on
    from {{ ref('int_hazards__versions') }}
    where version_number = 1
),

judged as (
    select
        weighed.*,
        unsettled.hazard_id is not null as is_doubtful,
        shared_reports.hazard_id is not null as is_shared,
        first_lines.first_reported_on > weighed.cutoff_on as is_reported_later
    from {{ ref('int_hazards__weighed') }} as weighed
    inner join first_lines
        on weighed.campaign_id = first_lines.campaign_id and weighed.hazard_id = first_lines.hazard_id
    left join {{ ref('int_hazards__unsettled') }} as unsettled
        on weighed.campaign_id = unsettled.campaign_id and weighed.hazard_id = unsettled.hazard_id
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
