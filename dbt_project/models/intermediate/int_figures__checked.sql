{{ keep_untouched('int_reports__stale', ['campaign_id', 'form_id', 'unit_id', 'period']) }}

with figures as (
    select
        versions.campaign_id,
        versions.form_id,
        versions.unit_id,
        versions.reporting_scope,
        versions.period,
        versions.previous_period,
        versions.submission_id,
        versions.is_current,
        cells.item_code,
        cells.part,
        cells.value_state,
        case
            when cells.value_state = 'zero' then coalesce(cells.value, 0)
            when {{ is_number_state('cells.value_state') }} then cells.value
        end as value,
        case when cells.cell_ref <> '' then cells.sheet_name || '!' || cells.cell_ref else cells.sheet_name end
            as source_cell
    from {{ ref('int_submissions__versioned') }} as versions
    inner join {{ ref('stg_submissions__cells') }} as cells on versions.submission_id = cells.submission_id
    {{ read_by_stale('versions') }}
    where versions.verdict in ('accepted', 'returned')
),

current_figures as (
    select * from figures
    where is_current
)

select
    figures.campaign_id,
    figures.form_id,
    figures.unit_id,
    figures.reporting_scope,
    figures.period,
    figures.previous_period,
    figures.submission_id,
    figures.is_current,
    figures.item_code,
    figures.part,
    indicators.kind,
    figures.value_state,
    cast(figures.value as decimal(18, 4)) as value,
    cast(previous_figures.value as decimal(18, 4)) as previous_value,
    coalesce(
        previous_figures.value_state,
        case when previous_reports.unit_id is not null then 'not_received' end
    ) as previous_state,
    {{ nearest_reading('figures.value', 'ledger.lowest_value', 'ledger.highest_value') }} as ledger_value,
    ledger.lowest_value,
    ledger.highest_value,
    case when ledger.ledger_value = 0 then 'zero' when ledger.ledger_value is not null then 'value' end as ledger_state,
    figures.source_cell
from figures
left join {{ ref('stg_campaigns__indicators') }} as indicators
    on
        figures.campaign_id = indicators.campaign_id
        and figures.form_id = indicators.form_id
        and figures.item_code = indicators.item_code
        and figures.part = indicators.part
left join current_figures as previous_figures
    on
        figures.campaign_id = previous_figures.campaign_id
        and figures.form_id = previous_figures.form_id
        and figures.unit_id = previous_figures.unit_id
        and figures.previous_period = previous_figures.period
        and figures.item_code = previous_figures.item_code
        and figures.part = previous_figures.part
left join {{ ref('int_hazards__readings') }} as ledger
    on
        figures.is_current
        and figures.campaign_id = ledger.campaign_id
        and figures.form_id = ledger.form_id
        and figures.unit_id = ledger.unit_id
        and figures.period = ledger.period
        and figures.item_code = ledger.item_code
        and figures.part = ledger.part
left join {{ ref('int_reports__expected') }} as previous_reports
    on
        figures.campaign_id = previous_reports.campaign_id
        and figures.form_id = previous_reports.form_id
        and figures.unit_id = previous_reports.unit_id
        and figures.previous_period = previous_reports.period
{{ if_stale('where', 'figures') }}
