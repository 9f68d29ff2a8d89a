with corrections as (
    select
        *,
        row_number() over (
            partition by campaign_id, form_id, unit_id, period, item_code, part
            order by decided_on desc nulls last, correction_id desc nulls last
        ) as recency
    from {{ ref('stg_campaigns__corrections') }}
    where decided_on <= {{ as_of_date() }}
)

select
    corrections.campaign_id,
    corrections.correction_id,
    corrections.form_id,
    corrections.unit_id,
    corrections.period,
    corrections.item_code,
    corrections.part,
    cast(corrections.expected_value as decimal(18, 4)) as expected_value,
    cast(corrections.new_value as decimal(18, 4)) as new_value,
    cast(figures.reported_value as decimal(18, 4)) as reported_value,
    case
        when corrections.recency > 1 then 'superseded'
        when figures.submission_id is null then 'not_received'
        when figures.correction_id = corrections.correction_id then 'applied'
        when figures.reported_value = corrections.new_value then 'source_fixed'
        else 'source_changed'
    end as correction_status,
    figures.submission_id,
    figures.source_cell,
    corrections.reason,
    corrections.decided_by,
    corrections.decided_on,
    corrections.document
from corrections
left join {{ ref('int_figures__corrected') }} as figures
    on
        corrections.campaign_id = figures.campaign_id
        and corrections.form_id = figures.form_id
        and corrections.unit_id = figures.unit_id
        and corrections.period = figures.period
        and corrections.item_code = figures.item_code
        and corrections.part = figures.part
