{#
  What lines of the hazard ledger say that cannot be: a day before the one it should follow, a step without the one
  before it, a day that had not come yet. An order holds within one episode: a verification from before a reopening says
  nothing about the rectification after it. `when` keeps a slip from being told twice.
#}
{% set always = 'true' %}
{% set orders = [
    ('HL-2-01', 'due_on', 'found_on', always),
    ('HL-2-01', 'listed_due_on', 'found_on', always),
    ('HL-2-02', 'rectified_on', 'found_on', always),
    ('HL-2-08', 'enterprise_reported_on', 'found_on', always),
    ('HL-2-08', 'regulator_reported_on', 'found_on', always),
    ('HL-2-08', 'listed_on', 'found_on', always),
    ('HL-2-08', 'listed_due_on', 'listed_on', 'listed_on >= found_on'),
    ('HL-2-08', 'delisted_on', 'listed_on', always),
    ('HL-2-08', 'extended_to', 'due_on', always),
    ('HL-2-08', 'verified_on', 'rectified_on', always),
    ('HL-2-08', 'verified_on', 'found_on', 'rectified_on is null'),
    ('HL-2-08', 'closed_on', 'rectified_on', always),
    ('HL-2-08', 'closed_on', 'verified_on', 'closed_on >= rectified_on'),
    ('HL-2-08', 'closed_on', 'found_on', 'rectified_on is null'),
    ('HL-2-08', 'looked_back_on', 'rectified_on', always),
    ('HL-2-08', 'reopened_on', 'found_on', always),
] %}
{% set steps = [
    ('HL-2-03', 'closed_on', 'closed_on', 'signed_off_by', always),
    ('HL-2-09', 'closed_on', 'closed_on', 'rectified_on', always),
    ('HL-2-09', 'verified_on', 'verified_on', 'rectified_on', 'closed_on is null'),
    ('HL-2-09', 'looked_back_on', 'looked_back_on', 'rectified_on', 'closed_on is null and verified_on is null'),
    ('HL-2-09', 'delisted_on', 'delisted_on', 'listed_on', always),
    ('HL-2-09', 'lookback_result', 'found_on', 'looked_back_on', 'lookback_result is not null'),
] %}
{% set happened = [
    'found_on', 'enterprise_reported_on', 'regulator_reported_on', 'listed_on', 'delisted_on', 'rectified_on',
    'verified_on', 'closed_on', 'looked_back_on', 'reopened_on',
] %}

with lines as (
    select
        *,
        coalesce(reopened_on, case when lookback_result = 'relapsed' then looked_back_on end) as turned_on,
        cast(received_at as date) as received_on
    from {{ ref('int_hazards__lines') }}
),

{# Every list that still says so is asked, not only the one that said it first: a letter names the last list. #}
never_done as (
    select
        lines.submission_id,
        lines.row_number,
        reopened.column_id,
        reopened.event_on
    from {{ ref('int_hazards__events') }} as reopened
    left join {{ ref('int_hazards__events') }} as done
        on
            reopened.campaign_id = done.campaign_id
            and reopened.hazard_id = done.hazard_id
            and done.event in ('rectified', 'closed')
            and reopened.event_on >= done.event_on
    inner join lines
        on
            reopened.campaign_id = lines.campaign_id
            and reopened.hazard_id = lines.hazard_id
            and reopened.event_on = lines.turned_on
    where reopened.event = 'reopened' and reopened.column_id is not null and done.hazard_id is null
),

found_again as (
    select
        lines.submission_id,
        lines.row_number,
        reopened.event_on,
        max(closed.event_on) as closed_on
    from {{ ref('int_hazards__events') }} as reopened
    inner join {{ ref('int_hazards__events') }} as closed
        on
            reopened.campaign_id = closed.campaign_id
            and reopened.hazard_id = closed.hazard_id
            and closed.event = 'closed'
            and reopened.event_on > closed.event_on
    inner join lines
        on
            reopened.campaign_id = lines.campaign_id
            and reopened.hazard_id = lines.hazard_id
            and (
                reopened.event_on = lines.found_on
                or (reopened.submission_id = lines.submission_id and reopened.row_number = lines.row_number)
            )
    where reopened.event = 'reopened' and reopened.column_id = 'found_on'
    group by lines.submission_id, lines.row_number, reopened.event_on
)

{{ slips_of_lines(orders, steps, happened) }}
{{ slip_of_line('HL-2-04', 'never_done', 'column_id', 'event_on', 'column_id', 'cast(null as date)') }}
from never_done
union all
{{ slip_of_line('HL-2-14', 'found_again', "'found_on'", 'event_on', "'closed_on'", 'closed_on') }}
from found_again
