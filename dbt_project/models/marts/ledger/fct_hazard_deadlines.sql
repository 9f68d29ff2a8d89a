{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

with deadlines as (
    select * from {{ ref('int_hazards__deadlines') }}
    {{ if_stale('where') }}
),

lines as (
    select
        submission_id,
        row_number,
        sheet_name,
        row_ref
    from {{ ref('int_hazards__lines') }}
)

select
    deadlines.campaign_id,
    deadlines.hazard_id,
    deadlines.deadline_number,
    deadlines.due_on,
    deadlines.column_id,
    deadlines.from_on,
    deadlines.until_on,
    deadlines.submission_id,
    {{ cell_of_line('lines') }} as source_cell
from deadlines
inner join lines on deadlines.submission_id = lines.submission_id and deadlines.row_number = lines.row_number
{{ places_of_column('lines', 'deadlines.column_id') }}
