{{ keep_untouched('int_reports__stale', ['campaign_id', 'form_id', 'unit_id', 'period']) }}

with corrections as (
    select
        *,
        row_number() over (
            partition by campaign_id, form_id, unit_id, period, item_code, part
            order by decided_on desc nulls last, correction_id desc nulls last
        ) as recency
    from {{ ref('stg_campaigns__corrections') }}
    where decided_on <= {{ as_of_date() }}
),

corrected as (
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
        figures.kind,
        case
            when corrections.new_value = 0 then 'zero'
            when corrections.correction_id is not null then 'value'
            else figures.value_state
        end as value_state,
        coalesce(corrections.new_value, figures.value) as value,
        figures.value_state as reported_state,
        figures.value as reported_value,
        corrections.correction_id,
        figures.previous_state,
        figures.lowest_value,
        figures.highest_value,
        figures.ledger_state,
        figures.source_cell
    from {{ ref('int_figures__checked') }} as figures
    left join corrections
        on
            figures.campaign_id = corrections.campaign_id
            and figures.form_id = corrections.form_id
            and figures.unit_id = corrections.unit_id
            and figures.period = corrections.period
            and figures.item_code = corrections.item_code
            and figures.part = corrections.part
            and corrections.recency = 1
            and (
                figures.value = corrections.expected_value
                or (figures.value is null and corrections.expected_value is null)
            )
    where figures.is_current
)

select
    corrected.campaign_id,
    corrected.form_id,
    corrected.unit_id,
    corrected.reporting_scope,
    corrected.period,
    corrected.submission_id,
    corrected.is_current,
    corrected.item_code,
    corrected.part,
    corrected.kind,
    corrected.value_state,
    cast(corrected.value as decimal(18, 4)) as value,
    cast(before.value as decimal(18, 4)) as previous_value,
    coalesce(before.value_state, corrected.previous_state) as previous_state,
    corrected.reported_state,
    cast(corrected.reported_value as decimal(18, 4)) as reported_value,
    corrected.correction_id,
    {{ nearest_reading('corrected.value', 'corrected.lowest_value', 'corrected.highest_value') }} as ledger_value,
    corrected.ledger_state,
    corrected.source_cell
from corrected
left join corrected as before
    on
        corrected.campaign_id = before.campaign_id
        and corrected.form_id = before.form_id
        and corrected.unit_id = before.unit_id
        and corrected.previous_period = before.period
        and corrected.item_code = before.item_code
        and corrected.part = before.part
{{ if_stale('where', 'corrected') }}
