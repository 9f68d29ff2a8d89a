with accepted as (
    select * from {{ ref('int_submissions__versioned') }}
    where verdict = 'accepted' and is_expected
),

affected as (
    select distinct
        windows.*,
        accepted.unit_id,
        accepted.period as figure_period
    from {{ ref('int_reports__windows') }} as windows
    inner join accepted
        on
            windows.campaign_id = accepted.campaign_id
            and windows.form_id = accepted.form_id
            and windows.period > accepted.period
            and windows.since_on < accepted.received_on
            and windows.until_on >= accepted.received_on
),

versions as (
    select
        affected.campaign_id,
        affected.form_id,
        affected.period,
        affected.unit_id,
        affected.figure_period,
        min_by(accepted.submission_id, accepted.freshness) filter (
            where accepted.received_on <= affected.since_on
        ) as submission_before,
        min_by(accepted.submission_id, accepted.freshness) as submission_after
    from affected
    inner join accepted
        on
            affected.campaign_id = accepted.campaign_id
            and affected.form_id = accepted.form_id
            and affected.unit_id = accepted.unit_id
            and affected.figure_period = accepted.period
            and affected.until_on >= accepted.received_on
    group by affected.campaign_id, affected.form_id, affected.period, affected.unit_id, affected.figure_period
)

select *
from versions
where coalesce(submission_before, '') <> submission_after
