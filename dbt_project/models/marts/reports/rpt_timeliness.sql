select
    timeliness.campaign_id,
    timeliness.form_id,
    timeliness.period,
    timeliness.unit_id,
    expected.unit_position,
    expected.unit_name,
    expected.unit_kind,
    timeliness.reporting_scope,
    timeliness.due_on,
    timeliness.due_source,
    timeliness.received_at,
    timeliness.timeliness,
    timeliness.days_late,
    timeliness.upstream_complete,
    timeliness.upstream_late_units,
    timeliness.versions_received,
    timeliness.versions_returned,
    timeliness.last_status,
    timeliness.last_reason
from {{ ref('fct_report_timeliness') }} as timeliness
inner join {{ ref('int_reports__expected') }} as expected
    on
        timeliness.campaign_id = expected.campaign_id
        and timeliness.form_id = expected.form_id
        and timeliness.unit_id = expected.unit_id
        and timeliness.period = expected.period
