with hazards as (
    select * from {{ ref('fct_hazards') }}
    where enterprise_key is not null and enterprise_key <> ''
),

first_done as (
    select
        campaign_id,
        hazard_id,
        min(event_on) as done_on
    from {{ ref('int_hazards__events') }}
    where event in ('rectified', 'closed')
    group by campaign_id, hazard_id
),

said as (
    select distinct
        lines.campaign_id,
        lines.signature,
        hazards.enterprise_key,
        hazards.shared_hazard_id,
        hazards.found_on,
        first_done.done_on
    from {{ ref('int_hazards__lines') }} as lines
    inner join hazards on lines.campaign_id = hazards.campaign_id and lines.hazard_id = hazards.hazard_id
    left join first_done on lines.campaign_id = first_done.campaign_id and lines.hazard_id = first_done.hazard_id
),

repeat_pairs as (
    select
        campaign_id,
        signature_a as one,
        signature_b as other
    from {{ ref('stg_submissions__hazard_pairs') }}
    where kind = 'repeat'
    union all
    select
        campaign_id,
        signature_b as one,
        signature_a as other
    from {{ ref('stg_submissions__hazard_pairs') }}
    where kind = 'repeat'
),

{# Found again is what had been put right: while the first stands open, nothing relapsed. #}
found_again as (
    select
        again.campaign_id,
        again.enterprise_key,
        again.shared_hazard_id
    from repeat_pairs
    inner join said as first_time
        on repeat_pairs.campaign_id = first_time.campaign_id and repeat_pairs.one = first_time.signature
    inner join said as again
        on repeat_pairs.campaign_id = again.campaign_id and repeat_pairs.other = again.signature
    where first_time.found_on < again.found_on and first_time.done_on <= again.found_on
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
