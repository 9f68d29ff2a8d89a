{#- Renames and mergers are followed this many times; the test below the model says when that is not enough. -#}
{%- set most_steps = 5 -%}
with changes as (
    select * from {{ ref('stg_campaigns__unit_changes') }}
    where changed_on <= {{ as_of_date() }} and unit_id_before <> unit_id_after
),

followed as (
    select * from changes
    where kind <> 'split'
),

step_0 as (
    select
        campaign_id,
        unit_id,
        unit_id as successor_unit_id,
        min(valid_from) as changed_on,
        0 as steps
    from {{ ref('stg_campaigns__units') }}
    group by campaign_id, unit_id
),

{% for step in range(1, most_steps + 1) %}
    step_{{ step }} as (
        select
            before.campaign_id,
            before.unit_id,
            coalesce(min_by(followed.unit_id_after, followed.changed_on), before.successor_unit_id)
                as successor_unit_id,
            coalesce(min(followed.changed_on), before.changed_on) as changed_on,
            case when min(followed.changed_on) is null then before.steps else before.steps + 1 end as steps
        from step_{{ step - 1 }} as before
        left join followed
            on
                before.campaign_id = followed.campaign_id
                and before.successor_unit_id = followed.unit_id_before
                and before.changed_on <= followed.changed_on
        group by before.campaign_id, before.unit_id, before.successor_unit_id, before.changed_on, before.steps
    ),

{% endfor %}
divided as (
    select distinct
        campaign_id,
        unit_id_before as unit_id
    from changes
    where kind = 'split'
)

select
    last_step.campaign_id,
    last_step.unit_id,
    last_step.successor_unit_id,
    cast(last_step.steps as int) as steps,
    divided.unit_id is not null as is_divided
from step_{{ most_steps }} as last_step
left join divided
    on last_step.campaign_id = divided.campaign_id and last_step.successor_unit_id = divided.unit_id
