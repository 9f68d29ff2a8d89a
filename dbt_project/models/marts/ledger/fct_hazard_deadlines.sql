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
),

places as (
    select * from {{ ref('stg_submissions__list_columns') }}
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
    {{ cell_of_line('lines', 'of_column', 'of_cell') }} as source_cell
from deadlines
inner join lines on deadlines.submission_id = lines.submission_id and deadlines.row_number = lines.row_number
left join places as of_column
    on
        deadlines.submission_id = of_column.submission_id
        and lines.sheet_name = of_column.sheet_name
        and deadlines.column_id = of_column.column_id
        and of_column.row_number is null
left join places as of_cell
    on
        deadlines.submission_id = of_cell.submission_id
        and lines.sheet_name = of_cell.sheet_name
        and deadlines.column_id = of_cell.column_id
        and deadlines.row_number = of_cell.row_number
