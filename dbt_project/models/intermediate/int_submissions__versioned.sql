{{ config(materialized='table') }}
{{ made_after('int_submissions__unseen') }}

with received as (
    select
        *,
        unit_id is not null and form_id is not null and period is not null as is_identified,
        row_number() over (
            partition by campaign_id, form_id, unit_id, period
            order by
                received_at asc nulls last, file_name asc nulls last, file_sha256 asc nulls last,
                sheet_name asc nulls last, submission_id asc nulls last
        ) as arrival,
        row_number() over (
            partition by campaign_id, form_id, unit_id, period, coalesce(card_key, ''), verdict
            order by
                coalesce(filled_on, received_on) desc nulls last, received_at desc nulls last,
                file_name desc nulls last, file_sha256 desc nulls last,
                sheet_name desc nulls last, submission_id desc nulls last
        ) as freshness
    from {{ ref('stg_submissions__submissions') }}
),

versions as (
    select
        *,
        case when is_identified then cast(arrival as int) end as version,
        verdict = 'accepted' and freshness = 1 as is_current
    from received
),

current_versions as (
    select * from versions
    where is_current
)

select
    versions.*,
    coalesce(not allowed.is_voluntary, false) as is_expected,
    coalesce(allowed.is_voluntary, false) as is_voluntary,
    allowed.previous_period,
    coalesce(allowed.unit_name, latest_units.unit_name) as unit_name,
    coalesce(allowed.unit_kind, latest_units.unit_kind) as unit_kind,
    coalesce(allowed.reporting_scope, latest_units.reporting_scope) as reporting_scope,
    coalesce(allowed.unit_position, latest_units.unit_position) as unit_position,
    case
        when versions.verdict <> 'accepted' then versions.verdict
        when versions.is_current then 'accepted'
        else 'superseded'
    end as status,
    case when not versions.is_current then current_versions.version end as current_version,
    case when not versions.is_current then current_versions.received_on end as current_received_on,
    case when not versions.is_current then current_versions.file_name end as current_file_name
from versions
left join current_versions
    on
        versions.campaign_id = current_versions.campaign_id
        and versions.form_id = current_versions.form_id
        and versions.unit_id = current_versions.unit_id
        and versions.period = current_versions.period
        and coalesce(versions.card_key, '') = coalesce(current_versions.card_key, '')
left join {{ ref('int_reports__allowed') }} as allowed
    on
        versions.campaign_id = allowed.campaign_id
        and versions.form_id = allowed.form_id
        and versions.unit_id = allowed.unit_id
        and versions.period = allowed.period
left join {{ ref('int_units__latest') }} as latest_units
    on versions.campaign_id = latest_units.campaign_id and versions.unit_id = latest_units.unit_id
