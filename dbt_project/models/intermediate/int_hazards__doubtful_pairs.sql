with links as (
    select * from {{ ref('stg_build__hazard_links') }}
),

{# Two hazards that a person told apart are not asked about again in other words. #}
told_apart as (
    select distinct
        pairs.campaign_id,
        least(one.hazard_id, other.hazard_id) as hazard_id,
        greatest(one.hazard_id, other.hazard_id) as other_hazard_id
    from {{ ref('stg_submissions__hazard_pairs') }} as pairs
    inner join {{ ref('int_hazards__decided') }} as decided
        on pairs.campaign_id = decided.campaign_id and pairs.pair_id = decided.pair_id
    inner join links as one on pairs.campaign_id = one.campaign_id and pairs.signature_a = one.signature
    inner join links as other on pairs.campaign_id = other.campaign_id and pairs.signature_b = other.signature
    where decided.decision = 'different'
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
        when pairs.is_sure and decisions.decision is null then '描述相同，别的单位所报也与它相同' else pairs.reason
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
left join {{ ref('int_hazards__decided') }} as decisions
    on pairs.campaign_id = decisions.campaign_id and pairs.pair_id = decisions.pair_id
left join told_apart
    on
        pairs.campaign_id = told_apart.campaign_id
        and least(one.hazard_id, other.hazard_id) = told_apart.hazard_id
        and greatest(one.hazard_id, other.hazard_id) = told_apart.other_hazard_id
where
    (
        pairs.kind = 'same'
        and not pairs.is_sure
        and (
            decisions.decision is not null
            {# What the unit answered by new numbers waits for nobody: it is no possible hazard either. #}
            or (
                one.hazard_id <> other.hazard_id
                and one.possible_hazard_id = other.possible_hazard_id
                and told_apart.hazard_id is null
            )
        )
    )
    or (
        pairs.kind = 'overlap'
        and (
            decisions.decision is not null
            or (one.shared_hazard_id <> other.shared_hazard_id and told_apart.hazard_id is null)
        )
    )
