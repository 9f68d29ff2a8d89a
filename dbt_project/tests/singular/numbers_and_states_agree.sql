-- A number stands exactly where the state promises one: a blank is never 0, and a value never without its number.
select
    submission_id,
    item_code,
    part,
    value_state,
    cumulative_value
from {{ ref('fct_indicator_values') }}
where ({{ is_number_state('value_state') }}) <> (cumulative_value is not null)
