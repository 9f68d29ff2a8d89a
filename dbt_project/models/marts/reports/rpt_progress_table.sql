with failing_cells as (
    select
        submission_id,
        item_code,
        part,
        rule_code
    from {{ ref('fct_rule_outcomes') }}
    where outcome = 'fail' and item_code is not null and not is_trial
),

marked_cells as (
    select
        figures.submission_id,
        figures.item_code,
        figures.part,
        {{ joined_text('failing_cells.rule_code', ',') }} as marks
    from {{ ref('fct_indicator_values') }} as figures
    inner join failing_cells
        on
            figures.submission_id = failing_cells.submission_id
            and figures.item_code = failing_cells.item_code
            and figures.part = coalesce(failing_cells.part, figures.part)
    group by figures.submission_id, figures.item_code, figures.part
)

select
    figures.campaign_id,
    figures.form_id,
    figures.period,
    figures.unit_id,
    expected.unit_position,
    expected.unit_name,
    expected.unit_kind,
    figures.reporting_scope,
    figures.item_code,
    figures.part,
    indicators.position,
    indicators.section_code,
    indicators.section_name,
    indicators.indicator_name,
    indicators.part_name,
    indicators.measure_unit,
    figures.value_state,
    figures.cumulative_value,
    figures.month_value,
    figures.reported_value,
    figures.correction_id,
    figures.submission_id,
    figures.source_cell,
    marked_cells.marks
from {{ ref('fct_indicator_values') }} as figures
inner join {{ ref('dim_indicators') }} as indicators
    on
        figures.campaign_id = indicators.campaign_id
        and figures.form_id = indicators.form_id
        and figures.item_code = indicators.item_code
        and figures.part = indicators.part
inner join {{ ref('int_reports__expected') }} as expected
    on
        figures.campaign_id = expected.campaign_id
        and figures.form_id = expected.form_id
        and figures.unit_id = expected.unit_id
        and figures.period = expected.period
left join marked_cells
    on
        figures.submission_id = marked_cells.submission_id
        and figures.item_code = marked_cells.item_code
        and figures.part = marked_cells.part
