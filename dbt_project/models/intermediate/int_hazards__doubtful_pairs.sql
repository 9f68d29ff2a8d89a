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
),

links as (
    select * from {{ ref('stg_build__hazard_links') }}
)

{# What two units told alike waits too, where it would bring two towns together: it is sure and is not joined. #}
select
    pairs.campaign_id,
    pairs.pair_id,
    pairs.signature_a,
    pairs.signature_b,
    pairs.kind,
    pairs.is_sure,
    pairs.score,
    case
        when pairs.is_sure and decisions.decision is null then '描述相同，另一镇街所报也与它相同' else pairs.reason
    end as reason,
    pairs.received_at,
    decisions.decision,
    decisions.decided_by,
    decisions.decided_on,
    one.hazard_id,
    other.hazard_id as other_hazard_id,
    one.possible_hazard_id
from {{ ref('stg_submissions__hazard_pairs') }} as pairs
inner join links as one on pairs.campaign_id = one.campaign_id and pairs.signature_a = one.signature
inner join links as other on pairs.campaign_id = other.campaign_id and pairs.signature_b = other.signature
left join decisions on pairs.campaign_id = decisions.campaign_id and pairs.pair_id = decisions.pair_id
where
    (
        pairs.kind = 'same'
        and not pairs.is_sure
        and (decisions.decision is not null or one.hazard_id <> other.hazard_id)
    )
    or (
        pairs.kind = 'overlap'
        and (decisions.decision is not null or one.shared_hazard_id <> other.shared_hazard_id)
    )
