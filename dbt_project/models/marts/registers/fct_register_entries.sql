with versions as (
    select
        *,
        lag(last_seen_turn) over (
            partition by campaign_id, form_id, unit_id, row_key
            order by version asc nulls last
        ) as turn_before,
        max(version) over (partition by campaign_id, form_id, unit_id, row_key) as last_version,
        min(first_period) over (partition by campaign_id, form_id, unit_id, row_key) as entry_first_period,
        max(last_period) over (partition by campaign_id, form_id, unit_id, row_key) as entry_last_period
    from {{ ref('int_registers__versions') }}
)

select
    versions.campaign_id,
    versions.form_id,
    versions.subject,
    versions.unit_id,
    versions.row_key,
    versions.version,
    versions.first_period,
    versions.last_period,
    versions.entry_first_period,
    versions.entry_last_period,
    versions.valid_from,
    versions.valid_to,
    versions.last_seen_turn = versions.last_turn as is_current,
    versions.version = versions.last_version and versions.last_seen_turn < versions.last_turn as is_gone,
    case
        when versions.turn_before is null then 'added'
        when versions.first_turn > versions.turn_before + 1 then 'returned'
        else 'changed'
    end as change,
    changes.changed_columns,
    versions.rows_in_report,
    versions.submission_id,
    versions.source_cell
from versions
left join {{ ref('int_registers__changes') }} as changes
    on
        versions.campaign_id = changes.campaign_id
        and versions.form_id = changes.form_id
        and versions.unit_id = changes.unit_id
        and versions.row_key = changes.row_key
        and versions.version = changes.version
