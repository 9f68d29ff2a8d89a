{# A figure that a reading of the ledger bears out is no difference: its pairs wait in rpt_ledger_questions. #}
select
    figures.campaign_id,
    figures.form_id,
    figures.unit_id,
    figures.period,
    figures.item_code,
    figures.part,
    readings.cutoff_on,
    figures.value as form_value,
    figures.reported_value,
    figures.correction_id,
    readings.ledger_value,
    readings.joined_value,
    figures.ledger_value as compared_value,
    figures.submission_id,
    figures.source_cell
from {{ ref('int_figures__corrected') }} as figures
inner join {{ ref('int_hazards__readings') }} as readings
    on
        figures.campaign_id = readings.campaign_id
        and figures.form_id = readings.form_id
        and figures.unit_id = readings.unit_id
        and figures.period = readings.period
        and figures.item_code = readings.item_code
        and figures.part = readings.part
where figures.value <> figures.ledger_value
