{{ keep_untouched('int_hazards__relisted', ['submission_id']) }}

{# What a line says of its hazard but for long texts, which the ledger only prints; the rest is in its signature. #}
{% set said = [
    'level', 'source', 'found_by', 'enterprise_reported_on', 'regulator_reported_on', 'listed_level', 'listed_by',
    'listed_on', 'listed_due_on', 'delisted_on', 'supervised_by', 'supervision_number', 'supervised_on',
    'notified_role', 'notified_on', 'extended_to', 'funds', 'due_on', 'rectified_on', 'verified_on', 'verified_by',
    'closed_on', 'signed_off_by', 'looked_back_on', 'lookback_result', 'reopened_on', 'penalties',
] %}

with linked as (
    select
        lines.campaign_id,
        lines.submission_id,
        lines.row_number,
        lines.signature,
        links.hazard_id
    from {{ ref('stg_submissions__hazard_lines') }} as lines
    inner join {{ ref('int_submissions__versioned') }} as versions
        on lines.submission_id = versions.submission_id and versions.is_current
    inner join {{ ref('stg_build__hazard_links') }} as links
        on lines.campaign_id = links.campaign_id and lines.signature = links.signature
    {{ if_stale('where', 'lines') }}
),

repeated as (
    select
        submission_id,
        hazard_id,
        count(*) as lines_of_hazard,
        min(signature) <> max(signature) as is_worded_twice
    from linked
    group by submission_id, hazard_id
    having count(*) > 1
),

{# Few hazards stand twice in one list: only their lines are put in order. #}
repeated_lines as (
    select
        linked.*,
        repeated.lines_of_hazard,
        repeated.is_worded_twice
    from linked
    inner join repeated on linked.submission_id = repeated.submission_id and linked.hazard_id = repeated.hazard_id
),

told as (
    select
        submission_id,
        row_number,
        sheet_name || '!' || row_ref as source_row,
        greatest(rectified_on, verified_on, closed_on, looked_back_on, reopened_on) as progressed_on,
        min(received_at) over (partition by signature, {{ said | join(', ') }}) as first_said_at
    from {{ ref('stg_submissions__hazard_lines') }}
    where signature in (select repeated_lines.signature from repeated_lines)
),

{#
  The line that is furthest in progress; of two as far, the one first said last. What an earlier file of the unit said
  word for word, also a replaced one, is left over wherever it stands, and stays so in every list to come.
#}
ordered as (
    select
        repeated_lines.campaign_id,
        repeated_lines.hazard_id,
        repeated_lines.submission_id,
        repeated_lines.row_number,
        told.source_row,
        repeated_lines.lines_of_hazard,
        repeated_lines.is_worded_twice,
        row_number() over by_progress as choice,
        lead(told.source_row) over by_progress as row_passed_over
    from repeated_lines
    inner join told
        on repeated_lines.submission_id = told.submission_id and repeated_lines.row_number = told.row_number
    window
        by_progress as (
            partition by repeated_lines.submission_id, repeated_lines.hazard_id
            order by
                told.progressed_on desc nulls last,
                told.first_said_at desc nulls last,
                repeated_lines.row_number desc nulls last
        )
)

select
    campaign_id,
    hazard_id,
    submission_id,
    row_number,
    source_row,
    choice = 1 as is_counted,
    case when choice = 1 then row_passed_over end as row_passed_over,
    cast(lines_of_hazard as int) as lines_of_hazard,
    is_worded_twice
from ordered
