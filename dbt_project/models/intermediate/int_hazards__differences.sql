with asked as (
    select distinct
        campaign_id,
        form_id,
        item_code,
        part,
        counts,
        is_listed
    from {{ ref('stg_campaigns__indicator_ledger') }}
)

select
    figures.campaign_id,
    figures.form_id,
    figures.unit_id,
    figures.period,
    allowed.cutoff_on,
    figures.item_code,
    figures.part,
    asked.counts,
    asked.is_listed,
    figures.value as form_value,
    figures.ledger_value,
    figures.submission_id,
    figures.source_cell
from {{ ref('int_figures__checked') }} as figures
inner join asked
    on
        figures.campaign_id = asked.campaign_id
        and figures.form_id = asked.form_id
        and figures.item_code = asked.item_code
        and figures.part = asked.part
inner join {{ ref('int_reports__allowed') }} as allowed
    on
        figures.campaign_id = allowed.campaign_id
        and figures.form_id = allowed.form_id
        and figures.unit_id = allowed.unit_id
        and figures.period = allowed.period
where figures.is_current and figures.value <> figures.ledger_value
