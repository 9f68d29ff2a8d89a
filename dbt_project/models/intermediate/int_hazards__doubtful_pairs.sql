with decisions as (
    select
        campaign_id,
        pair_id,
        max_by(decision, decided_on) as decision,
        max_by(decided_by, decided_on) as decided_by,
        max(decided_on) as decided_on
    from {{ ref('stg_campaigns__hazard_decisions') }}
    where decided_on <= {{ as_of_date() }}
    group by campaign_id, pair_id
)

select
    pairs.*,
    decisions.decision,
    decisions.decided_by,
    decisions.decided_on
from {{ ref('stg_submissions__hazard_pairs') }} as pairs
left join decisions on pairs.campaign_id = decisions.campaign_id and pairs.pair_id = decisions.pair_id
where not pairs.is_sure and pairs.kind in ('same', 'overlap')
