with upstream as (
    select
        campaign_id,
        downstream_form_id as form_id,
        downstream_unit_id as unit_id,
        period,
        count(*) filter (where upstream_timeliness in ('late', 'missing')) as late_or_missing,
        count(*) filter (where upstream_timeliness = 'not_due') as not_due,
        {{ joined_text(
            "case upstream_timeliness when 'late' then upstream_unit_name || '（迟报）'"
            ~ " when 'missing' then upstream_unit_name || '（未报）' end", '、'
        ) }} as late_units
    from {{ ref('fct_upstream_reports') }}
    group by campaign_id, downstream_form_id, downstream_unit_id, period
)

select
    timed.campaign_id,
    timed.form_id,
    timed.unit_id,
    timed.reporting_scope,
    timed.period,
    timed.cutoff_on,
    timed.due_on,
    timed.due_source,
    timed.is_extended,
    timed.grace_until,
    timed.first_submission_id,
    timed.received_at,
    timed.timeliness,
    timed.days_late,
    case when upstream.late_or_missing > 0 then false when upstream.not_due = 0 then true end as upstream_complete,
    upstream.late_units as upstream_late_units,
    timed.versions_received,
    timed.versions_returned,
    timed.last_status,
    timed.last_reason
from {{ ref('int_reports__timed') }} as timed
left join upstream
    on
        timed.campaign_id = upstream.campaign_id
        and timed.form_id = upstream.form_id
        and timed.unit_id = upstream.unit_id
        and timed.period = upstream.period
