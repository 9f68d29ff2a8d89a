{{ config(materialized='table') }}

with registers as (
    select
        versions.campaign_id,
        versions.form_id,
        forms.subject,
        versions.unit_id,
        versions.period,
        versions.submission_id,
        row_number() over (
            partition by versions.campaign_id, versions.form_id, versions.unit_id
            order by versions.period asc nulls last
        ) as turn,
        count(*) over (partition by versions.campaign_id, versions.form_id, versions.unit_id) as last_turn
    from {{ ref('int_submissions__versioned') }} as versions
    inner join {{ ref('stg_campaigns__forms') }} as forms
        on versions.campaign_id = forms.campaign_id and versions.form_id = forms.form_id
    where versions.is_current and forms.form_kind in ('register', 'liaison_list')
),

rows_sent as (
    select
        submission_id,
        row_key,
        row_number,
        {{ joined_text("column_id || '#' || cast(position as string) || '=' || words", '|') }} as words,
        max(case when column_id = 'valid_from' then date_value end) as valid_from,
        max(case when column_id = 'valid_to' then date_value end) as valid_to,
        min(source_cell) as source_cell,
        count(*) over (partition by submission_id, row_key) as rows_in_report,
        row_number() over (partition by submission_id, row_key order by row_number desc nulls last) as from_the_end
    from {{ ref('int_registers__cells') }}
    group by submission_id, row_key, row_number
)

select
    registers.campaign_id,
    registers.form_id,
    registers.subject,
    registers.unit_id,
    rows_sent.row_key,
    registers.period,
    registers.turn,
    registers.last_turn,
    registers.submission_id,
    rows_sent.row_number,
    md5(rows_sent.words) as content,
    rows_sent.valid_from,
    rows_sent.valid_to,
    cast(rows_sent.rows_in_report as int) as rows_in_report,
    rows_sent.source_cell
from registers
inner join rows_sent on registers.submission_id = rows_sent.submission_id
where rows_sent.from_the_end = 1
