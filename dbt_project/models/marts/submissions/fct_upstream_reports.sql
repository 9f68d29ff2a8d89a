select
    chains.campaign_id,
    chains.chain_id,
    chains.period,
    downstream.form_id as downstream_form_id,
    chains.downstream_unit_id,
    downstream.unit_name as downstream_unit_name,
    downstream.received_at as downstream_received_at,
    downstream.timeliness as downstream_timeliness,
    upstream.form_id as upstream_form_id,
    chains.upstream_unit_id,
    upstream.unit_name as upstream_unit_name,
    units.unit_position as upstream_unit_position,
    upstream.due_on as upstream_due_on,
    upstream.received_at as upstream_received_at,
    upstream.timeliness as upstream_timeliness,
    upstream.days_late as upstream_days_late
from {{ ref('stg_campaigns__upstream_reports') }} as chains
inner join {{ ref('int_reports__timed') }} as upstream
    on
        chains.campaign_id = upstream.campaign_id
        and chains.upstream_duty_id = upstream.duty_id
        and chains.upstream_unit_id = upstream.unit_id
        and chains.period = upstream.period
inner join {{ ref('int_reports__timed') }} as downstream
    on
        chains.campaign_id = downstream.campaign_id
        and chains.downstream_duty_id = downstream.duty_id
        and chains.downstream_unit_id = downstream.unit_id
        and chains.period = downstream.period
left join {{ ref('int_units__latest') }} as units
    on chains.campaign_id = units.campaign_id and chains.upstream_unit_id = units.unit_id
