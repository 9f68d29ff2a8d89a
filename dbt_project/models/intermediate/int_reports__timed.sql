with submissions as (
    select * from {{ ref('fct_submissions') }}
),

first_accepted as (
    select
        campaign_id,
        form_id,
        unit_id,
        period,
        min_by(submission_id, version) as submission_id,
        min_by(received_at, version) as received_at,
        min_by(received_on, version) as received_on
    from submissions
    where status in ('accepted', 'superseded')
    group by campaign_id, form_id, unit_id, period
),

version_counts as (
    select
        campaign_id,
        form_id,
        unit_id,
        period,
        count(*) as versions_received,
        count(*) filter (where status = 'returned') as versions_returned,
        max(version) as last_version
    from submissions
    group by campaign_id, form_id, unit_id, period
),

reports as (
    select
        expected.*,
        first_accepted.submission_id as first_submission_id,
        first_accepted.received_at,
        first_accepted.received_on,
        coalesce(version_counts.versions_received, 0) as versions_received,
        coalesce(version_counts.versions_returned, 0) as versions_returned,
        last_versions.status as last_status,
        last_versions.status_reason as last_reason,
        case
            when first_accepted.received_on <= coalesce(expected.grace_until, expected.due_on) then 'on_time'
            when first_accepted.received_on is not null then 'late'
            when expected.due_on < {{ as_of_date() }} then 'missing'
            else 'not_due'
        end as timeliness
    from {{ ref('int_reports__expected') }} as expected
    left join first_accepted
        on
            expected.campaign_id = first_accepted.campaign_id
            and expected.form_id = first_accepted.form_id
            and expected.unit_id = first_accepted.unit_id
            and expected.period = first_accepted.period
    left join version_counts
        on
            expected.campaign_id = version_counts.campaign_id
            and expected.form_id = version_counts.form_id
            and expected.unit_id = version_counts.unit_id
            and expected.period = version_counts.period
    left join submissions as last_versions
        on
            version_counts.campaign_id = last_versions.campaign_id
            and version_counts.form_id = last_versions.form_id
            and version_counts.unit_id = last_versions.unit_id
            and version_counts.period = last_versions.period
            and version_counts.last_version = last_versions.version
)

select
    campaign_id,
    duty_id,
    form_id,
    unit_id,
    unit_name,
    reporting_scope,
    period,
    cutoff_on,
    due_on,
    due_source,
    is_extended,
    grace_until,
    first_submission_id,
    received_at,
    timeliness,
    case timeliness when 'on_time' then 0 when 'late' then {{ days_between('due_on', 'received_on') }} end as days_late,
    cast(versions_received as int) as versions_received,
    cast(versions_returned as int) as versions_returned,
    last_status,
    last_reason
from reports
