{{ config(materialized='table') }}

with lines as (
    select
        raw_lines.*,
        versions.previous_period,
        coalesce(allowed.cutoff_on, versions.filled_on, versions.received_on) as reported_as_of
    from {{ ref('stg_submissions__hazard_lines') }} as raw_lines
    inner join {{ ref('int_submissions__versioned') }} as versions
        on raw_lines.submission_id = versions.submission_id
    left join {{ ref('int_reports__allowed') }} as allowed
        on
            versions.campaign_id = allowed.campaign_id
            and versions.form_id = allowed.form_id
            and versions.unit_id = allowed.unit_id
            and versions.period = allowed.period
    where versions.is_current
),

linked as (
    select
        lines.*,
        links.hazard_id,
        links.shared_hazard_id
    from lines
    inner join {{ ref('stg_build__hazard_links') }} as links
        on lines.campaign_id = links.campaign_id and lines.signature = links.signature
),

ordered as (
    select
        *,
        row_number() over by_progress as choice,
        lead(sheet_name || '!' || row_ref) over by_progress as row_passed_over,
        count(*) over (partition by submission_id, hazard_id) as lines_of_hazard,
        min(signature) over (partition by submission_id, hazard_id)
        <> max(signature) over (partition by submission_id, hazard_id) as is_worded_twice,
        coalesce(extended_to, due_on, listed_due_on)
            as due_in_force_on,
        case when reopened_on is null or rectified_on > reopened_on then rectified_on end as live_rectified_on,
        case when reopened_on is null or closed_on > reopened_on then closed_on end as live_closed_on
    from linked
    window
        by_progress as (
            partition by submission_id, hazard_id
            order by
                greatest(rectified_on, verified_on, closed_on, looked_back_on, reopened_on) desc nulls last,
                row_number desc nulls last
        )
)

select *
from ordered
where choice = 1
