{{ keep_untouched('int_hazards__stale', ['campaign_id', 'hazard_id']) }}

{# Of a line only what its events and deadlines are made of: its texts are read where they are printed. #}
{% set columns = [
    'campaign_id', 'hazard_id', 'signature', 'unit_id', 'period', 'submission_id', 'row_number',
    'reported_as_of', 'received_at', 'is_found_by_month',
    'found_on', 'enterprise_reported_on', 'regulator_reported_on', 'listed_on', 'delisted_on', 'supervised_on',
    'notified_on', 'rectified_on', 'verified_on', 'closed_on', 'looked_back_on', 'lookback_result', 'reopened_on',
    'live_rectified_on', 'live_closed_on', 'due_on', 'listed_due_on', 'extended_to', 'listed_level',
    'supervision_number',
    'found_by', 'enterprise', 'listed_by', 'supervised_by', 'notified_role', 'verified_by', 'signed_off_by',
] %}
{% set done %}
    case when refound_on is null or live_closed_on >= refound_on then live_closed_on end,
    case when refound_on is null or live_rectified_on >= refound_on then live_rectified_on end
{% endset %}

with ordered as (
    select
        {{ columns | join(', ') }},
        case when lookback_result = 'relapsed' then looked_back_on end as relapsed_on,
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

{# A day of finding after the first closing that an earlier list tells of corrects nothing: it was found again. #}
found_again as (
    select
        *,
        case
            when
                found_on > min(case when signed_off_by is not null and closed_on >= found_on then closed_on end) over (
                    partition by campaign_id, hazard_id
                    order by version_number asc
                    rows between unbounded preceding and 1 preceding
                )
                then found_on
        end as refound_on
    from ordered
),

{# What was done before that day no longer holds; done on that day it was on the spot. #}
stepped as (
    select
        *,
        coalesce({{ done }}) as done_on,
        lag(coalesce({{ done }})) over by_version as previous_done_on,
        lag(reopened_on) over by_version as previous_reopened_on,
        lag(relapsed_on) over by_version as previous_relapsed_on,
        {# A list that left out what was done is no reopening where a later one says that it was done by then. #}
        min(least({{ done }})) over (
            partition by campaign_id, hazard_id
            order by version_number asc
            rows between 1 following and unbounded following
        ) as done_later_on
    from found_again
    window by_version as (partition by campaign_id, hazard_id order by version_number asc)
),

marked as (
    select
        *,
        case
            when
                reopened_on is not null and (previous_reopened_on is null or reopened_on <> previous_reopened_on)
                then 'reopened_on'
            when
                reopened_on is null and relapsed_on is not null
                and (previous_relapsed_on is null or relapsed_on <> previous_relapsed_on)
                then 'looked_back_on'
            when refound_on > greatest(previous_done_on, reopened_on, relapsed_on) and previous_done_on is not null
                then 'found_on'
            when
                reopened_on is null and relapsed_on is null
                and previous_done_on is not null and done_on is null
                and coalesce(done_later_on > reported_as_of, true)
                then 'left_out'
        end as reopened_by
    from stepped
)

select
    *,
    case when reopened_by is null then 0 else 1 end as reopenings,
    cast(
        count(reopened_by) over (
            partition by campaign_id, hazard_id
            order by version_number asc
            rows between unbounded preceding and current row
        ) as int
    ) as episode
from marked
