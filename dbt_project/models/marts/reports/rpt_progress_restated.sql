{{ keep_untouched('int_successors__stale', ['campaign_id', 'form_id', 'unit_id', 'period']) }}

with facts as (
    select
        facts.campaign_id,
        facts.form_id,
        facts.period,
        successors.successor_unit_id as unit_id,
        facts.item_code,
        facts.part,
        facts.value_state,
        facts.cumulative_value,
        facts.month_value
    from {{ ref('fct_indicator_values') }} as facts
    inner join {{ ref('dim_unit_successors') }} as successors
        on facts.campaign_id = successors.campaign_id and facts.unit_id = successors.unit_id
),

sums as (
    select
        facts.campaign_id,
        facts.form_id,
        facts.period,
        facts.unit_id,
        facts.item_code,
        facts.part,
        sum(facts.cumulative_value) as sum_of_values,
        sum(facts.month_value) as sum_of_months,
        count(*) filter (where facts.cumulative_value = 1) as units_saying_yes,
        count(*) as units_expected,
        count(*) filter (where facts.value_state <> 'not_received') as units_received,
        count(facts.cumulative_value) as units_counted,
        count(facts.month_value) as months_counted
    from facts {{ read_by_stale('facts') }}
    group by facts.campaign_id, facts.form_id, facts.period, facts.unit_id, facts.item_code, facts.part
),

restated as (
    select
        sums.*,
        reports.is_divided,
        reports.previous_period,
        reports.former_units
    from sums
    inner join {{ ref('int_reports__succeeded') }} as reports
        on
            sums.campaign_id = reports.campaign_id
            and sums.form_id = reports.form_id
            and sums.period = reports.period
            and sums.unit_id = reports.successor_unit_id
)

select
    restated.campaign_id,
    restated.form_id,
    restated.period,
    restated.unit_id,
    units.unit_position,
    units.unit_name,
    restated.former_units,
    restated.is_divided,
    restated.item_code,
    restated.part,
    indicators.position,
    cast(
        case
            when indicators.aggregation in ('sum', 'sum_of_stocks') then restated.sum_of_values
            when indicators.aggregation = 'n_of_m' then restated.units_saying_yes
        end as decimal(18, 4)
    ) as cumulative_value,
    case when indicators.aggregation = 'n_of_m' then cast(restated.units_counted as int) end as of_units,
    cast(
        case
            when indicators.aggregation not in ('sum', 'sum_of_stocks') then null
            when restated.units_counted < restated.units_expected then null
            when earlier.units_counted = earlier.units_expected then restated.sum_of_values - earlier.sum_of_values
            when earlier.period is null and restated.months_counted = restated.units_expected
                then restated.sum_of_months
        end as decimal(18, 4)
    ) as month_value,
    cast(restated.units_expected as int) as units_expected,
    cast(restated.units_received as int) as units_received
from restated
inner join {{ ref('int_units__latest') }} as units
    on restated.campaign_id = units.campaign_id and restated.unit_id = units.unit_id
inner join {{ ref('dim_indicators') }} as indicators
    on
        restated.campaign_id = indicators.campaign_id
        and restated.form_id = indicators.form_id
        and restated.item_code = indicators.item_code
        and restated.part = indicators.part
left join restated as earlier
    on
        restated.campaign_id = earlier.campaign_id
        and restated.form_id = earlier.form_id
        and restated.previous_period = earlier.period
        and restated.unit_id = earlier.unit_id
        and restated.item_code = earlier.item_code
        and restated.part = earlier.part
{{ if_stale('where', 'restated') }}
