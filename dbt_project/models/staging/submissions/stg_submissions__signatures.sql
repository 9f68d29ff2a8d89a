{{ config(schema="restricted") }}

select
    submission_id,
    filler,
    reviewer,
    received_at
from {{ source('raw', 'signatures') }}
where received_at <= {{ as_of() }}
