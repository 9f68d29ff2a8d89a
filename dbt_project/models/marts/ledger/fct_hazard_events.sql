{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

with events as (
    select * from {{ ref('int_hazards__events') }}
    {{ if_stale('where') }}
),

lines as (
    select
        campaign_id,
        hazard_id,
        submission_id,
        row_number,
        sheet_name,
        row_ref
    from {{ ref('int_hazards__lines') }}
),

places as (
    select * from {{ ref('stg_submissions__list_columns') }}
)

select
    events.campaign_id,
    events.hazard_id,
    events.episode,
    events.event,
    events.event_on,
    cast(
        row_number() over (
            partition by events.campaign_id, events.hazard_id
            order by events.event_on asc nulls last, events.event_order asc nulls last, events.episode asc nulls last
        ) as int
    ) as event_number,
    events.particular,
    events.actor,
    events.addressee,
    turns.from_on,
    turns.stock_change,
    events.submission_id,
    {{ cell_of_line('lines', 'of_column', 'of_cell') }} as source_cell
from events
inner join lines
    on
        events.campaign_id = lines.campaign_id
        and events.hazard_id = lines.hazard_id
        and events.submission_id = lines.submission_id
        and events.row_number = lines.row_number
left join {{ ref('int_hazards__turns') }} as turns
    on
        events.campaign_id = turns.campaign_id
        and events.hazard_id = turns.hazard_id
        and events.event = turns.event
        and events.event_on = turns.event_on
left join places as of_column
    on
        events.submission_id = of_column.submission_id
        and lines.sheet_name = of_column.sheet_name
        and coalesce(events.column_id, 'hazard') = of_column.column_id
        and of_column.row_number is null
left join places as of_cell
    on
        events.submission_id = of_cell.submission_id
        and lines.sheet_name = of_cell.sheet_name
        and coalesce(events.column_id, 'hazard') = of_cell.column_id
        and events.row_number = of_cell.row_number
