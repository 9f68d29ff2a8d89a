{{ config(materialized='table') }}

with forms as (
    select * from {{ ref('stg_campaigns__forms') }}
    where form_kind = 'event_list'
),

rows_sent as (
    select
        cells.campaign_id,
        cells.form_id,
        forms.subject,
        cells.unit_id,
        cells.period,
        cells.submission_id,
        cells.row_number,
        max(cells.row_key) as row_key,
        max(forms.event_column) as event_column,
        max(case when cells.column_id = forms.event_column then cells.text_value end) as event,
        max(case when cells.column_id = forms.date_column then cells.date_value end) as happened_on,
        max(case when cells.column_id = forms.actor_column then cells.text_value end) as led_by,
        max(case when cells.column_id = forms.date_column then cells.source_cell end) as date_cell,
        min(cells.source_cell) as any_cell,
        max(cells.received_on) as received_on
    from {{ ref('int_lists__current_cells') }} as cells
    inner join forms on cells.campaign_id = forms.campaign_id and cells.form_id = forms.form_id
    group by
        cells.campaign_id, cells.form_id, forms.subject, cells.unit_id, cells.period, cells.submission_id,
        cells.row_number
),

in_turn as (
    select
        *,
        row_number() over (
            partition by campaign_id, form_id, unit_id, row_key
            order by period desc nulls last, row_number desc nulls last
        ) as from_the_end,
        count(*) over (partition by campaign_id, form_id, unit_id, row_key) as times_reported,
        min(period) over (partition by campaign_id, form_id, unit_id, row_key) as first_period,
        min(happened_on) over (partition by campaign_id, form_id, unit_id, row_key) as earliest_on,
        max(happened_on) over (partition by campaign_id, form_id, unit_id, row_key) as latest_on
    from rows_sent
)

select
    in_turn.campaign_id,
    in_turn.form_id,
    in_turn.subject,
    in_turn.unit_id,
    in_turn.row_key,
    in_turn.event,
    choices.choice_name as event_name,
    in_turn.happened_on,
    in_turn.led_by,
    in_turn.first_period,
    in_turn.period as last_period,
    cast(in_turn.times_reported as int) as times_reported,
    coalesce(in_turn.earliest_on <> in_turn.latest_on, false) as is_date_changed,
    in_turn.received_on,
    coalesce(in_turn.happened_on > in_turn.received_on, false) as is_dated_ahead,
    in_turn.submission_id,
    in_turn.row_number,
    coalesce(in_turn.date_cell, in_turn.any_cell) as source_cell
from in_turn
left join {{ ref('stg_campaigns__choices') }} as choices
    on
        in_turn.campaign_id = choices.campaign_id
        and in_turn.form_id = choices.form_id
        and in_turn.event_column = choices.column_id
        and in_turn.event = choices.choice_code
where in_turn.from_the_end = 1
