select
    submission_id,
    sheet_name,
    column_id,
    row_number,
    ref_before,
    ref_after,
    received_at
from {{ source('raw', 'list_columns') }}
where received_at <= {{ as_of() }}
