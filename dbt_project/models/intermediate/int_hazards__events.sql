{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}
{% set events = hazard_events() %}

with versions as (
    select
        {{ all_but('versions', ['found_on']) }},
        coalesce(by_month.found_on, versions.found_on) as found_on
    from {{ ref('int_hazards__versions') }} as versions
    left join {{ ref('int_hazards__found_by_month') }} as by_month
        on
            versions.campaign_id = by_month.campaign_id
            and versions.hazard_id = by_month.hazard_id
            and versions.version_number = by_month.version_number
    {{ if_stale('where', 'versions') }}
),

{# Every line passes here once an event: the one to believe is found by its number, what it says is fetched after. #}
believed as (
    {% for event, column, actor, particular, once in events %}
        {% set of_round_before = column ~ ' <= reopened_on or ' ~ column ~ ' < refound_on' %}
        {% set before = 'case when reopenings = 1 and (' ~ of_round_before ~ ') then 1 else 0 end' %}
        select
            campaign_id,
            hazard_id,
            '{{ event }}' as event,
            {{ loop.index }} as event_order,
            '{{ column }}' as column_id,
            {{ 0 if once else 'episode - ' ~ before }} as episode,
            {{ particular or 'cast(null as string)' }} as particular,
            max(version_number) as version_number
        from versions
        where {{ column }} is not null {{ 'and refound_on is null' if event == 'found' }}
        group by 1, 2, 6, 7
        union all
    {% endfor %}
    select
        campaign_id,
        hazard_id,
        'reopened' as event,
        {{ events | length + 1 }} as event_order,
        case when reopened_by <> 'left_out' then reopened_by end as column_id,
        episode,
        cast(null as string) as particular,
        version_number
    from versions
    where reopenings = 1
),

told as (
    select
        believed.*,
        versions.submission_id,
        versions.row_number,
        {{ said_of(events, 1, reopened_again_on('versions')) }} as event_on,
        {{ said_of(events, 2, reopened_again_by('versions')) }} as actor,
        case when believed.event = 'notified' then versions.notified_role end as addressee
    from believed
    inner join versions
        on
            believed.campaign_id = versions.campaign_id
            and believed.hazard_id = versions.hazard_id
            and believed.version_number = versions.version_number
),

distinct_events as (
    select
        *,
        row_number() over (
            partition by campaign_id, hazard_id, event, event_on
            order by
                episode asc nulls last,
                case when particular is null then 1 else 0 end asc nulls last,
                version_number desc nulls last
        ) as nth
    from told
)

select
    campaign_id,
    hazard_id,
    event,
    cast(event_on as date) as event_on,
    cast(event_order as int) as event_order,
    cast(episode as int) as episode,
    particular,
    actor,
    addressee,
    column_id,
    submission_id,
    row_number
from distinct_events
where nth = 1
