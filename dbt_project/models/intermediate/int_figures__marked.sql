{{ config(tags=['after_gate2']) }}

with failing_cells as (
    select
        submission_id,
        item_code,
        part,
        rule_code
    from {{ ref('fct_rule_outcomes') }}
    where outcome = 'fail' and item_code is not null and not is_trial
)

select
    figures.campaign_id,
    figures.form_id,
    figures.unit_id,
    figures.period,
    figures.item_code,
    figures.part,
    {{ joined_text('failing_cells.rule_code', ',') }} as marks
from {{ ref('fct_indicator_values') }} as figures
inner join failing_cells
    on
        figures.submission_id = failing_cells.submission_id
        and figures.item_code = failing_cells.item_code
        and figures.part = coalesce(failing_cells.part, figures.part)
group by
    figures.campaign_id, figures.form_id, figures.unit_id, figures.period, figures.item_code, figures.part
