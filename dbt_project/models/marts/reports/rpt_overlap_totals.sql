{# Both readings stand side by side whichever is in force: rpt_progress_totals stays the sum of what was reported. #}
with readings as (
    select 'as_reported' as reading
    union all
    select 'counted_once' as reading
),

items as (
    select
        campaign_id,
        form_id,
        period,
        item_code,
        part,
        count(distinct shared_hazard_id) as shared_hazards,
        count(*) filter (where standing = 'counted_twice') as counted_twice
    from {{ ref('rpt_overlap_reports') }}
    group by campaign_id, form_id, period, item_code, part
)

select
    items.campaign_id,
    items.form_id,
    items.period,
    items.item_code,
    items.part,
    readings.reading,
    totals.position,
    totals.indicator_name,
    totals.part_name,
    cast(
        case readings.reading
            when 'counted_once' then totals.cumulative_value - items.counted_twice
            else totals.cumulative_value
        end as decimal(18, 4)
    ) as total_value,
    cast(items.shared_hazards as int) as shared_hazards,
    cast(items.counted_twice as int) as counted_twice,
    readings.reading = coalesce(chosen.reading, 'as_reported') as is_in_force
from items
cross join readings
inner join {{ ref('rpt_progress_totals') }} as totals
    on
        items.campaign_id = totals.campaign_id
        and items.form_id = totals.form_id
        and items.period = totals.period
        and items.item_code = totals.item_code
        and items.part = totals.part
        and totals.total_scope = 'all'
left join {{ ref('dim_contradictions') }} as chosen
    on items.campaign_id = chosen.campaign_id and chosen.setting = 'territory_department_overlap'
