{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

{#
  What happened, by the column that says when. An event of `once` happens once in a hazard's life: the last line that
  names its day is believed. The others may happen again after a reopening: once in each episode.
#}
{% set events = [
    ('found', 'found_on', 'found_by', true),
    ('enterprise_reported', 'enterprise_reported_on', 'enterprise', true),
    ('regulator_reported', 'regulator_reported_on', 'found_by', true),
    ('listed', 'listed_on', 'listed_by', true),
    ('rectified', 'rectified_on', 'enterprise', false),
    ('verified', 'verified_on', 'verified_by', false),
    ('closed', 'closed_on', 'signed_off_by', false),
    ('looked_back', 'looked_back_on', 'verified_by', false),
] %}

with versions as (
    select * from {{ ref('int_hazards__versions') }}
    {{ if_stale('where') }}
),

said as (
    {% for event, column, actor, once in events %}
        select
            campaign_id,
            hazard_id,
            version_number,
            submission_id,
            row_number,
            '{{ event }}' as event,
            {{ loop.index if loop.index < 8 else 8 }} as event_order,
            '{{ column }}' as column_id,
            {{ column }} as event_on,
            {{ actor }} as actor,
            {% if once -%}
                0
            {%- else -%}
                episode - case when reopenings = 1 and {{ column }} <= reopened_on then 1 else 0 end
            {%- endif %} as episode
        from versions
        where {{ column }} is not null
        union all
    {% endfor %}
    select
        campaign_id,
        hazard_id,
        version_number,
        submission_id,
        row_number,
        'reopened' as event,
        9 as event_order,
        case
            when reopened_on is not null then 'reopened_on'
            when relapsed_on is not null then 'looked_back_on'
        end as column_id,
        coalesce(reopened_on, relapsed_on, reported_as_of) as event_on,
        verified_by as actor,
        episode
    from versions
    where reopenings = 1
),

believed as (
    select
        *,
        row_number() over (
            partition by campaign_id, hazard_id, event, episode
            order by version_number desc nulls last
        ) as choice
    from said
),

distinct_events as (
    select
        *,
        row_number() over (
            partition by campaign_id, hazard_id, event, event_on
            order by episode asc nulls last
        ) as occurrence
    from believed
    where choice = 1
)

select
    campaign_id,
    hazard_id,
    event,
    cast(event_on as date) as event_on,
    cast(event_order as int) as event_order,
    cast(episode as int) as episode,
    actor,
    column_id,
    submission_id,
    row_number
from distinct_events
where occurrence = 1
