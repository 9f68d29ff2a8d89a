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
    {{ cell_of_line('lines') }} as source_cell
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
{{ places_of_column('lines', "coalesce(events.column_id, 'hazard')") }}
