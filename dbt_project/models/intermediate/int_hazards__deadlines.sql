{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

{# The first that a line fills in is its deadline; of one that extends it, what it extends was the deadline before. #}
{% set in_force = ['extended_to', 'due_on', 'listed_due_on'] %}
{% set planned = ['due_on', 'listed_due_on', 'extended_to'] %}

with told as (
    select
        campaign_id,
        hazard_id,
        version_number,
        submission_id,
        row_number,
        reported_as_of,
        coalesce({{ in_force | join(', ') }}) as due_in_force_on,
        {{ first_filled_in(in_force) }} as column_in_force,
        coalesce({{ planned | join(', ') }}) as planned_due_on,
        {{ first_filled_in(planned) }} as planned_column,
        lag(coalesce({{ in_force | join(', ') }})) over (
            partition by campaign_id, hazard_id
            order by version_number asc
        ) as previous_due_on
    from {{ ref('int_hazards__versions') }}
    {# A list that leaves the deadline blank does not lift it. #}
    where coalesce({{ in_force | join(', ') }}) is not null {{ if_stale('and') }}
),

set_down as (
    select
        campaign_id,
        hazard_id,
        version_number,
        submission_id,
        row_number,
        planned_due_on as due_on,
        planned_column as column_id,
        cast(null as date) as from_on
    from told
    where previous_due_on is null
    union all
    select
        campaign_id,
        hazard_id,
        version_number,
        submission_id,
        row_number,
        due_in_force_on as due_on,
        column_in_force as column_id,
        reported_as_of as from_on
    from told
    where due_in_force_on <> coalesce(previous_due_on, planned_due_on)
),

followed as (
    select
        *,
        lead(from_on) over (
            partition by campaign_id, hazard_id
            order by from_on asc nulls first, version_number asc nulls last
        ) as until_on
    from set_down
)

select
    campaign_id,
    hazard_id,
    cast(
        row_number() over (
            partition by campaign_id, hazard_id
            order by from_on asc nulls first, version_number asc nulls last
        ) as int
    ) as deadline_number,
    due_on,
    column_id,
    from_on,
    until_on,
    submission_id,
    row_number
from followed
{# Of several told as at one day the last one holds. #}
where until_on is null or coalesce(until_on > from_on, true)
