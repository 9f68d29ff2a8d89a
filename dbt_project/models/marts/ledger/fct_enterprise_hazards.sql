with hazards as (
    select * from {{ ref('fct_hazards') }}
    where enterprise_key is not null and enterprise_key <> ''
),

said as (
    select distinct
        lines.campaign_id,
        lines.signature,
        hazards.enterprise_key,
        hazards.shared_hazard_id,
        hazards.found_on
    from {{ ref('int_hazards__lines') }} as lines
    inner join hazards on lines.campaign_id = hazards.campaign_id and lines.hazard_id = hazards.hazard_id
),

found_again as (
    select
        one.campaign_id,
        case when one.found_on > other.found_on then one.enterprise_key else other.enterprise_key end as enterprise_key,
        case when one.found_on > other.found_on then one.shared_hazard_id else other.shared_hazard_id end
            as shared_hazard_id
    from {{ ref('stg_submissions__hazard_pairs') }} as pairs
    inner join said as one on pairs.campaign_id = one.campaign_id and pairs.signature_a = one.signature
    inner join said as other on pairs.campaign_id = other.campaign_id and pairs.signature_b = other.signature
    where pairs.kind = 'repeat'
),

{#
  Of three findings every two are a pair: what was found again is counted, not the pairs, and under the name it was found
  again by.
#}
repeats as (
    select
        campaign_id,
        enterprise_key,
        count(distinct shared_hazard_id) as repeat_count
    from found_again
    group by campaign_id, enterprise_key
)

select
    hazards.campaign_id,
    hazards.enterprise_key,
    max(hazards.enterprise) as enterprise,
    cast(count(distinct hazards.shared_hazard_id) as int) as hazard_count,
    cast(count(distinct case when hazards.level = 'major' then hazards.shared_hazard_id end) as int) as major_count,
    cast(
        count(distinct case when hazards.status in ('open', 'reopened') then hazards.shared_hazard_id end) as int
    ) as open_count,
    cast(sum(hazards.reopened_count) as int) as reopened_count,
    cast(coalesce(max(repeats.repeat_count), 0) as int) as repeat_count,
    cast(sum(hazards.penalties) as int) as penalties,
    cast(max(case when hazards.status in ('open', 'reopened') then hazards.days_open end) as int) as longest_days_open
from hazards
left join repeats
    on hazards.campaign_id = repeats.campaign_id and hazards.enterprise_key = repeats.enterprise_key
group by hazards.campaign_id, hazards.enterprise_key
