{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

{# Of a line only what its events are made of: its texts are read where they are printed. #}
{% set columns = [
    'campaign_id', 'hazard_id', 'signature', 'unit_id', 'period', 'submission_id', 'row_number',
    'reported_as_of', 'received_at',
    'found_on', 'enterprise_reported_on', 'regulator_reported_on', 'listed_on', 'supervised_on', 'notified_on',
    'rectified_on', 'verified_on', 'closed_on', 'looked_back_on', 'lookback_result', 'reopened_on',
    'live_rectified_on', 'live_closed_on',
    'found_by', 'enterprise', 'listed_by', 'supervised_by', 'notified_role', 'verified_by', 'signed_off_by',
] %}

with stepped as (
    select
        {{ columns | join(', ') }},
        coalesce(live_closed_on, live_rectified_on) is not null as is_done,
        lag(coalesce(live_closed_on, live_rectified_on) is not null) over by_time as was_done,
        lag(reopened_on) over by_time as previous_reopened_on,
        case when lookback_result = 'relapsed' then looked_back_on end as relapsed_on,
        lag(case when lookback_result = 'relapsed' then looked_back_on end) over by_time as previous_relapsed_on,
        row_number() over by_time as version_number,
        lead(submission_id) over by_time is null as is_last
    from {{ ref('int_hazards__lines') }}
    {{ if_stale('where') }}
    window
        by_time as (
            partition by campaign_id, hazard_id
            order by reported_as_of asc nulls last, received_at asc nulls last, submission_id asc nulls last
        )
),

{# A list that left out what was done before is no reopening where a later one says again that it was done by then. #}
followed as (
    select
        *,
        min(coalesce(live_rectified_on, live_closed_on)) over (
            partition by campaign_id, hazard_id
            order by version_number asc
            rows between 1 following and unbounded following
        ) as done_later_on
    from stepped
),

marked as (
    select
        *,
        case
            when
                reopened_on is not null and (previous_reopened_on is null or reopened_on <> previous_reopened_on)
                then 1
            when
                reopened_on is null and relapsed_on is not null
                and (previous_relapsed_on is null or relapsed_on <> previous_relapsed_on)
                then 1
            when
                reopened_on is null and relapsed_on is null
                and was_done and not is_done
                and coalesce(done_later_on > reported_as_of, true)
                then 1
            else 0
        end as reopenings
    from followed
)

select
    *,
    cast(
        sum(reopenings) over (
            partition by campaign_id, hazard_id
            order by version_number asc
            rows between unbounded preceding and current row
        ) as int
    ) as episode
from marked
