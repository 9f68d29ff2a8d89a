{{ config(materialized='table') }}

with pairs as (
    select * from {{ ref('int_hazards__doubtful_pairs') }}
),

sides as (
    select
        campaign_id,
        pair_id,
        signature_a as signature
    from pairs
    union all
    select
        campaign_id,
        pair_id,
        signature_b as signature
    from pairs
),

doubted as (
    select distinct
        campaign_id,
        signature
    from sides
),

{# A wording that came several times is told by its last line, and is as old as its first. #}
lines as (
    select
        lines.*,
        min(lines.received_at) over (partition by lines.campaign_id, lines.signature) as first_received_at,
        row_number() over (
            partition by lines.campaign_id, lines.signature
            order by
                lines.received_at desc nulls last, lines.submission_id desc nulls last, lines.row_number desc nulls last
        ) as recency
    from {{ ref('stg_submissions__hazard_lines') }} as lines
    inner join doubted on lines.campaign_id = doubted.campaign_id and lines.signature = doubted.signature
),

ranked as (
    select
        lines.*,
        row_number() over (
            partition by lines.campaign_id
            order by
                units.unit_position asc nulls last,
                lines.unit_id asc nulls last,
                lines.found_on asc nulls last,
                lines.first_received_at asc nulls last,
                lines.row_number asc nulls last,
                lines.signature asc nulls last
        ) as line_rank
    from lines
    left join {{ ref('int_units__latest') }} as units
        on lines.campaign_id = units.campaign_id and lines.unit_id = units.unit_id
    where lines.recency = 1
),

placed as (
    select
        sides.campaign_id,
        sides.pair_id,
        min(ranked.line_rank) as older_rank,
        max(ranked.line_rank) as other_rank
    from sides
    inner join ranked on sides.campaign_id = ranked.campaign_id and sides.signature = ranked.signature
    group by sides.campaign_id, sides.pair_id
)

select
    placed.campaign_id,
    placed.pair_id,
    cast(
        row_number() over (
            partition by placed.campaign_id
            order by placed.older_rank asc nulls last, placed.other_rank asc nulls last, placed.pair_id asc nulls last
        ) as int
    ) as position,
    older.unit_id as older_unit_id,
    older.submission_id as older_submission_id,
    older.hazard_number as older_hazard_number,
    older.enterprise as older_enterprise,
    older.hazard as older_hazard_text,
    older.found_on as older_found_on,
    older.sheet_name || '!' || older.row_ref as older_source_row,
    other.unit_id as other_unit_id,
    other.submission_id as other_submission_id,
    other.hazard_number as other_hazard_number,
    other.enterprise as other_enterprise,
    other.hazard as other_hazard_text,
    other.found_on as other_found_on,
    other.sheet_name || '!' || other.row_ref as other_source_row
from placed
inner join ranked as older on placed.campaign_id = older.campaign_id and placed.older_rank = older.line_rank
inner join ranked as other on placed.campaign_id = other.campaign_id and placed.other_rank = other.line_rank
