{#- Renames and mergers are followed this many times; a test of dim_unit_successors says when that is not enough. -#}
{%- set most_steps = 5 -%}
with changes as (
    select * from {{ ref('stg_campaigns__unit_changes') }}
    where changed_on <= {{ as_of_date() }} and unit_id_before <> unit_id_after and kind <> 'split'
),

step_0 as (
    select
        campaign_id,
        unit_id,
        unit_id as later_unit_id,
        min(valid_from) as from_on
    from {{ ref('stg_campaigns__units') }}
    group by campaign_id, unit_id
),

{% for step in range(1, most_steps + 1) %}
    step_{{ step }} as (
        select
            before.campaign_id,
            before.unit_id,
            min_by(changes.unit_id_after, changes.changed_on) as later_unit_id,
            min(changes.changed_on) as from_on
        from step_{{ step - 1 }} as before
        inner join changes
            on
                before.campaign_id = changes.campaign_id
                and before.later_unit_id = changes.unit_id_before
                and before.from_on <= changes.changed_on
        group by before.campaign_id, before.unit_id
    ),

{% endfor %}
line as (
    {% for step in range(most_steps + 1) %}
        select
            *,
            {{ step }} as steps
        from step_{{ step }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    campaign_id,
    unit_id,
    later_unit_id,
    cast(steps as int) as steps,
    from_on,
    lead(from_on) over (partition by campaign_id, unit_id order by steps asc nulls last) as until_on
from line
