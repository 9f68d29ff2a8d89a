with figures as (
    select
        campaign_id,
        form_id,
        period,
        item_code,
        part,
        value_state,
        cumulative_value,
        month_value,
        reporting_scope
    from {{ ref('fct_indicator_values') }}
),

sums as (
    select
        campaign_id,
        form_id,
        period,
        item_code,
        part,
        coalesce(reporting_scope, 'all') as total_scope,
        sum(cumulative_value) as sum_of_values,
        sum(month_value) as sum_of_months,
        count(*) filter (where cumulative_value = 1) as units_saying_yes,
        count(*) as units_expected,
        count(*) filter (where value_state <> 'not_received') as units_received,
        count(cumulative_value) as units_counted,
        count(*) filter (where value_state = 'blank') as units_blank,
        count(*) filter (where value_state = 'not_applicable') as units_not_applicable,
        count(*) filter (where value_state = 'approximate') as units_approximate,
        count(*) filter (where cumulative_value is not null and month_value is null) as units_without_month
    from figures
    group by grouping sets (
        (campaign_id, form_id, period, item_code, part, reporting_scope),
        (campaign_id, form_id, period, item_code, part)
    )
)

select
    sums.campaign_id,
    sums.form_id,
    sums.period,
    sums.total_scope,
    sums.item_code,
    sums.part,
    indicators.position,
    indicators.section_code,
    indicators.section_name,
    indicators.indicator_name,
    indicators.part_name,
    indicators.measure_unit,
    indicators.kind,
    indicators.aggregation,
    cast(
        case indicators.aggregation
            when 'sum' then sums.sum_of_values
            when 'sum_of_stocks' then sums.sum_of_values
            when 'n_of_m' then sums.units_saying_yes
        end as decimal(18, 4)
    ) as cumulative_value,
    case when indicators.aggregation = 'n_of_m' then cast(sums.units_counted as int) end as of_units,
    cast(
        case when indicators.aggregation in ('sum', 'sum_of_stocks') then sums.sum_of_months end as decimal(18, 4)
    ) as month_value,
    cast(sums.units_expected as int) as units_expected,
    cast(sums.units_received as int) as units_received,
    cast(sums.units_counted as int) as units_counted,
    cast(sums.units_blank as int) as units_blank,
    cast(sums.units_not_applicable as int) as units_not_applicable,
    cast(sums.units_approximate as int) as units_approximate,
    case
        when indicators.aggregation in ('sum', 'sum_of_stocks') then cast(sums.units_without_month as int)
    end as units_without_month
from sums
inner join {{ ref('dim_indicators') }} as indicators
    on
        sums.campaign_id = indicators.campaign_id
        and sums.form_id = indicators.form_id
        and sums.item_code = indicators.item_code
        and sums.part = indicators.part
