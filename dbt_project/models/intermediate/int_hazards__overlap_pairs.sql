with joined as (
    select
        pairs.campaign_id,
        pairs.pair_id,
        one.hazard_id,
        other.hazard_id as other_hazard_id
    from {{ ref('stg_submissions__hazard_pairs') }} as pairs
    inner join {{ ref('stg_build__hazard_links') }} as one
        on pairs.campaign_id = one.campaign_id and pairs.signature_a = one.signature
    inner join {{ ref('stg_build__hazard_links') }} as other
        on pairs.campaign_id = other.campaign_id and pairs.signature_b = other.signature
    left join {{ ref('int_hazards__decided') }} as decided
        on pairs.campaign_id = decided.campaign_id and pairs.pair_id = decided.pair_id
    where
        pairs.kind = 'overlap'
        and one.shared_hazard_id = other.shared_hazard_id
        and coalesce(decided.decision = 'same', pairs.is_sure)
)

select
    campaign_id,
    pair_id,
    hazard_id
from joined
union all
select
    campaign_id,
    pair_id,
    other_hazard_id as hazard_id
from joined
