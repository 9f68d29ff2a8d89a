with ends as (
    select true as is_first
    union all
    select false as is_first
),

sides as (
    select
        pairs.campaign_id,
        pairs.pair_id,
        case when ends.is_first then pairs.hazard_id else pairs.other_hazard_id end as hazard_id
    from {{ ref('int_hazards__doubtful_pairs') }} as pairs
    cross join ends
    where pairs.kind = 'overlap' and pairs.decision is null
),

counted as (
    select
        sides.campaign_id,
        sides.pair_id,
        counted.form_id,
        counted.period,
        counted.item_code,
        counted.part,
        sides.hazard_id
    from sides
    {{ counts_that_hold('sides', ref('int_hazards__counted'), 'counted') }}
),

{# Only where both are counted does the total hold one of them twice. #}
counted_twice as (
    select
        campaign_id,
        pair_id,
        form_id,
        period
    from counted
    group by campaign_id, pair_id, form_id, period
    having count(distinct hazard_id) = 2
),

figures as (
    select distinct
        counted.campaign_id,
        counted.pair_id,
        counted.form_id,
        counted.period,
        counted.item_code,
        counted.part
    from counted
    inner join counted_twice
        on
            counted.campaign_id = counted_twice.campaign_id
            and counted.pair_id = counted_twice.pair_id
            and counted.form_id = counted_twice.form_id
            and counted.period = counted_twice.period
)

select
    campaign_id,
    pair_id,
    form_id,
    min(period) as first_period,
    max(period) as last_period,
    cast(count(*) as int) as figures_touched,
    {{ joined_text('item_code', '、') }} as item_codes
from figures
group by campaign_id, pair_id, form_id
