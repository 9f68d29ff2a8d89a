{# Both readings stand side by side whichever is in force: rpt_progress_totals stays the sum of what was reported. #}
with readings as (
    select 'as_reported' as reading
    union all
    select 'counted_once' as reading
),

told as (
    select
        campaign_id,
        form_id,
        period,
        summed_items,
        part,
        count(distinct shared_hazard_id) as shared_hazards,
        count(*) filter (where standing = 'counted_twice') as counted_twice
    from {{ ref('rpt_overlap_reports') }}
    group by campaign_id, form_id, period, summed_items, part
),

{# A sum is printed where the first of its items stands, under the names of all. #}
summed as (
    select
        told.campaign_id,
        told.form_id,
        told.period,
        told.summed_items,
        told.part,
        told.shared_hazards,
        told.counted_twice,
        min(totals.position) as position,
        {{ joined_text("totals.item_code || ' ' || totals.indicator_name", '＋') }} as item_names,
        max(totals.part_name) as part_name,
        sum(totals.cumulative_value) as reported
    from told
    inner join {{ ref('int_indicators__sums') }} as sums
        on
            told.campaign_id = sums.campaign_id
            and told.form_id = sums.form_id
            and told.summed_items = sums.summed_items
            and told.part = sums.part
    inner join {{ ref('rpt_progress_totals') }} as totals
        on
            sums.campaign_id = totals.campaign_id
            and sums.form_id = totals.form_id
            and told.period = totals.period
            and sums.item_code = totals.item_code
            and sums.part = totals.part
            and totals.total_scope = 'all'
    group by
        told.campaign_id, told.form_id, told.period, told.summed_items, told.part,
        told.shared_hazards, told.counted_twice
)

select
    summed.campaign_id,
    summed.form_id,
    summed.period,
    summed.summed_items,
    summed.part,
    readings.reading,
    summed.position,
    summed.item_names,
    summed.part_name,
    cast(
        case readings.reading when 'counted_once' then summed.reported - summed.counted_twice else summed.reported end
        as decimal(18, 4)
    ) as total_value,
    cast(summed.shared_hazards as int) as shared_hazards,
    cast(summed.counted_twice as int) as counted_twice,
    readings.reading = coalesce(chosen.reading, 'as_reported') as is_in_force
from summed
cross join readings
left join {{ ref('dim_contradictions') }} as chosen
    on summed.campaign_id = chosen.campaign_id and chosen.setting = 'territory_department_overlap'
