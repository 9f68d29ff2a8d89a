{{ keep_untouched('int_reports__reprinted', ['campaign_id', 'form_id', 'unit_id', 'period']) }}
{#
  Every report of a figure is expected. An inner join with `expected` would let DuckDB join reports with indicators before
  it looks at the figures.
#}

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
    marked.marks
from {{ ref('fct_indicator_values') }} as figures
inner join {{ ref('dim_indicators') }} as indicators
    on
        figures.campaign_id = indicators.campaign_id
        and figures.form_id = indicators.form_id
        and figures.item_code = indicators.item_code
        and figures.part = indicators.part
left join {{ ref('int_reports__expected') }} as expected
    on
        figures.campaign_id = expected.campaign_id
        and figures.form_id = expected.form_id
        and figures.unit_id = expected.unit_id
        and figures.period = expected.period
left join {{ ref('int_figures__marked') }} as marked
    on
        figures.campaign_id = marked.campaign_id
        and figures.form_id = marked.form_id
        and figures.unit_id = marked.unit_id
        and figures.period = marked.period
        and figures.item_code = marked.item_code
        and figures.part = marked.part
{{ if_stale('where', 'figures') }}
