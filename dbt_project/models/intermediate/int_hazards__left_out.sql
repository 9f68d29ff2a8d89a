{{ keep_untouched('int_hazards__compared', ['submission_id']) }}

{#
  Only what the list before says is looked at, so that a hazard is asked about once, in the first list without it. A list
  that leaves out more open hazards than it repeats is no list of all: its unit sends what is new.
#}
with lists as (
    select * from {{ ref('int_hazards__lists') }}
    where previous_submission_id is not null {{ if_stale('and') }}
),

open_before as (
    select
        lists.*,
        lines.hazard_id,
        lines.row_number as previous_row_number
    from lists
    inner join {{ ref('int_hazards__lines') }} as lines on lists.previous_submission_id = lines.submission_id
    where lines.live_closed_on is null or lines.signed_off_by is null
),

told_now as (
    select
        open_before.submission_id,
        open_before.hazard_id,
        count(lines.hazard_id) = 0 as is_left_out,
        count(*) filter (where lines.submission_id = open_before.submission_id) > 0 as is_repeated
    from open_before
    left join {{ ref('int_hazards__lines') }} as lines
        on
            open_before.campaign_id = lines.campaign_id
            and open_before.unit_id = lines.unit_id
            and open_before.period = lines.period
            and open_before.hazard_id = lines.hazard_id
    group by open_before.submission_id, open_before.hazard_id
),

resent as (
    select submission_id
    from told_now
    group by submission_id
    having count(*) filter (where is_repeated) >= count(*) filter (where is_left_out)
)

select open_before.*
from open_before
semi join resent on open_before.submission_id = resent.submission_id
inner join told_now
    on open_before.submission_id = told_now.submission_id and open_before.hazard_id = told_now.hazard_id
where told_now.is_left_out
