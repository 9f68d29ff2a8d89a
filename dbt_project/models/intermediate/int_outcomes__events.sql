with ahead as (
    select
        events.campaign_id,
        events.form_id,
        events.unit_id,
        events.last_period,
        events.submission_id,
        events.row_number,
        coalesce('（' || events.event_name || '）', ' ') as of_event,
        coalesce(' (' || events.event_name || ')', '') as of_event_en,
        columns.column_name,
        cast(cells.date_value as string) as told_on,
        cast(cells.received_on as string) as received_on,
        cells.source_cell
    from {{ ref('int_events__reported') }} as events
    inner join {{ ref('stg_campaigns__forms') }} as forms
        on events.campaign_id = forms.campaign_id and events.form_id = forms.form_id
    inner join {{ ref('int_lists__current_cells') }} as cells
        on events.submission_id = cells.submission_id and events.row_number = cells.row_number
    inner join {{ ref('stg_campaigns__columns') }} as columns
        on
            cells.campaign_id = columns.campaign_id
            and cells.form_id = columns.form_id
            and cells.column_id = columns.column_id
    where
        (cells.column_id = forms.date_column or (events.subject = 'accident' and cells.column_id = 'closed_on'))
        and cells.date_value > cells.received_on
)

select
    campaign_id,
    form_id,
    unit_id,
    last_period as period,
    submission_id,
    'EV-2-01' as rule_code,
    row_number as order_in_rule,
    '“' || column_name || '”' || told_on || of_event || '晚于收到本表的日子 ' || received_on
    || '，暂不计。日期写错的请改正；还没有办的，办了以后再报。' as message,
    column_name || ' ' || told_on || of_event_en || ' lies after the day of receipt ' || received_on
    || ' and is not counted yet; correct the date, or report it once it is done.' as message_en,
    source_cell
from ahead
