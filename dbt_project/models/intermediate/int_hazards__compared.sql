{{ config(materialized='table') }}

{#
  Which lists are held anew against the one before: those whose hazards were told apart anew, those that follow one, and
  those of a unit and period in which another list or card may carry what they leave out.
#}
with relisted as (
    select distinct submission_id from {{ ref('int_hazards__relisted') }}
),

lists as (
    select * from {{ ref('int_hazards__lists') }}
),

reported as (
    select distinct
        versions.campaign_id,
        versions.unit_id,
        versions.period
    from {{ ref('int_submissions__versioned') }} as versions
    semi join relisted on versions.submission_id = relisted.submission_id
)

select submission_id from relisted
union
select lists.submission_id
from lists
semi join relisted on lists.previous_submission_id = relisted.submission_id
union
select lists.submission_id
from lists
semi join reported
    on
        lists.campaign_id = reported.campaign_id
        and lists.unit_id = reported.unit_id
        and lists.period = reported.period
