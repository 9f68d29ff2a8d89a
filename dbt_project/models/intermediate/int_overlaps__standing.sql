with counted as (
    select
        counts.campaign_id,
        counts.form_id,
        counts.period,
        sums.summed_items,
        counts.item_code,
        counts.part,
        shared_reports.shared_hazard_id,
        shared_reports.hazard_id,
        shared_reports.report_number,
        counts.unit_id,
        figures.cumulative_value as form_value,
        counts.ledger_value,
        figures.submission_id,
        figures.source_cell,
        case
            when figures.cumulative_value is null then 'no_figure'
            when figures.cumulative_value < counts.ledger_value then 'below_list'
        end as unproven
    from {{ ref('fct_hazard_overlaps') }} as shared_reports
    {{ counts_that_hold('shared_reports', ref('fct_ledger_counts'), 'counts') }}
    inner join {{ ref('int_indicators__sums') }} as sums
        on
            counts.campaign_id = sums.campaign_id
            and counts.form_id = sums.form_id
            and counts.item_code = sums.item_code
            and counts.part = sums.part
    inner join {{ ref('fct_indicator_values') }} as figures
        on
            counts.campaign_id = figures.campaign_id
            and counts.form_id = figures.form_id
            and counts.unit_id = figures.unit_id
            and counts.period = figures.period
            and counts.item_code = figures.item_code
            and counts.part = figures.part
),

told as (
    select
        *,
        count(*) over (
            partition by campaign_id, form_id, period, summed_items, part, shared_hazard_id
        ) as reports,
        row_number() over (
            partition by campaign_id, form_id, period, summed_items, part, shared_hazard_id, unproven
            order by report_number asc nulls last
        ) as place,
        min(item_code) over (
            partition by campaign_id, form_id, period, summed_items, part, shared_hazard_id
        ) as first_item,
        max(item_code) over (
            partition by campaign_id, form_id, period, summed_items, part, shared_hazard_id
        ) as last_item
    from counted
)

select
    campaign_id,
    form_id,
    period,
    summed_items,
    item_code,
    part,
    shared_hazard_id,
    hazard_id,
    report_number,
    unit_id,
    form_value,
    ledger_value,
    submission_id,
    source_cell,
    coalesce(unproven, case when place = 1 then 'kept' else 'counted_twice' end) as standing,
    first_item <> last_item as is_in_two_items
from told
where reports > 1
