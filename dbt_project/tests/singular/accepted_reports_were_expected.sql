{{ config(severity='warn') }}

-- An accepted report of a unit that the roster does not expect is kept and shown, but is in no total.
select
    submission_id,
    unit_id,
    period
from {{ ref('fct_submissions') }}
where status = 'accepted' and not is_expected and not is_voluntary
