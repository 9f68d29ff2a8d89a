with counted as (
    select
        campaign_id,
        unit_id,
        reason,
        cast(count(*) as int) as facts,
        {{ joined_text('evidence', '；') }} as evidence
    from {{ ref('int_visits__facts') }}
    group by campaign_id, unit_id, reason
)

select
    counted.campaign_id,
    counted.unit_id,
    units.unit_position,
    units.unit_name,
    counted.reason,
    reasons.name as reason_name,
    reasons.position as reason_position,
    counted.facts,
    reasons.measure_unit,
    reasons.at_least,
    counted.evidence,
    cast(count(*) over (partition by counted.campaign_id, counted.unit_id) as int) as reasons_of_unit,
    reasons.clause,
    reasons.basis
from counted
inner join {{ ref('stg_campaigns__visit_reasons') }} as reasons
    on counted.campaign_id = reasons.campaign_id and counted.reason = reasons.reason
left join {{ ref('int_units__latest') }} as units
    on counted.campaign_id = units.campaign_id and counted.unit_id = units.unit_id
where counted.facts >= reasons.at_least
