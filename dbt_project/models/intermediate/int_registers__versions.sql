with steps as (
    select
        *,
        coalesce(
            turn = lag(turn) over (
                partition by campaign_id, form_id, unit_id, row_key
                order by turn asc nulls last
            ) + 1
            and content = lag(content) over (
                partition by campaign_id, form_id, unit_id, row_key
                order by turn asc nulls last
            ),
            false
        ) as is_same_as_before
    from {{ ref('int_registers__sent') }}
),

numbered as (
    select
        *,
        sum(case when is_same_as_before then 0 else 1 end) over (
            partition by campaign_id, form_id, unit_id, row_key
            order by turn asc nulls last
            rows between unbounded preceding and current row
        ) as version
    from steps
)

select
    campaign_id,
    form_id,
    subject,
    unit_id,
    row_key,
    cast(version as int) as version,
    min(period) as first_period,
    max(period) as last_period,
    min(turn) as first_turn,
    max(turn) as last_seen_turn,
    max(last_turn) as last_turn,
    min_by(submission_id, turn) as first_submission_id,
    min_by(row_number, turn) as first_row_number,
    max_by(submission_id, turn) as submission_id,
    max_by(row_number, turn) as row_number,
    max_by(valid_from, turn) filter (where valid_from is not null) as valid_from,
    max_by(valid_to, turn) filter (where valid_to is not null) as valid_to,
    max_by(rows_in_report, turn) as rows_in_report,
    max_by(source_cell, turn) as source_cell
from numbered
group by campaign_id, form_id, subject, unit_id, row_key, version
